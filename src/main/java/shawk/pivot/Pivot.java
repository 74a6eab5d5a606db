package shawk.pivot;

import shawk.model.Snapshot;

/**
 * The rows of one snapshot under one {@link PivotSpec}. Levels are computed when they are asked for. Used by one
 * thread.
 */
public interface Pivot {
    /** The snapshot that it was made of; a row may be of another one, which its level knows. */
    Snapshot snapshot();

    /** How it was made. */
    PivotSpec spec();

    /** One group that holds every matching row: the totals. */
    Level total();

    /** The groups of the first grouping field, or the single connections where there is none. */
    Level root();

    /** What group {@code index} of {@code level} consists of: groups of the next field, or single connections. */
    Level children(Level level, int index);

    /** All groups that differ in any grouping field, in one level: the leaves without their parents. */
    Level leaves();
}
