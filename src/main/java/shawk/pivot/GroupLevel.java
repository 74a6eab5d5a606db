package shawk.pivot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** Groups side by side. */
final class GroupLevel extends SortedLevel {
    private final PivotSpec spec;
    private final List<KeyField> fields;
    private final int depth;
    private final Groups groups;
    private final int[] order;
    private final Map<Integer, Level> children = new HashMap<>();

    /**
     * Groups a range whose rows agree in the fields of the chain up to {@code from} by those up to {@code to}.
     *
     * @param knowsEnded whether the range holds all bundles that belong to it
     */
    GroupLevel(Snapshot snapshot, PivotSpec spec, RowRange range, int from, int to, boolean knowsEnded) {
        super(snapshot, new GroupIdentities(spec.groupBy().subList(from, to)));
        this.spec = spec;
        this.fields = spec.groupBy().subList(from, to);
        this.depth = to;
        // What has ended one by one has every field, and no bundles beside it.
        boolean single = spec.rows() == RowChoice.ENDED;
        boolean knows = knowsEnded && (single || fields.stream().allMatch(Fields::inBundles));
        RowRange rows = knows ? range : range.withoutBundles();
        this.groups = new Groups(snapshot, rows, fields, spec.groupBy().subList(0, to), knows);
        this.order = SortOrder.of(snapshot, groups, spec.sort(), fields);
    }

    /** What a group consists of. */
    Level children(int position) {
        return children.computeIfAbsent(position, this::split);
    }

    private Level split(int position) {
        RowRange range = groups.range(order[position]);
        return depth == spec.groupBy().size()
                ? new ConnectionLevel(snapshot(), spec, range)
                : new GroupLevel(snapshot(), spec, range, depth, depth + 1, groups.knowsEnded());
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
        return fields;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int row(int position) {
        return groups.row(order[position]);
    }

    @Override
    public int sockets(int position) {
        return groups.shown(order[position]);
    }

    @Override
    public double measure(MeasureField field, int position) {
        return groups.measure(field, order[position]);
    }

    @Override
    public void key(KeyField field, int position, KeyValue out) {
        groups.key(field, order[position], out);
    }

    @Override
    public long hash(int position) {
        return depth == 0 ? Hashes.START : Hashes.group(spec.groupBy().subList(0, depth), snapshot(), row(position));
    }
}
