package shawk.pivot;

import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Chooses the rows of a snapshot that a {@link PivotSpec} asks for: one pass, one array. */
final class Selection {
    private final SocketTable table;
    private final RowChoice choice;
    private final Enclosure enclosure;
    private final Filter.@Nullable RowTest test;
    private final int candidates;

    private Selection(Snapshot snapshot, PivotSpec spec) {
        Filter filter = spec.filter();
        this.table = snapshot.table();
        boolean decided = filter != null && namesState(filter) && spec.rows() != RowChoice.LISTENERS;
        this.choice = decided ? RowChoice.ALL : spec.rows();
        this.enclosure = Enclosure.of(snapshot, spec.within());
        this.test = filter == null ? null : filter.on(snapshot);
        this.candidates = hasBundles(spec) ? table.size() : table.sockets();
    }

    static RowRange of(Snapshot snapshot, PivotSpec spec) {
        return new Selection(snapshot, spec).rows();
    }

    /** Whether bundles can be told to match or not. */
    static boolean hasBundles(PivotSpec spec) {
        if (spec.rows() == RowChoice.ENDED) {
            return true;
        }
        return (spec.filter() == null || Scope.coversBundles(spec.filter())) && Enclosure.coversBundles(spec.within());
    }

    /** Whether a bundle's counts changed in the last interval. */
    static boolean isRecent(SocketTable table, int row) {
        return changed(table, Column.CLOSED_NOW, row)
                || changed(table, Column.OPENED_NOW, row)
                || changed(table, Column.FAILED_NOW, row);
    }

    private static boolean changed(SocketTable table, Column column, int row) {
        long count = table.value(column, row);
        return count != 0 && count != SocketTable.ABSENT;
    }

    private static boolean namesState(Filter filter) {
        return filter.fields().stream().anyMatch(field -> field.id().equals("state"));
    }

    private RowRange rows() {
        int[] rows = new int[candidates];
        int shown = 0;
        int hidden = candidates;
        for (int row = 0; row < table.sockets(); row++) {
            if (matches(row)) {
                if (isShown(row)) {
                    rows[shown++] = row;
                } else {
                    rows[--hidden] = row;
                }
            }
        }
        int bundles = shown;
        for (int row = table.sockets(); row < candidates; row++) {
            if (matches(row)) {
                rows[bundles++] = row;
            }
        }
        int hiddenCount = candidates - hidden;
        System.arraycopy(rows, hidden, rows, bundles, hiddenCount);
        return new RowRange(rows, 0, shown, bundles, bundles + hiddenCount);
    }

    private boolean matches(int row) {
        return enclosure.holds(row) && (test == null || test.matches(row));
    }

    private boolean isShown(int row) {
        long kind = table.value(Column.KIND, row);
        return switch (choice) {
            case CONNECTIONS -> isConnection(kind, row);
            case OPEN -> isConnection(kind, row) || kind == RowKind.LISTENER.ordinal();
            case ALL -> true;
            case LISTENERS -> kind == RowKind.LISTENER.ordinal();
            case ENDED -> kind == RowKind.ENDED.ordinal();
            case NONE -> false;
        };
    }

    /** What an MPTCP connection is made of stands beside it, but not what its listener stands upon. */
    private boolean isConnection(long kind, int row) {
        return kind == RowKind.CONNECTION.ordinal()
                || kind == RowKind.SUBFLOW.ordinal()
                        && table.value(Column.DIRECTION, row) != Direction.LISTEN.ordinal();
    }
}
