package shawk.pivot;

import shawk.model.Snapshot;

/** What has ended until one moment: the rows are of another snapshot, the moment is that which was asked for. */
final class EndedPivot implements Pivot {
    private final Snapshot moment;
    private final Pivot rows;

    EndedPivot(Snapshot moment, PivotSpec spec) {
        this.moment = moment;
        this.rows = new RowPivot(moment.ended().rows(), spec);
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
