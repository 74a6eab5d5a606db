package shawk.pivot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** A level whose entries stand in another order. */
final class FrozenLevel implements Level {
    private final Level base;
    private final int[] order;
    private int @Nullable [] positions;

    /** Takes over {@code order}: the entries of {@code base} as they are to stand. */
    FrozenLevel(Level base, int[] order) {
        this.base = base;
        this.order = order;
    }

    Level base() {
        return base;
    }

    int inBase(int position) {
        return order[position];
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public boolean single() {
        return base.single();
    }

    @Override
    public List<KeyField> fields() {
        return base.fields();
    }

    @Override
    public int depth() {
        return base.depth();
    }

    @Override
    public int row(int position) {
        return base.row(order[position]);
    }

    @Override
    public Snapshot snapshot(int position) {
        return base.snapshot(order[position]);
    }

    @Override
    public int sockets(int position) {
        return base.sockets(order[position]);
    }

    @Override
    public double measure(MeasureField field, int position) {
        return base.measure(field, order[position]);
    }

    @Override
    public void key(KeyField field, int position, KeyValue out) {
        base.key(field, order[position], out);
    }

    @Override
    public int find(Identity identity) {
        int found = base.find(identity);
        return found < 0 ? found : positions()[found];
    }

    private int[] positions() {
        if (positions == null) {
            positions = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                positions[order[i]] = i;
            }
        }
        return positions;
    }

    @Override
    public Identity identity(int position) {
        return base.identity(order[position]);
    }

    @Override
    public long hash(int position) {
        return base.hash(order[position]);
    }
}
