package shawk.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import shawk.record.Recording;
import shawk.screen.TimeTarget;

/** Which sample a moment is, as somebody typed it. */
final class Moments {
    private static final long MICROS = 1_000_000;

    private Moments() {}

    /** The position of {@code target}, seen from {@code position}; never outside the recording. */
    static long find(Recording recording, long position, TimeTarget target, ZoneId zone) {
        long first = recording.first();
        long last = Math.max(first, recording.end() - 1);
        if (target instanceof TimeTarget.Start) {
            return first;
        }
        if (target instanceof TimeTarget.Percent share) {
            return first + Math.round((last - first) * share.percent() / 100);
        }
        if (target instanceof TimeTarget.Relative relative) {
            return recording.at(recording.wallMicros(position) + relative.micros());
        }
        return target instanceof TimeTarget.Clock clock ? recording.at(micros(recording, position, clock, zone)) : last;
    }

    /**
     * That time on the day of the sample that is shown, or on the next or the last one where only that was recorded.
     */
    private static long micros(Recording recording, long position, TimeTarget.Clock clock, ZoneId zone) {
        long oldest = recording.wallMicros(recording.first());
        long newest = recording.wallMicros(recording.end() - 1);
        LocalDate day = Instant.ofEpochSecond(recording.wallMicros(position) / MICROS)
                .atZone(zone)
                .toLocalDate();
        long same = micros(day, clock, zone);
        for (int days = 0; days < 3; days++) {
            long later = micros(day.plusDays(days), clock, zone);
            long earlier = micros(day.minusDays(days), clock, zone);
            if (later >= oldest && later <= newest) {
                return later;
            }
            if (earlier >= oldest && earlier <= newest) {
                return earlier;
            }
        }
        return same;
    }

    private static long micros(LocalDate day, TimeTarget.Clock clock, ZoneId zone) {
        return day.atTime(LocalTime.ofSecondOfDay(clock.secondOfDay()))
                        .atZone(zone)
                        .toEpochSecond()
                * MICROS;
    }
}
