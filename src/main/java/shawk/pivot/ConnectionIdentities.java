package shawk.pivot;

import java.util.List;
import java.util.stream.LongStream;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Single connections are their namespace, cookie and end points. Immutable. */
final class ConnectionIdentities implements Identities {
    /** In the order in which equal connections are sorted: as a reader would look them up. */
    private static final List<Column> COLUMNS = List.of(
            Column.RADDR_HIGH,
            Column.RADDR_LOW,
            Column.RPORT,
            Column.LADDR_HIGH,
            Column.LADDR_LOW,
            Column.LPORT,
            Column.PROTOCOL,
            Column.NETNS,
            Column.COOKIE);

    @Override
    public int width() {
        return COLUMNS.size() + 1;
    }

    @Override
    public void read(Snapshot snapshot, int row, long[] out) {
        SocketTable table = snapshot.table();
        for (int i = 0; i < COLUMNS.size(); i++) {
            out[i] = table.value(COLUMNS.get(i), row);
        }
        out[COLUMNS.size()] = inode(table, row);
    }

    /**
     * Listeners may share their end point: where there is no cookie the inode tells them apart. A connection's would
     * change when it goes to TIME_WAIT. One socket may have had several connections between the same ends: of what has
     * ended the moment tells them apart.
     */
    private static long inode(SocketTable table, int row) {
        if (table.has(Column.EVENT_NANOS, row)) {
            return table.value(Column.EVENT_NANOS, row);
        }
        return table.has(Column.COOKIE, row) || table.value(Column.KIND, row) == RowKind.CONNECTION.ordinal()
                ? SocketTable.ABSENT
                : table.value(Column.INODE, row);
    }

    static long hash(SocketTable table, int row) {
        long hash = Hashes.START;
        for (int i = 0; i < COLUMNS.size(); i++) {
            hash = Hashes.with(hash, table.value(COLUMNS.get(i), row));
        }
        return Hashes.with(hash, inode(table, row));
    }

    static int compare(SocketTable table, int a, int b) {
        // What happened at the same millisecond: the last one first.
        int later = Long.compare(table.value(Column.EVENT_NANOS, b), table.value(Column.EVENT_NANOS, a));
        if (later != 0) {
            return later;
        }
        if (table.value(Column.KIND, a) == RowKind.ENDED.ordinal()
                && table.value(Column.KIND, b) == RowKind.ENDED.ordinal()) {
            return Integer.compare(a, b);
        }
        for (int i = 0; i < COLUMNS.size(); i++) {
            long valueA = table.value(COLUMNS.get(i), a);
            long valueB = table.value(COLUMNS.get(i), b);
            if (valueA != valueB) {
                return Long.compare(valueA, valueB);
            }
        }
        return Long.compare(table.value(Column.INODE, a), table.value(Column.INODE, b));
    }

    @Override
    public Level.Identity identity(Snapshot snapshot, int row) {
        long[] numbers = new long[width()];
        read(snapshot, row, numbers);
        return new Level.Identity(LongStream.of(numbers).boxed().toList(), List.of());
    }

    @Override
    public boolean resolve(Snapshot snapshot, Level.Identity identity, long[] out) {
        if (identity.numbers().size() != out.length || !identity.texts().isEmpty()) {
            return false;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = identity.numbers().get(i);
        }
        return true;
    }
}
