package shawk.pivot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.model.Snapshot;

/** Where a connection stands under another grouping. Stateless; any thread. */
public final class Whereabouts {
    private static final ConnectionIdentities CONNECTIONS = new ConnectionIdentities();

    private Whereabouts() {}

    /**
     * The identities of the groups of {@code chain} around a connection, outermost first, and its own; null where the
     * snapshot has no such connection. One pass over the sockets, without an object a row.
     */
    public static @Nullable List<Level.Identity> of(
            Snapshot snapshot, List<KeyField> chain, Level.Identity connection) {
        long[] wanted = new long[CONNECTIONS.width()];
        if (!CONNECTIONS.resolve(snapshot, connection, wanted)) {
            return null;
        }
        long[] found = new long[wanted.length];
        for (int row = 0; row < snapshot.table().sockets(); row++) {
            CONNECTIONS.read(snapshot, row, found);
            if (Arrays.equals(found, wanted)) {
                List<Level.Identity> path = new ArrayList<>();
                for (KeyField field : chain) {
                    path.add(new GroupIdentities(List.of(field)).identity(snapshot, row));
                }
                path.add(connection);
                return path;
            }
        }
        return null;
    }
}
