package shawk.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a snapshot, one array a column: sockets first, bundles of ended connections behind them. Immutable once
 * built, so any thread may read it.
 */
public final class SocketTable implements Cells {
    /** "Not known" or "means nothing here". */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final int ABSENT_NARROW = -1;
    private static final Column[] COLUMNS = Column.values();

    /** A table without rows. */
    public static final SocketTable EMPTY = new Builder(0).build(0, 0);

    private final long[] @Nullable [] wide;
    private final int[] @Nullable [] narrow;
    private final int sockets;
    private final int size;
    private final PeerNames peers;
    private final long hostText;

    private SocketTable(Builder builder, int sockets, int size) {
        this.wide = builder.wide;
        this.narrow = builder.narrow;
        this.sockets = sockets;
        this.size = size;
        this.peers = builder.peers;
        this.hostText = builder.hostText;
    }

    /** Who may be asked about other ends that no column names. */
    public PeerNames peers() {
        return peers;
    }

    /** Text: name of this host; absent where it is not known. */
    public long hostText() {
        return hostText;
    }

    /** Number of rows that are sockets: rows 0 to this, exclusive. */
    public int sockets() {
        return sockets;
    }

    /** Number of all rows, bundles included. */
    public int size() {
        return size;
    }

    @Override
    public long value(Column column, int row) {
        if (column.wide()) {
            long[] values = wide[column.ordinal()];
            return values == null ? ABSENT : values[row];
        }
        int[] values = narrow[column.ordinal()];
        return values == null || values[row] == ABSENT_NARROW ? ABSENT : values[row];
    }

    /** Whether there is a value. */
    public boolean has(Column column, int row) {
        return value(column, row) != ABSENT;
    }

    /** Fills a table. Used by one thread, and no more once {@link #build} was called. */
    public static final class Builder implements Cells {
        private final long[] @Nullable [] wide = new long[COLUMNS.length][];
        private final int[] @Nullable [] narrow = new int[COLUMNS.length][];
        private final int capacity;
        private PeerNames peers = PeerNames.NONE;
        private long hostText = ABSENT;
        private boolean built;

        /** All values of {@code capacity} rows are absent at first; columns that stay so take no room. */
        public Builder(int capacity) {
            this.capacity = capacity;
        }

        /** Says who may be asked about other ends, and the text that is this host's name. */
        public void peers(PeerNames newPeers, long newHostText) {
            peers = newPeers;
            hostText = newHostText;
        }

        /** Rows that there is room for. */
        public int capacity() {
            return capacity;
        }

        /** Sets a value; of a narrow column 0 to 2^31 - 1, or {@link #ABSENT}. */
        public void set(Column column, int row, long value) {
            if (column.wide()) {
                setWide(column, row, value);
            } else {
                setNarrow(column, row, value == ABSENT ? ABSENT_NARROW : Math.toIntExact(value));
            }
        }

        private void setWide(Column column, int row, long value) {
            long[] values = wide[column.ordinal()];
            if (values == null) {
                if (value == ABSENT) {
                    return;
                }
                values = new long[capacity];
                Arrays.fill(values, ABSENT);
                wide[column.ordinal()] = values;
            }
            values[row] = value;
        }

        private void setNarrow(Column column, int row, int value) {
            int[] values = narrow[column.ordinal()];
            if (values == null) {
                if (value == ABSENT_NARROW) {
                    return;
                }
                values = new int[capacity];
                Arrays.fill(values, ABSENT_NARROW);
                narrow[column.ordinal()] = values;
            }
            values[row] = value;
        }

        /** The value set so far. */
        @Override
        public long value(Column column, int row) {
            if (column.wide()) {
                long[] values = wide[column.ordinal()];
                return values == null ? ABSENT : values[row];
            }
            int[] values = narrow[column.ordinal()];
            return values == null || values[row] == ABSENT_NARROW ? ABSENT : values[row];
        }

        /** The table of the first {@code size} rows, of which the first {@code sockets} are sockets. */
        public SocketTable build(int sockets, int size) {
            if (built || sockets > size || size > capacity) {
                throw new IllegalStateException("built " + built + ", " + sockets + " of " + size + " of " + capacity);
            }
            built = true;
            return new SocketTable(this, sockets, size);
        }
    }
}
