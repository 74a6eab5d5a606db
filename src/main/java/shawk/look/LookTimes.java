package shawk.look;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moments as {@code --since} and {@code --until} take them: a time ago ({@code 5m}, {@code 2h45m}), or an ISO time
 * ({@code 2026-11-17T14:00}, in the zone of the host where it names none). Pure.
 */
public final class LookTimes {
    private static final Pattern AGO = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ns|us|µs|ms|s|m|h|d|w))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d|w)");
    private static final Map<String, BigDecimal> MICROS = Map.of(
            "ns", new BigDecimal("0.001"),
            "us", BigDecimal.ONE,
            "µs", BigDecimal.ONE,
            "ms", new BigDecimal(1_000),
            "s", new BigDecimal(1_000_000),
            "m", new BigDecimal(60_000_000L),
            "h", new BigDecimal(3_600_000_000L),
            "d", new BigDecimal(86_400_000_000L),
            "w", new BigDecimal(604_800_000_000L));
    private static final BigDecimal MOST = new BigDecimal(4_000_000_000_000_000L);

    private LookTimes() {}

    /**
     * A moment, or a time ago.
     *
     * @param micros microseconds since the epoch, or before now
     * @param ago whether it is before now
     */
    public record Moment(long micros, boolean ago) {
        /** The moment, where it is {@code nowMicros} now. */
        public long at(long nowMicros) {
            return ago ? nowMicros - micros : micros;
        }
    }

    /** The length of time that {@code text} is, microseconds; null where it is none. */
    public static @Nullable Long parseLength(String text) {
        if (!AGO.matcher(text).matches()) {
            return null;
        }
        BigDecimal micros = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            micros = micros.add(
                    new BigDecimal(part.group(1)).multiply(MICROS.getOrDefault(part.group(2), BigDecimal.ONE)));
        }
        return micros.compareTo(MOST) > 0 ? null : micros.longValue();
    }

    /** The moment that {@code text} is; null where it is none. {@code zone}: of times that name none. */
    public static @Nullable Moment parseMoment(String text, ZoneId zone) {
        Long ago = text.equals("now") ? Long.valueOf(0) : parseLength(text);
        if (ago != null) {
            return new Moment(ago, true);
        }
        Instant instant = parseInstant(text.replace(' ', 'T'), zone);
        return instant == null || Math.abs(instant.getEpochSecond()) > MOST.longValue() / 1_000_000
                ? null
                : new Moment(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000, false);
    }

    private static @Nullable Instant parseInstant(String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return parseLocal(text, zone);
        }
    }

    private static @Nullable Instant parseLocal(String text, ZoneId zone) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A moment as {@code 2026-11-22T10:15:00Z}. */
    public static String shown(long micros) {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE
                ? "-"
                : Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).toString();
    }
}
