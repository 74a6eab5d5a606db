package shawk.pivot;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** The entries of a level of what lives, and behind them those of what has ended that are not among them. */
final class BesideLevel implements Level {
    private static final int NONE = -1;

    private final @Nullable Level living;
    private final @Nullable Level ended;
    private final int livingSize;
    /** By entry of {@link #living} the same of {@link #ended}; {@link #NONE} = there is none. */
    private final int[] endedOf;
    /** Entries of {@link #ended} of which nothing lives. */
    private final int[] others;

    /**
     * At least one of the levels is there; both are groups of the same fields, or single connections.
     *
     * @param seed decides which entries collide while they are looked up
     */
    BesideLevel(@Nullable Level living, @Nullable Level ended, long seed) {
        this.living = living;
        this.ended = ended;
        this.livingSize = living == null ? 0 : living.size();
        this.endedOf = new int[livingSize];
        Arrays.fill(endedOf, NONE);
        int size = ended == null ? 0 : ended.size();
        int[] found = new int[size];
        int count = 0;
        HashPositions positions =
                living == null || living.single() || size == 0 ? null : new HashPositions(living, seed);
        for (int i = 0; ended != null && i < size; i++) {
            int same = positions == null ? NONE : positions.find(ended.hash(i));
            if (same >= 0) {
                endedOf[same] = i;
            } else {
                found[count++] = i;
            }
        }
        this.others = Arrays.copyOf(found, count);
    }

    @Nullable
    Level living() {
        return living;
    }

    @Nullable
    Level ended() {
        return ended;
    }

    /** Its place among what lives; -1 = nothing of it does. */
    int inLiving(int index) {
        return index < livingSize ? index : NONE;
    }

    /** Its place among what has ended; -1 = nothing of it has. */
    int inEnded(int index) {
        return index < livingSize ? endedOf[index] : others[index - livingSize];
    }

    private Level of(int index) {
        return Objects.requireNonNull(index < livingSize ? living : ended);
    }

    private int in(int index) {
        return index < livingSize ? index : others[index - livingSize];
    }

    private Level either() {
        return Objects.requireNonNull(living != null ? living : ended);
    }

    @Override
    public int size() {
        return livingSize + others.length;
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
    public int row(int index) {
        return of(index).row(in(index));
    }

    @Override
    public Snapshot snapshot(int index) {
        return of(index).snapshot(in(index));
    }

    @Override
    public int sockets(int index) {
        return index < livingSize ? of(index).sockets(index) : 0;
    }

    @Override
    public double measure(MeasureField field, int index) {
        return of(index).measure(field, in(index));
    }

    @Override
    public void key(KeyField field, int index, KeyValue out) {
        of(index).key(field, in(index), out);
    }

    @Override
    public int find(Identity identity) {
        int found = living == null ? NONE : living.find(identity);
        if (found >= 0 || ended == null) {
            return found;
        }
        // Both orders are the same: an entry's place is that among those left.
        int place = Arrays.binarySearch(others, ended.find(identity));
        return place < 0 ? NONE : livingSize + place;
    }

    @Override
    public Identity identity(int index) {
        return of(index).identity(in(index));
    }

    @Override
    public long hash(int index) {
        return of(index).hash(in(index));
    }
}
