package shawk.view.events;

import java.time.Instant;
import java.time.ZoneId;

/** The time of day somewhere, with microseconds: {@code 21:08:07.432361}. Used by one thread. */
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

    /** Appends the time at {@code micros} since the epoch. */
    void append(StringBuilder out, long micros) {
        long second = Math.floorDiv(micros, MICROS);
        if (Math.floorDiv(second, QUARTER) != quarter) {
            quarter = Math.floorDiv(second, QUARTER);
            offset = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        }
        int ofDay = (int) Math.floorMod(second + offset, DAY);
        digits(out, ofDay / 3600, 10);
        digits(out.append(':'), ofDay / 60 % 60, 10);
        digits(out.append(':'), ofDay % 60, 10);
        digits(out.append('.'), (int) Math.floorMod(micros, MICROS), 100_000);
    }

    private static void digits(StringBuilder out, int value, int first) {
        for (int unit = first; unit > 0; unit /= 10) {
            out.append((char) ('0' + value / unit % 10));
        }
    }
}
