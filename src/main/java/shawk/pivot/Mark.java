package shawk.pivot;

import java.util.HashMap;
import java.util.Map;
import shawk.model.Snapshot;

/**
 * A moment that later ones are compared with, under one {@link PivotSpec}: its pivot, and where its rows are to be
 * found, made once and not with every sample. Used by one thread.
 */
public final class Mark {
    private final Pivot pivot;
    private final Map<Level, HashPositions> positions = new HashMap<>();

    private Mark(Pivot pivot) {
        this.pivot = pivot;
    }

    /** The moment of {@code snapshot}. */
    public static Mark of(Snapshot snapshot, PivotSpec spec) {
        return new Mark(Pivots.of(snapshot, spec));
    }

    /** Its snapshot. */
    public Snapshot snapshot() {
        return pivot.snapshot();
    }

    /** The spec that it is for. */
    public PivotSpec spec() {
        return pivot.spec();
    }

    Pivot pivot() {
        return pivot;
    }

    /** Position of the entry with this hash in one of its levels, -1 where there is none. */
    int find(Level level, long hash) {
        return positions
                .computeIfAbsent(
                        level,
                        fresh -> new HashPositions(fresh, pivot.snapshot().monotonicNanos()))
                .find(hash);
    }
}
