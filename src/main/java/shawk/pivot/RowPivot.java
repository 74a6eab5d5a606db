package shawk.pivot;

import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/** A pivot that chooses its rows at once and groups them when asked. */
final class RowPivot implements Pivot {
    private final Snapshot snapshot;
    private final PivotSpec spec;
    private final RowRange rows;
    private final GroupLevel total;
    private @Nullable Level leaves;
    private @Nullable Level listeners;

    RowPivot(Snapshot snapshot, PivotSpec spec) {
        this.snapshot = snapshot;
        this.spec = spec;
        this.rows = Selection.of(snapshot, spec);
        this.total = new GroupLevel(snapshot, spec, rows, 0, 0, Selection.hasBundles(spec));
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public PivotSpec spec() {
        return spec;
    }

    @Override
    public Level total() {
        return total;
    }

    @Override
    public Level root() {
        if (spec.rows() != RowChoice.LISTENERS || !spec.groupBy().isEmpty()) {
            return total.children(0);
        }
        if (listeners == null) {
            listeners = new ListenerLevel(snapshot, spec, rows);
        }
        return listeners;
    }

    @Override
    public Level children(Level level, int index) {
        if (level instanceof GroupLevel groups) {
            return groups.children(index);
        }
        if (level instanceof ListenerLevel listening) {
            return listening.children(index);
        }
        throw new IllegalArgumentException("a single connection consists of nothing");
    }

    @Override
    public Level leaves() {
        if (spec.groupBy().size() < 2) {
            return root();
        }
        if (leaves == null) {
            int depth = spec.groupBy().size();
            leaves = new GroupLevel(snapshot, spec, rows, 0, depth, Selection.hasBundles(spec));
        }
        return leaves;
    }
}
