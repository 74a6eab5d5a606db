package shawk.store.spool;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of one segment file. Used by one thread at a time. */
final class Segment {
    private static final String SUFFIX = ".seg";
    private static final int DIGITS = 16;

    private final long number;
    /** Where the next frame goes. */
    long end;
    /** Numbers of its first and last frame; 0 = it has none. */
    long first;

    long last;
    /** Number of the frame before its first one. */
    long previous;
    /** How much was merged into the frame into which the least was. */
    int level;
    /** Losses up to this serial are told in it. */
    long lossSerial;
    /** When its first and last batch were made, microseconds since the epoch. */
    long fromMicros;

    long toMicros;

    /** Segments are in the order of their numbers. */
    Segment(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    String name() {
        return String.format(Locale.ROOT, "%016x", number) + SUFFIX;
    }

    /** The number that a name stands for; null where it is no segment's. */
    static @Nullable Long parseNumber(String name) {
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return null;
        }
        try {
            long number = Long.parseLong(name.substring(0, DIGITS), 16);
            return number >= 0 && new Segment(number).name().equals(name) ? (Long) number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    boolean isEmpty() {
        return last == 0;
    }

    /** Another frame stands in it. */
    void add(FrameHead head) {
        if (isEmpty()) {
            first = head.sequence();
            previous = head.previous();
            level = head.level();
            fromMicros = head.atMicros();
        }
        toMicros = head.atMicros();
        lossSerial = Math.max(lossSerial, head.lossSerial());
        last = head.sequence();
        level = Math.min(level, head.level());
    }
}
