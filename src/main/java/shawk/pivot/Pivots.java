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
        return switch (spec.rows()) {
            case ENDED ->
                new PivotOfMoment(snapshot, new RowPivot(snapshot.ended().rows(), spec));
            case NONE -> new PivotOfMoment(snapshot, new RowPivot(Snapshot.EMPTY, spec));
            case LISTENERS -> new RowPivot(snapshot, spec);
            case CONNECTIONS, OPEN, ALL -> spec.ended() ? beside(snapshot, spec) : new RowPivot(snapshot, spec);
        };
    }

    private static Pivot beside(Snapshot snapshot, PivotSpec spec) {
        RowPivot living = new RowPivot(snapshot, spec);
        if (snapshot.ended().total() == 0) {
            return living;
        }
        return new BesidePivot(living, of(snapshot, spec.withRows(RowChoice.ENDED)), spec);
    }

    /**
     * The same rows, taken note of in {@code memory} when they are looked at, and in its order while that is frozen. A
     * memory is for the pivots of one table, made one after the other.
     */
    public static Pivot of(Pivot pivot, RowMemory memory) {
        return new CalmPivot(pivot, memory);
    }
}
