package shawk.pivot;

import shawk.model.Snapshot;

/** Rows of another snapshot that belong to a moment, such as what has ended until then. */
final class PivotOfMoment implements Pivot {
    private final Snapshot moment;
    private final Pivot rows;

    PivotOfMoment(Snapshot moment, Pivot rows) {
        this.moment = moment;
        this.rows = rows;
    }

    @Override
    public Snapshot snapshot() {
        return moment;
    }

    @Override
    public PivotSpec spec() {
        return rows.spec();
    }

    @Override
    public Level total() {
        return rows.total();
    }

    @Override
    public Level root() {
        return rows.root();
    }

    @Override
    public Level children(Level level, int index) {
        return rows.children(level, index);
    }

    @Override
    public Level leaves() {
        return rows.leaves();
    }
}
