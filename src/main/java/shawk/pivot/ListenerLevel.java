package shawk.pivot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Listeners side by side, each an entry that consists of the connections that reached it. Its names, its queue and its
 * age are the listening socket's own; what counts or measures connections is rolled up over these.
 */
final class ListenerLevel extends SortedLevel {
    private static final ConnectionIdentities IDENTITIES = new ConnectionIdentities();
    private static final Set<Field> OF_THE_SOCKET =
            Set.of(QueueFields.RECVQ, QueueFields.SENDQ, QueueFields.QUEUE_DROPS, QueueFields.AGE, QueueFields.IDLE);
    private final PivotSpec spec;
    private final Entered entered;
    private final int[] order;
    private final Map<Integer, Level> children = new HashMap<>();

    /** Takes in the listeners of {@code range} that are shown. */
    ListenerLevel(Snapshot snapshot, PivotSpec spec, RowRange range) {
        super(snapshot, IDENTITIES);
        this.spec = spec;
        this.entered = new Entered(snapshot, range);
        List<KeyField> identity = List.of(EndpointFields.LPORT, EndpointFields.LADDR);
        this.order = SortOrder.of(snapshot, entered, spec.sort(), identity);
    }

    /** The listeners in no particular order, and the rows that reached each. */
    private static final class Entered implements Entries {
        private final Snapshot snapshot;
        private final Rollups rollups;
        private final int[] listeners;
        private final int[] rows;
        private final int[] starts;
        private final int[] shown;
        private final RowRange scratch = new RowRange();

        Entered(Snapshot snapshot, RowRange range) {
            this.snapshot = snapshot;
            this.rollups = new Rollups(snapshot);
            SocketTable table = snapshot.table();
            int[] entryOf = new int[table.sockets()];
            this.listeners = new int[range.shown()];
            for (int i = 0; i < listeners.length; i++) {
                listeners[i] = range.rows()[range.start() + i];
                entryOf[listeners[i]] = i + 1;
            }
            int[] listenerOf = ListenerRows.of(snapshot);
            this.starts = new int[listeners.length + 1];
            this.shown = new int[listeners.length];
            for (int row = 0; row < listenerOf.length; row++) {
                int entry = listenerOf[row] < 0 ? 0 : entryOf[listenerOf[row]];
                listenerOf[row] = entry - 1;
                if (entry > 0) {
                    starts[entry]++;
                    shown[entry - 1] += isConnection(table, row) ? 1 : 0;
                }
            }
            for (int i = 0; i < listeners.length; i++) {
                starts[i + 1] += starts[i];
            }
            this.rows = new int[starts[listeners.length]];
            place(table, listenerOf);
        }

        private static boolean isConnection(SocketTable table, int row) {
            return table.value(Column.KIND, row) == RowKind.CONNECTION.ordinal();
        }

        /** Of each listener the connections first, then those that are none any more. */
        private void place(SocketTable table, int[] entryOf) {
            int[] nextShown = starts.clone();
            int[] nextHidden = new int[listeners.length];
            for (int i = 0; i < listeners.length; i++) {
                nextHidden[i] = starts[i] + shown[i];
            }
            for (int row = 0; row < entryOf.length; row++) {
                int entry = entryOf[row];
                if (entry >= 0) {
                    rows[isConnection(table, row) ? nextShown[entry]++ : nextHidden[entry]++] = row;
                }
            }
        }

        RowRange range(int entry, RowRange out) {
            int shownEnd = starts[entry] + shown[entry];
            out.move(rows, starts[entry], shownEnd, shownEnd, starts[entry + 1]);
            return out;
        }

        @Override
        public int count() {
            return listeners.length;
        }

        @Override
        public double measure(MeasureField field, int entry) {
            if (OF_THE_SOCKET.contains(field)) {
                return field.value().read(snapshot, listeners[entry]);
            }
            return Fields.countsEnded(field) ? Double.NaN : rollups.measure(field, range(entry, scratch));
        }

        @Override
        public void key(KeyField field, int entry, KeyValue out) {
            out.read(field, snapshot, listeners[entry]);
        }

        @Override
        public int compareIdentities(int a, int b) {
            return ConnectionIdentities.compare(snapshot.table(), listeners[a], listeners[b]);
        }
    }

    /** The connections that reached a listener. */
    Level children(int position) {
        return children.computeIfAbsent(
                position, i -> new ConnectionLevel(snapshot(), spec, entered.range(order[i], new RowRange())));
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public boolean single() {
        return false;
    }

    @Override
    public List<KeyField> fields() {
        return List.of();
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public int row(int position) {
        return entered.listeners[order[position]];
    }

    @Override
    public int sockets(int position) {
        return entered.shown[order[position]];
    }

    @Override
    public double measure(MeasureField field, int position) {
        return entered.measure(field, order[position]);
    }

    @Override
    public void key(KeyField field, int position, KeyValue out) {
        entered.key(field, order[position], out);
    }

    @Override
    public long hash(int position) {
        return ConnectionIdentities.hash(snapshot().table(), row(position));
    }
}
