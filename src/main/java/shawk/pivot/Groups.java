package shawk.pivot;

import java.util.List;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** The groups of one level that are shown, in no particular order, and their values. Used by one thread. */
final class Groups implements Entries {
    private final Snapshot snapshot;
    private final Grouping grouping;
    private final List<KeyField> chain;
    private final boolean knowsEnded;
    private final Rollups rollups;
    private final RowRange range = new RowRange();
    private final int[] visible;

    /**
     * Groups the rows of a range.
     *
     * @param fields the fields to group by; none = one group, which is shown even without rows
     * @param chain these, behind all that the rows of the range agree in already
     * @param knowsEnded whether the range holds all bundles that belong to it
     */
    Groups(Snapshot snapshot, RowRange rows, List<KeyField> fields, List<KeyField> chain, boolean knowsEnded) {
        this.snapshot = snapshot;
        this.grouping = Grouping.of(snapshot, rows, fields);
        this.chain = chain;
        this.knowsEnded = knowsEnded;
        this.rollups = new Rollups(snapshot);
        this.visible = new int[fields.isEmpty() ? 1 : countVisible()];
        for (int group = 0, i = 0; i < visible.length; group++) {
            if (fields.isEmpty() || isVisible(group)) {
                visible[i++] = group;
            }
        }
    }

    private int countVisible() {
        int count = 0;
        for (int group = 0; group < grouping.groups(); group++) {
            count += isVisible(group) ? 1 : 0;
        }
        return count;
    }

    /** A group has sockets to show, or had until lately. */
    private boolean isVisible(int group) {
        if (grouping.shown(group) > 0) {
            return true;
        }
        grouping.range(group, range);
        for (int i = range.shownEnd(); i < range.bundlesEnd(); i++) {
            if (Selection.isRecent(snapshot.table(), range.rows()[i])) {
                return true;
            }
        }
        return false;
    }

    boolean knowsEnded() {
        return knowsEnded;
    }

    /** The rows of an entry, to be kept. */
    RowRange range(int entry) {
        RowRange kept = new RowRange();
        grouping.range(visible[entry], kept);
        return kept;
    }

    /** The rows of an entry, until the next call. */
    private RowRange look(int entry) {
        grouping.range(visible[entry], range);
        return range;
    }

    int shown(int entry) {
        return grouping.shown(visible[entry]);
    }

    /** One of the group's rows, a socket that is shown where there is one; -1 where there is none. */
    int row(int entry) {
        look(entry);
        return range.size() == 0 ? -1 : range.rows()[range.start()];
    }

    @Override
    public int count() {
        return visible.length;
    }

    @Override
    public double measure(MeasureField field, int entry) {
        return Fields.countsEnded(field) && !knowsEnded ? Double.NaN : rollups.measure(field, look(entry));
    }

    @Override
    public void key(KeyField field, int entry, KeyValue out) {
        if (chain.contains(field)) {
            out.read(field, snapshot, row(entry));
        } else {
            rollups.key(field, look(entry), out);
        }
    }

    /** Fields decide: no two groups of a level have the same values. */
    @Override
    public int compareIdentities(int a, int b) {
        return 0;
    }
}
