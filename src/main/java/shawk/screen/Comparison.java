package shawk.screen;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import shawk.model.Snapshot;

/**
 * A moment that was marked.
 *
 * @param mark its snapshot: the one that is kept for this
 * @param shown whether what changed since is all that is shown
 * @param bySize whether the greatest change comes first; else the rows have the order that somebody chose
 */
record Comparison(Snapshot mark, boolean shown, boolean bySize) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long SECOND_MICROS = 1_000_000;

    Comparison showing(boolean greatestFirst) {
        return new Comparison(mark, true, greatestFirst);
    }

    /** All rows are shown; the mark stays. */
    Comparison hidden() {
        return new Comparison(mark, false, bySize);
    }

    /** {@code 14:05:30}. */
    static String clock(Snapshot snapshot, ZoneId zone) {
        return CLOCK.format(
                Instant.EPOCH.plus(snapshot.wallMicros(), ChronoUnit.MICROS).atZone(zone));
    }

    /** {@code since 14:05:30 (2 min ago)}; where the rows are of an earlier moment, how much earlier. */
    String since(Snapshot now, ZoneId zone) {
        long seconds = Math.floorDiv(now.wallMicros() - mark.wallMicros(), SECOND_MICROS);
        String distance = distance(Math.abs(seconds));
        return "since " + clock(mark, zone) + (seconds < 0 ? " (" + distance + " later)" : " (" + distance + " ago)");
    }

    private static String distance(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600
                        ? seconds / 60 + " min"
                        : seconds < 86_400
                                ? seconds / 3_600 + " h " + seconds / 60 % 60 + " min"
                                : seconds / 86_400 + " days";
    }
}
