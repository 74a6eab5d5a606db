package shawk.view.events;

import java.time.ZoneId;
import shawk.view.SecondOfDay;

/** The time of day somewhere, with microseconds: {@code 21:08:07.432361}. Used by one thread. */
final class DayTime {
    private static final long MICROS = 1_000_000;

    private final SecondOfDay seconds;

    DayTime(ZoneId zone) {
        this.seconds = new SecondOfDay(zone);
    }

    /** Appends the time at {@code micros} since the epoch. */
    void append(StringBuilder out, long micros) {
        int ofDay = seconds.at(Math.floorDiv(micros, MICROS));
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
