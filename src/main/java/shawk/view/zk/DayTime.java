package shawk.view.zk;

import java.time.Instant;
import java.time.ZoneId;

/** The time of day somewhere as ZKTraffic writes it: {@code 21:08:07:432361}. Used by one thread. */
final class DayTime {
    private static final long MICROS = 1_000_000;
    private static final long DAY = 86_400;
    /** Offsets from UTC change at full quarters of an hour. */
    private static final long QUARTER = 900;

    private final ZoneId zone;
    private long quarter = Long.MIN_VALUE;
    private long offset;

    DayTime(ZoneId zone) {
        this.zone = zone;
    }

    /** Writes the time at {@code micros} since the epoch. */
    void write(ByteOut out, long micros) {
        long second = Math.floorDiv(micros, MICROS);
        if (Math.floorDiv(second, QUARTER) != quarter) {
            quarter = Math.floorDiv(second, QUARTER);
            offset = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }
        int ofDay = (int) Math.floorMod(second + offset, DAY);
        out.digits(ofDay / 3_600, 2).ascii(':').digits(ofDay / 60 % 60, 2).ascii(':');
        out.digits(ofDay % 60, 2).ascii(':').digits(Math.floorMod(micros, MICROS), 6);
    }
}
