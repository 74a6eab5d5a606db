package shawk.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as options take them: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. Stateless; any thread. */
public final class Durations {
    /** Shortest time between samples: more often they would show little but this program. */
    public static final Duration INTERVAL_LEAST = Duration.ofMillis(50);

    /** Longest time between samples. */
    public static final Duration INTERVAL_MOST = Duration.ofHours(24);

    private static final Duration MAX = Duration.ofDays(1000);

    private Durations() {}

    /** The duration that {@code text} is: 0 to 1000 days, rounded to microseconds. A unit has to stand there. */
    public static Duration parse(String text) throws ExprException {
        BigDecimal micros = Quantity.parseMicros(text);
        if (micros == null) {
            throw ExprException.of(
                    ExprException.quoted(text) + " is no duration", "expected one such as 500ms, 1s, 2m or 1h");
        }
        if (micros.compareTo(new BigDecimal(MAX.toMillis()).movePointRight(3)) > 0) {
            throw ExprException.of(ExprException.quoted(text) + " is too long", "expected at most 1000d");
        }
        return Duration.ofNanos(micros.setScale(0, RoundingMode.HALF_UP).longValueExact() * 1000);
    }
}
