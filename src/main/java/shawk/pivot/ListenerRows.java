package shawk.pivot;

import java.util.Arrays;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Which listener each socket of a snapshot came in by: the one at its own address and port before one at a wildcard.
 * Where several share that end point (SO_REUSEPORT), the one of the same owner, else the first. Immutable.
 */
final class ListenerRows {
    static final int NONE = -1;
    private static final long V4_ANY = Address.lowOfV4(0);
    private final SocketTable table;
    /** Numbers of (protocol, namespace, port), and of these with an address. */
    private final KeyTable ports;

    private final KeyTable ends;
    /** By number of an end: the first listener there. */
    private int[] firstAt = new int[64];
    /** By row of a listener: the next one at the same end. */
    private final int[] nextAt;

    private final int[] listenerOf;

    private ListenerRows(Snapshot snapshot) {
        this.table = snapshot.table();
        this.ports = new KeyTable(64, snapshot.monotonicNanos());
        this.ends = new KeyTable(64, snapshot.monotonicNanos());
        this.nextAt = new int[table.sockets()];
        this.listenerOf = new int[table.sockets()];
    }

    /** By row of a socket: the row of its listener; {@link #NONE} of one that has none, and of listeners. */
    static int[] of(Snapshot snapshot) {
        ListenerRows rows = new ListenerRows(snapshot);
        for (int row = rows.table.sockets() - 1; row >= 0; row--) {
            if (isListener(rows.table, row)) {
                rows.add(row);
            }
        }
        for (int row = 0; row < rows.table.sockets(); row++) {
            rows.listenerOf[row] = isListener(rows.table, row) ? NONE : rows.find(row);
        }
        return rows.listenerOf;
    }

    static boolean isListener(SocketTable table, int row) {
        return table.value(Column.KIND, row) == RowKind.LISTENER.ordinal();
    }

    private void add(int row) {
        int port = ports.number(
                (int) table.value(Column.PROTOCOL, row),
                table.value(Column.NETNS, row),
                table.value(Column.LPORT, row));
        int known = ends.size();
        int end = ends.number(port, table.value(Column.LADDR_HIGH, row), table.value(Column.LADDR_LOW, row));
        if (end == firstAt.length) {
            firstAt = Arrays.copyOf(firstAt, 2 * end);
        }
        nextAt[row] = end == known ? NONE : firstAt[end];
        firstAt[end] = row;
    }

    private int find(int row) {
        if (table.value(Column.DIRECTION, row) == Direction.OUT.ordinal()) {
            return NONE;
        }
        int port = ports.find(
                (int) table.value(Column.PROTOCOL, row),
                table.value(Column.NETNS, row),
                table.value(Column.LPORT, row));
        if (port < 0) {
            return NONE;
        }
        long high = table.value(Column.LADDR_HIGH, row);
        long low = table.value(Column.LADDR_LOW, row);
        int end = ends.find(port, high, low);
        if (end < 0 && Address.isV4(high, low)) {
            end = ends.find(port, 0, V4_ANY);
        }
        if (end < 0) {
            end = ends.find(port, 0, 0);
        }
        return end < 0 ? NONE : ofOwner(firstAt[end], table.value(Column.OWNER, row));
    }

    private int ofOwner(int first, long owner) {
        for (int row = first; row != NONE; row = nextAt[row]) {
            if (table.value(Column.OWNER, row) == owner) {
                return row;
            }
        }
        return first;
    }
}
