package shawk.screen;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.DiffPivot;
import shawk.pivot.Level;
import shawk.pivot.Mark;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowMemory;

/**
 * Makes the pivot that is shown: frozen where the order is, compared where there is a mark. Remembers the rows of the
 * one before. Used by one thread.
 */
final class CalmRows {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RowMemory memory = new RowMemory();
    private @Nullable Mark mark;
    private @Nullable PivotSpec spec;
    private long sequence = -1;
    private boolean frozen;
    private @Nullable Comparison comparison;

    /** Whether the pivot made last is still the right one. */
    boolean isCurrent(Snapshot shown, PivotSpec wanted, Calm calm) {
        return shown.sequence() == sequence
                && wanted.equals(spec)
                && calm.frozen() == frozen
                && Objects.equals(comparison, shownOf(calm));
    }

    private static @Nullable Comparison shownOf(Calm calm) {
        return calm.comparing() ? calm.comparison() : null;
    }

    /** Whether rows of both are the same kind of rows, in whatever order. */
    static boolean sameRows(@Nullable PivotSpec a, PivotSpec b) {
        return a != null && a.withSort(b.sort()).equals(b);
    }

    Pivot pivot(Snapshot shown, PivotSpec wanted, Calm calm) {
        Comparison compared = shownOf(calm);
        boolean sameRows = sameRows(spec, wanted) && compared == null == (comparison == null);
        if (!sameRows) {
            memory.forgetBirths();
        }
        if (!calm.frozen()) {
            memory.thaw();
        } else if (!frozen
                || !wanted.equals(spec) && !onlyFilterDiffers(wanted)
                || !Objects.equals(compared, comparison)) {
            memory.freeze();
        }
        spec = wanted;
        sequence = shown.sequence();
        frozen = calm.frozen();
        comparison = compared;
        Pivot pivot = Pivots.of(shown, wanted);
        return Pivots.of(compared == null ? pivot : compare(pivot, compared), memory);
    }

    /** Rows that a filter leaves out and lets in again keep their places. */
    private boolean onlyFilterDiffers(PivotSpec wanted) {
        return spec != null && spec.withFilter(wanted.filter()).equals(wanted);
    }

    private Pivot compare(Pivot now, Comparison with) {
        if (mark == null || !mark.snapshot().equals(with.mark()) || !mark.spec().equals(now.spec())) {
            mark = Mark.of(with.mark(), now.spec());
        }
        return new DiffPivot(mark, now, with.bySize());
    }

    /** What was made for the mark is let go with it. */
    void forgetMark() {
        mark = null;
    }

    /** Whether a row came in one of the last samples. */
    boolean isNew(Tree.Row row) {
        if (comparison != null) {
            return false;
        }
        Level level = row.level();
        return level.single() ? isYoung(level, row.index()) : memory.isNew(level.hash(row.index()));
    }

    /** A connection says how long ago it was seen to open, and one that has ended, how long ago that was. */
    private static boolean isYoung(Level level, int index) {
        Snapshot snapshot = level.snapshot(index);
        int row = level.row(index);
        boolean ended = snapshot.table().has(Column.ENDED_MILLIS, row);
        long ageMillis = snapshot.table().value(ended ? Column.ENDED_MILLIS : Column.AGE_MILLIS, row);
        return ageMillis != SocketTable.ABSENT
                && ageMillis * NANOS_PER_MILLI < RowMemory.NEW_SNAPSHOTS * snapshot.elapsedNanos();
    }
}
