package shawk.field;

import java.util.Objects;
import shawk.model.Snapshot;

/**
 * A field whose value names something (an address, a state, a process): it can be compared for equality, and most can
 * be grouped by. A value is a pair of numbers, {@code (high, low)}, whose meaning depends on {@link #type()}; low is
 * {@link shawk.model.SocketTable#ABSENT} where the row has none.
 *
 * @param id see {@link Field}
 * @param title see {@link Field}
 * @param type what a value is
 * @param groupable whether rows can be grouped by it
 * @param rollup what a group shows
 * @param width see {@link Field}
 * @param low reads the value of a row, or its low half
 * @param high reads the high half; only addresses and the timer have one
 * @param help see {@link Field}
 */
public record KeyField(
        String id,
        String title,
        Type type,
        boolean groupable,
        Rollup rollup,
        int width,
        Reader low,
        Reader high,
        String help)
        implements Field {

    /** Reads one number of a row. */
    @FunctionalInterface
    public interface Reader {
        /** The number, or {@link shawk.model.SocketTable#ABSENT}. */
        long read(Snapshot snapshot, int row);
    }

    /** What a value is, and so how it is written. */
    public enum Type {
        /** Number of a text in the snapshot's dictionary. */
        TEXT,
        /** Ordinal of an enum whose names the table knows. */
        ENUM,
        /** 128 bits. */
        ADDRESS,
        /** Port number, 0 to 65535. */
        PORT,
        /** Any other number that names something: pid, inode, uid. */
        NUMBER,
        /** 64 bits written as {@code 0x…} in a string. */
        HEX,
        /** Timer: kind in the high half, milliseconds in the low one. */
        TIMER
    }

    /** What a group shows of it. */
    public enum Rollup {
        /** The value if all rows have the same, else nothing. */
        ONE,
        /** How many different ones. */
        DISTINCT,
        /** The greatest: ordinals go from best to worst. */
        WORST,
        MOST_FREQUENT,
        /** Nothing. */
        NONE
    }

    public KeyField {
        Objects.requireNonNull(low);
        Objects.requireNonNull(high);
    }

    @Override
    public boolean flushRight() {
        return type == Type.PORT || type == Type.NUMBER || rollup == Rollup.DISTINCT && type != Type.ADDRESS;
    }
}
