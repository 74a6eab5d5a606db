package shawk.pivot;

import java.util.List;
import shawk.expr.SortKey;
import shawk.field.EndedFields;
import shawk.field.EndpointFields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** Single sockets side by side. */
final class ConnectionLevel extends SortedLevel {
    private static final ConnectionIdentities IDENTITIES = new ConnectionIdentities();

    private final int depth;
    private final int[] rows;

    /** Takes in only the rows of {@code range} that are shown sockets. */
    ConnectionLevel(Snapshot snapshot, PivotSpec spec, RowRange range) {
        super(snapshot, IDENTITIES);
        this.depth = spec.groupBy().size();
        boolean ended = spec.rows() == RowChoice.ENDED;
        // The last one first, by the exact time: the field by which they are sorted has only milliseconds.
        List<KeyField> identity = ended ? List.of() : List.of(EndpointFields.RADDR, EndpointFields.RPORT);
        Rows entries = new Rows(snapshot, range, ended && isOldestFirst(spec.sort()));
        this.rows = SortOrder.of(snapshot, entries, spec.sort(), identity);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = range.rows()[range.start() + rows[i]];
        }
    }

    private static boolean isOldestFirst(List<SortKey> sort) {
        return sort.stream().anyMatch(key -> key.field() == EndedFields.ENDED && key.descending());
    }

    private record Rows(Snapshot snapshot, RowRange range, boolean reverse) implements Entries {
        private int row(int entry) {
            return range.rows()[range.start() + entry];
        }

        @Override
        public int count() {
            return range.shown();
        }

        @Override
        public double measure(MeasureField field, int entry) {
            return ofRow(snapshot, field, row(entry));
        }

        @Override
        public void key(KeyField field, int entry, KeyValue out) {
            out.read(field, snapshot, row(entry));
        }

        @Override
        public int compareIdentities(int a, int b) {
            int first = row(reverse ? b : a);
            int second = row(reverse ? a : b);
            return ConnectionIdentities.compare(snapshot.table(), first, second);
        }
    }

    private static double ofRow(Snapshot snapshot, MeasureField field, int row) {
        return field.perConnection() ? field.value().read(snapshot, row) : Double.NaN;
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public boolean single() {
        return true;
    }

    @Override
    public List<KeyField> fields() {
        return List.of();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int row(int position) {
        return rows[position];
    }

    @Override
    public int sockets(int position) {
        return 1;
    }

    @Override
    public double measure(MeasureField field, int position) {
        return ofRow(snapshot(), field, rows[position]);
    }

    @Override
    public void key(KeyField field, int position, KeyValue out) {
        out.read(field, snapshot(), rows[position]);
    }

    /** Who it is does not depend on the groups around it. */
    @Override
    public long hash(int position) {
        return ConnectionIdentities.hash(snapshot().table(), rows[position]);
    }
}
