package shawk.view.zk;

import java.time.ZoneId;
import shawk.view.SecondOfDay;

/** The time of day somewhere as ZKTraffic writes it: {@code 21:08:07:432361}. Used by one thread. */
final class DayTime {
    private static final long MICROS = 1_000_000;

    private final SecondOfDay seconds;

    DayTime(ZoneId zone) {
        this.seconds = new SecondOfDay(zone);
    }

    /** Writes the time at {@code micros} since the epoch. */
    void write(ByteOut out, long micros) {
        int ofDay = seconds.at(Math.floorDiv(micros, MICROS));
        out.digits(ofDay / 3_600, 2).ascii(':').digits(ofDay / 60 % 60, 2).ascii(':');
        out.digits(ofDay % 60, 2).ascii(':').digits(Math.floorMod(micros, MICROS), 6);
    }
}
