package shawk.pivot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** What {@link PivotSpec#within} means in one snapshot. Used by one thread. */
final class Enclosure {
    private final Snapshot snapshot;
    private final List<Value> values = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private boolean empty;

    private Enclosure(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    private record Value(KeyField field, long high, long low) {}

    /**
     * Connections of one listener.
     *
     * @param of by row of a socket, see {@link ListenerRows#of}
     * @param row the listener's
     */
    private record Listener(int[] of, int row) {}

    static Enclosure of(Snapshot snapshot, List<Within> within) {
        Enclosure made = new Enclosure(snapshot);
        for (Within each : within) {
            if (each instanceof Within.OfGroup group) {
                made.add(group);
            } else if (each instanceof Within.OfListener listener) {
                made.add(listener);
            }
        }
        return made;
    }

    /** Whether rows of ended connections can be told to be inside or not. */
    static boolean coversBundles(List<Within> within) {
        return within.stream()
                .allMatch(each -> each instanceof Within.OfGroup group && Fields.inBundles(group.field()));
    }

    private void add(Within.OfGroup group) {
        long[] value = new long[2];
        if (new GroupIdentities(List.of(group.field())).resolve(snapshot, group.group(), value)) {
            values.add(new Value(group.field(), value[0], value[1]));
        } else {
            empty = true;
        }
    }

    private void add(Within.OfListener within) {
        ConnectionIdentities identities = new ConnectionIdentities();
        long[] wanted = new long[identities.width()];
        long[] found = new long[wanted.length];
        SocketTable table = snapshot.table();
        if (identities.resolve(snapshot, within.listener(), wanted)) {
            for (int row = 0; row < table.sockets(); row++) {
                if (ListenerRows.isListener(table, row)) {
                    identities.read(snapshot, row, found);
                    if (Arrays.equals(found, wanted)) {
                        listeners.add(new Listener(ListenerRows.of(snapshot), row));
                        return;
                    }
                }
            }
        }
        empty = true;
    }

    boolean holds(int row) {
        if (empty) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (value.field.low().read(snapshot, row) != value.low
                    || value.field.high().read(snapshot, row) != value.high) {
                return false;
            }
        }
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            if (row >= listener.of.length || listener.of[row] != listener.row) {
                return false;
            }
        }
        return true;
    }
}
