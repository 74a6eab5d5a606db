package shawk.pivot;

import shawk.model.Snapshot;

/** Makes pivots. Any thread may; each pivot is for one. */
public final class Pivots {
    private Pivots() {}

    /**
     * The rows of a snapshot under a spec. Choosing the rows happens here, one pass; grouping and sorting when a level
     * is asked for.
     */
    public static Pivot of(Snapshot snapshot, PivotSpec spec) {
        return new RowPivot(snapshot, spec);
    }
}
