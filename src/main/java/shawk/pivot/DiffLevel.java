package shawk.pivot;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** The entries of two levels, of now and of the mark, that are not the same in both. */
final class DiffLevel implements Level {
    private static final int NONE = -1;
    private static final int INDEX_BITS = 24;

    private final @Nullable Level now;
    private final @Nullable Level then;
    /** Entries of {@link #now} and of {@link #then}; {@link #NONE} where the entry is not there. */
    private final int[] inNow;

    private final int[] inThen;

    /** At least one of the levels is there; both are groups of the same fields, or single connections. */
    DiffLevel(@Nullable Level now, @Nullable Level then, Mark mark, ChangedGroups changed, boolean bySize) {
        this.now = now;
        this.then = then;
        int most = (now == null ? 0 : now.size()) + (then == null ? 0 : then.size());
        int[] nows = new int[most];
        int[] thens = new int[most];
        int count = compare(nows, thens, mark, changed);
        if (bySize) {
            long[] keys = new long[count];
            for (int i = 0; i < count; i++) {
                long size = Math.abs(count(now, nows[i]) - count(then, thens[i]));
                keys[i] = (Integer.MAX_VALUE - size) << INDEX_BITS | i;
            }
            Arrays.sort(keys);
            inNow = new int[count];
            inThen = new int[count];
            for (int i = 0; i < count; i++) {
                int from = (int) keys[i] & (1 << INDEX_BITS) - 1;
                inNow[i] = nows[from];
                inThen[i] = thens[from];
            }
        } else {
            inNow = Arrays.copyOf(nows, count);
            inThen = Arrays.copyOf(thens, count);
        }
    }

    /** Returns how many entries differ. */
    private int compare(int[] nows, int[] thens, Mark mark, ChangedGroups changed) {
        int count = 0;
        boolean[] stayed = new boolean[then == null ? 0 : then.size()];
        for (int i = 0; now != null && i < now.size(); i++) {
            int before = then == null ? NONE : mark.find(then, now.hash(i));
            if (before >= 0) {
                stayed[before] = true;
            }
            if (differ(i, before, changed)) {
                nows[count] = i;
                thens[count++] = before;
            }
        }
        for (int i = 0; i < stayed.length; i++) {
            if (!stayed[i] && isThere(then, i)) {
                nows[count] = NONE;
                thens[count++] = i;
            }
        }
        return count;
    }

    private boolean differ(int present, int before, ChangedGroups changed) {
        return count(now, present) != count(then, before)
                || isThere(now, present) != isThere(then, before)
                || now != null && !now.single() && changed.contains(now.hash(present));
    }

    private static int count(@Nullable Level level, int entry) {
        return level == null || entry < 0 ? 0 : level.sockets(entry);
    }

    /** A group without sockets is there for what ended lately; a listener is one, whoever reached it. */
    private static boolean isThere(@Nullable Level level, int entry) {
        return level != null && entry >= 0 && (level.sockets(entry) > 0 || level.depth() == 0);
    }

    @Nullable
    Level now() {
        return now;
    }

    @Nullable
    Level then() {
        return then;
    }

    int inNow(int position) {
        return inNow[position];
    }

    int inThen(int position) {
        return inThen[position];
    }

    /** The level that an entry's row is in: now's, or of what is gone the mark's. */
    private Level of(int position) {
        return Objects.requireNonNull(inNow[position] >= 0 ? now : then);
    }

    private int in(int position) {
        return inNow[position] >= 0 ? inNow[position] : inThen[position];
    }

    @Override
    public int size() {
        return inNow.length;
    }

    private Level either() {
        return Objects.requireNonNull(now != null ? now : then);
    }

    @Override
    public boolean single() {
        return either().single();
    }

    @Override
    public List<KeyField> fields() {
        return either().fields();
    }

    @Override
    public int depth() {
        return either().depth();
    }

    @Override
    public int row(int position) {
        return of(position).row(in(position));
    }

    @Override
    public Snapshot snapshot(int position) {
        return of(position).snapshot(in(position));
    }

    @Override
    public int sockets(int position) {
        return count(now, inNow[position]);
    }

    /** What is gone has no amounts any more, but for its counts. */
    @Override
    public double measure(MeasureField field, int position) {
        if (field.equals(DiffPivot.THEN)) {
            return isThere(then, inThen[position]) ? count(then, inThen[position]) : Double.NaN;
        } else if (field.equals(DiffPivot.NOW)) {
            return isThere(now, inNow[position]) ? count(now, inNow[position]) : Double.NaN;
        } else if (field.equals(DiffPivot.CHANGE)) {
            return (double) count(now, inNow[position]) - count(then, inThen[position]);
        }
        return now == null || inNow[position] < 0 ? Double.NaN : now.measure(field, inNow[position]);
    }

    @Override
    public void key(KeyField field, int position, KeyValue out) {
        of(position).key(field, in(position), out);
    }

    @Override
    public int find(Identity identity) {
        int found = now == null ? NONE : position(inNow, now.find(identity));
        return found >= 0 || then == null ? found : position(inThen, then.find(identity));
    }

    private static int position(int[] entries, int entry) {
        for (int i = 0; entry >= 0 && i < entries.length; i++) {
            if (entries[i] == entry) {
                return i;
            }
        }
        return NONE;
    }

    @Override
    public Identity identity(int position) {
        return of(position).identity(in(position));
    }

    @Override
    public long hash(int position) {
        return of(position).hash(in(position));
    }
}
