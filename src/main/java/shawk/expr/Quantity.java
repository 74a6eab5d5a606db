package shawk.expr;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.field.MeasureField;

/**
 * Amounts with units: {@code 100ms}, {@code 1.5MB/s}, {@code 5%}, {@code 10k}. Without a unit a number is in that of
 * the field table. Letters count in any case, but {@code m} (minutes) and {@code M} (millions) belong to different
 * fields.
 */
final class Quantity {
    private static final int MAX_DIGITS = 400;
    private static final BigDecimal MICROS_PER_SECOND = new BigDecimal(1_000_000);

    private static final Map<String, BigDecimal> SECONDS = Map.of(
            "us", new BigDecimal("0.000001"),
            "µs", new BigDecimal("0.000001"),
            "μs", new BigDecimal("0.000001"),
            "ms", new BigDecimal("0.001"),
            "s", BigDecimal.ONE,
            "m", new BigDecimal(60),
            "min", new BigDecimal(60),
            "h", new BigDecimal(3600),
            "d", new BigDecimal(86400));

    private static final String PREFIXES = "kmgtp";

    private Quantity() {}

    /** The amount in {@code unit}; null where {@code text} is none. */
    static @Nullable BigDecimal parse(String text, MeasureField.Unit unit) {
        int end = numberEnd(text);
        if (end == 0) {
            return null;
        }
        BigDecimal number = new BigDecimal(text.substring(0, end));
        BigDecimal factor = factor(text.substring(end).toLowerCase(Locale.ROOT), unit);
        return factor == null ? null : number.multiply(factor).stripTrailingZeros();
    }

    /** Microseconds of a time that has a unit; null where {@code text} is none. */
    static @Nullable BigDecimal parseMicros(String text) {
        int end = numberEnd(text);
        BigDecimal seconds = SECONDS.get(text.substring(end).toLowerCase(Locale.ROOT));
        return end == 0 || seconds == null
                ? null
                : new BigDecimal(text.substring(0, end)).multiply(seconds).multiply(MICROS_PER_SECOND);
    }

    /** What may be typed for a unit, as an example. */
    static String example(MeasureField.Unit unit) {
        return switch (unit) {
            case COUNT, SEGMENTS -> "a number such as 20 or 1.5k";
            case PER_SECOND -> "a number per second such as 20 or 1.5k";
            case BYTES, QUEUED -> "bytes such as 100, 64kB or 10MiB";
            case BYTES_PER_SECOND -> "bytes per second such as 64kB or 10Mbit";
            case MICROS, MILLIS -> "a time such as 300us, 100ms, 5s or 2m";
            case PERCENT -> "a percentage such as 0.5 or 5%";
        };
    }

    private static @Nullable BigDecimal factor(String suffix, MeasureField.Unit unit) {
        return switch (unit) {
            case COUNT, SEGMENTS -> prefix(suffix, false);
            case PER_SECOND -> prefix(without(suffix, "/s"), false);
            case BYTES, QUEUED -> bytes(suffix);
            case BYTES_PER_SECOND -> bytes(without(suffix, "/s"));
            case MICROS -> time(suffix, MICROS_PER_SECOND);
            case MILLIS -> time(suffix, new BigDecimal(1_000));
            case PERCENT -> suffix.isEmpty() || suffix.equals("%") ? BigDecimal.ONE : null;
        };
    }

    private static @Nullable BigDecimal time(String suffix, BigDecimal perSecond) {
        if (suffix.isEmpty()) {
            return BigDecimal.ONE;
        }
        BigDecimal seconds = SECONDS.get(suffix);
        return seconds == null ? null : seconds.multiply(perSecond);
    }

    private static @Nullable BigDecimal bytes(String suffix) {
        if (suffix.endsWith("bit")) {
            BigDecimal bits = prefix(without(suffix, "bit"), false);
            return bits == null ? null : bits.multiply(new BigDecimal("0.125"));
        }
        String letters = without(suffix, "b");
        return letters.endsWith("i") && letters.length() == 2
                ? prefix(letters.substring(0, 1), true)
                : prefix(letters, false);
    }

    private static @Nullable BigDecimal prefix(String letter, boolean binary) {
        if (letter.isEmpty()) {
            return BigDecimal.ONE;
        }
        int power = letter.length() == 1 ? PREFIXES.indexOf(letter) + 1 : 0;
        return power == 0 ? null : new BigDecimal(binary ? 1024 : 1000).pow(power);
    }

    private static String without(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    /** Behind the digits (with at most one point among them) that {@code text} begins with; 0 = it does not. */
    private static int numberEnd(String text) {
        int end = 0;
        int points = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.' && points++ == 0)) {
            end++;
        }
        boolean number = end > 0 && end <= MAX_DIGITS && isDigit(text.charAt(0)) && isDigit(text.charAt(end - 1));
        return number ? end : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
