package shawk.pivot;

import java.util.List;
import shawk.field.KeyField;
import shawk.model.Snapshot;

/**
 * Rows split into groups that agree in some fields: one array of rows with the groups' rows side by side, and where
 * each group's begin. Immutable by convention.
 */
final class Grouping {
    private final int[] rows;
    private final int[] starts;
    private final int[] shown;
    private final int[] bundles;

    private Grouping(RowRange in, int[] groupOf, int groups) {
        this.rows = new int[in.size()];
        this.starts = new int[groups + 1];
        this.shown = new int[groups];
        this.bundles = new int[groups];
        count(in, groupOf);
        place(in, groupOf);
    }

    /** The groups of one row range. */
    static Grouping of(Snapshot snapshot, RowRange in, List<KeyField> fields) {
        int[] groupOf = new int[in.size()];
        int groups = 1;
        for (KeyField field : fields) {
            groups = refine(snapshot, in, field, groupOf, groups);
        }
        return new Grouping(in, groupOf, groups);
    }

    /** Splits groups further by one field, and returns how many there are then. */
    private static int refine(Snapshot snapshot, RowRange in, KeyField field, int[] groupOf, int groups) {
        KeyTable keys = new KeyTable(Math.max(16, groups), snapshot.monotonicNanos());
        for (int i = 0; i < groupOf.length; i++) {
            int row = in.rows()[in.start() + i];
            long low = field.low().read(snapshot, row);
            groupOf[i] = keys.number(groupOf[i], field.high().read(snapshot, row), low);
        }
        return keys.size();
    }

    private void count(RowRange in, int[] groupOf) {
        for (int i = 0; i < groupOf.length; i++) {
            int group = groupOf[i];
            starts[group + 1]++;
            if (in.start() + i < in.shownEnd()) {
                shown[group]++;
            } else if (in.start() + i < in.bundlesEnd()) {
                bundles[group]++;
            }
        }
        for (int group = 0; group < shown.length; group++) {
            starts[group + 1] += starts[group];
        }
    }

    /** Order within a group stays that of the range: shown, bundles, hidden. */
    private void place(RowRange in, int[] groupOf) {
        int[] next = starts.clone();
        for (int i = 0; i < groupOf.length; i++) {
            rows[next[groupOf[i]]++] = in.rows()[in.start() + i];
        }
    }

    int groups() {
        return shown.length;
    }

    /** Moves {@code out} to the rows of a group. */
    void range(int group, RowRange out) {
        int start = starts[group];
        out.move(rows, start, start + shown[group], start + shown[group] + bundles[group], starts[group + 1]);
    }

    int shown(int group) {
        return shown[group];
    }
}
