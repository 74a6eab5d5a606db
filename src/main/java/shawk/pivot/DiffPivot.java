package shawk.pivot;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/**
 * What is new, gone or changed in count since a {@link Mark}: groups with such a leaf below them, and single
 * connections that are in one of the two moments only. All else is left out.
 */
public final class DiffPivot implements Pivot {
    /** How many sockets a row had at the mark; {@code NaN} of what is new. */
    public static final MeasureField THEN = count("then", "THEN", "sockets at the mark");

    /** How many it has; {@code NaN} of what is gone. */
    public static final MeasureField NOW = count("now", "NOW", "sockets now");

    /** The difference: more than at the mark, or below 0 fewer. */
    public static final MeasureField CHANGE = count("change", "CHANGE", "more sockets than at the mark");

    private final Mark mark;
    private final Pivot now;
    private final boolean bySize;
    private final Map<Level, DiffLevel> ofNow = new HashMap<>();
    private final Map<Level, DiffLevel> ofThen = new HashMap<>();
    private @Nullable ChangedGroups changed;

    /**
     * Compares.
     *
     * @param mark the earlier moment, under the spec of {@code now}
     * @param bySize whether the greatest change comes first; else rows stand as the spec says, gone ones last
     */
    public DiffPivot(Mark mark, Pivot now, boolean bySize) {
        this.mark = mark;
        this.now = now;
        this.bySize = bySize;
    }

    private static MeasureField count(String id, String title, String help) {
        return new MeasureField(
                id,
                title,
                MeasureField.Unit.COUNT,
                MeasureField.Rollup.SUM,
                7,
                (snapshot, row) -> Double.NaN,
                (snapshot, row) -> 1,
                true,
                help);
    }

    /** The earlier snapshot. */
    public Snapshot then() {
        return mark.snapshot();
    }

    @Override
    public Snapshot snapshot() {
        return now.snapshot();
    }

    @Override
    public PivotSpec spec() {
        return now.spec();
    }

    @Override
    public Level total() {
        return now.total();
    }

    @Override
    public Level root() {
        return level(now.root(), mark.pivot().root());
    }

    @Override
    public Level children(Level level, int index) {
        if (!(level instanceof DiffLevel compared) || level.single()) {
            throw new IllegalArgumentException("a single connection consists of nothing");
        }
        int inNow = compared.inNow(index);
        int inThen = compared.inThen(index);
        return level(
                inNow < 0 || compared.now() == null ? null : now.children(compared.now(), inNow),
                inThen < 0 || compared.then() == null ? null : mark.pivot().children(compared.then(), inThen));
    }

    @Override
    public Level leaves() {
        return level(now.leaves(), mark.pivot().leaves());
    }

    /** Asked for again, a level is the same object. */
    private DiffLevel level(@Nullable Level inNow, @Nullable Level inThen) {
        if (inNow != null) {
            return ofNow.computeIfAbsent(inNow, key -> new DiffLevel(inNow, inThen, mark, changed(), bySize));
        }
        if (inThen == null) {
            throw new IllegalArgumentException("no such group at either moment");
        }
        return ofThen.computeIfAbsent(inThen, key -> new DiffLevel(null, inThen, mark, changed(), bySize));
    }

    private ChangedGroups changed() {
        if (changed == null) {
            changed = ChangedGroups.between(mark, now);
        }
        return changed;
    }
}
