package shawk.screen;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;

/** Where to in time, as somebody typed it. */
public sealed interface TimeTarget {
    /** The oldest sample. */
    record Start() implements TimeTarget {}

    /** The newest sample. */
    record End() implements TimeTarget {}

    /** A share of all samples, 0 to 100. */
    record Percent(double percent) implements TimeTarget {}

    /** So far from the moment that is shown; negative = back. */
    record Relative(long micros) implements TimeTarget {}

    /** A time of day, seconds after midnight; of the day that the samples are of. */
    record Clock(int secondOfDay) implements TimeTarget {}

    /** What may be typed. */
    String EXPECTED = "such as 14:05:30, -5m, +30s, 50%, start, end";

    /** The target that {@code text} is; null where it is none. */
    static @Nullable TimeTarget parse(String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        if (typed.equals("start") || typed.equals("end")) {
            return typed.equals("start") ? new Start() : new End();
        }
        if (typed.matches("[0-9]{1,3}(\\.[0-9]{1,3})?%")) {
            double percent = Double.parseDouble(typed.substring(0, typed.length() - 1));
            return percent <= 100 ? new Percent(percent) : null;
        }
        if (typed.matches("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")) {
            return clock(typed.split(":"));
        }
        return typed.startsWith("+") || typed.startsWith("-") ? relative(typed) : null;
    }

    private static @Nullable TimeTarget clock(String... parts) {
        int hour = Integer.parseInt(parts[0]);
        int minute = Integer.parseInt(parts[1]);
        int second = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
        return hour < 24 && minute < 60 && second < 60 ? new Clock(3600 * hour + 60 * minute + second) : null;
    }

    private static @Nullable TimeTarget relative(String typed) {
        try {
            Duration duration = Durations.parse(typed.substring(1).strip());
            long micros = duration.toNanos() / 1_000;
            return new Relative(typed.charAt(0) == '-' ? -micros : micros);
        } catch (ExprException e) {
            return null;
        }
    }
}
