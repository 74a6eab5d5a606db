package shawk.field;

import java.util.List;
import java.util.Objects;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * A field whose value names something (an address, a state, a process): it can be compared for equality, and most can
 * be grouped by. A value is a pair of numbers, {@code (high, low)}, whose meaning depends on {@link #type()}; low is
 * {@link shawk.model.SocketTable#ABSENT} where the row has none.
 *
 * <p>Made by {@link Builder} only.
 *
 * @param id see {@link Field}
 * @param title see {@link Field}
 * @param type what a value is
 * @param names of {@link Type#ENUM} and {@link Type#TIMER} the names by ordinal, as filters and dumps write them; else
 *     empty
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
        List<String> names,
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
        /** Ordinal of an enum whose names are {@link KeyField#names()}. */
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
        names = List.copyOf(names);
        Objects.requireNonNull(low);
        Objects.requireNonNull(high);
    }

    @Override
    public boolean flushRight() {
        return type == Type.PORT || type == Type.NUMBER || rollup == Rollup.DISTINCT && type != Type.ADDRESS;
    }

    /** Collects what makes a field; one of the methods that say what is read comes first, {@link #help} last. */
    static final class Builder {
        private static final Reader NO_HIGH_HALF = (snapshot, row) -> 0;

        private final String id;
        private final String title;
        private Type type = Type.NUMBER;
        private List<String> names = List.of();
        private boolean groupable;
        private Rollup rollup = Rollup.ONE;
        private int width;
        private Reader low = (snapshot, row) -> SocketTable.ABSENT;
        private Reader high = NO_HIGH_HALF;

        Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        Builder text(Reader reader) {
            return read(Type.TEXT, reader);
        }

        Builder text(Column column) {
            return read(Type.TEXT, of(column));
        }

        Builder ordinal(Column column, List<String> ordinalNames) {
            return ordinal(of(column), ordinalNames);
        }

        Builder ordinal(Reader reader, List<String> ordinalNames) {
            names = ordinalNames;
            return read(Type.ENUM, reader);
        }

        Builder address(Column highColumn, Column lowColumn) {
            high = of(highColumn);
            return read(Type.ADDRESS, of(lowColumn));
        }

        Builder port(Column column) {
            return read(Type.PORT, of(column));
        }

        Builder number(Reader reader) {
            return read(Type.NUMBER, reader);
        }

        Builder number(Column column) {
            return read(Type.NUMBER, of(column));
        }

        Builder hex(Column column) {
            return read(Type.HEX, of(column));
        }

        Builder timer(Reader millis, Reader kind, List<String> kindNames) {
            names = kindNames;
            high = kind;
            return read(Type.TIMER, millis);
        }

        Builder groupable() {
            groupable = true;
            return this;
        }

        Builder rollup(Rollup newRollup) {
            rollup = newRollup;
            return this;
        }

        Builder width(int cells) {
            width = cells;
            return this;
        }

        KeyField help(String line) {
            return new KeyField(id, title, type, names, groupable, rollup, width, low, high, line);
        }

        private Builder read(Type newType, Reader reader) {
            type = newType;
            low = reader;
            return this;
        }

        private static Reader of(Column column) {
            return (snapshot, row) -> snapshot.table().value(column, row);
        }
    }
}
