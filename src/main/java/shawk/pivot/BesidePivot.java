package shawk.pivot;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;

/**
 * What lives, and with it what has ended: each level has the entries of what lives in their order, then those of what
 * has ended. A group in which something lives shows the values of that alone, so that nothing counts twice; totals are
 * those of what lives.
 */
final class BesidePivot implements Pivot {
    private final Pivot living;
    private final Pivot ended;
    private final PivotSpec spec;
    private final Map<Level, BesideLevel> ofLiving = new HashMap<>();
    private final Map<Level, BesideLevel> ofEnded = new HashMap<>();

    /** {@code spec}: that of {@code living}, and of {@code ended} but for which rows there are. */
    BesidePivot(Pivot living, Pivot ended, PivotSpec spec) {
        this.living = living;
        this.ended = ended;
        this.spec = spec;
    }

    @Override
    public Snapshot snapshot() {
        return living.snapshot();
    }

    @Override
    public PivotSpec spec() {
        return spec;
    }

    @Override
    public Level total() {
        return living.total();
    }

    @Override
    public Level root() {
        return level(living.root(), ended.root());
    }

    @Override
    public Level children(Level level, int index) {
        if (!(level instanceof BesideLevel both) || level.single()) {
            throw new IllegalArgumentException("a single connection consists of nothing");
        }
        int inLiving = both.inLiving(index);
        int inEnded = both.inEnded(index);
        return level(
                inLiving < 0 || both.living() == null ? null : living.children(both.living(), inLiving),
                inEnded < 0 || both.ended() == null ? null : ended.children(both.ended(), inEnded));
    }

    @Override
    public Level leaves() {
        return level(living.leaves(), ended.leaves());
    }

    /** Asked for again, a level is the same object. */
    private BesideLevel level(@Nullable Level inLiving, @Nullable Level inEnded) {
        long seed = snapshot().monotonicNanos();
        if (inLiving != null) {
            return ofLiving.computeIfAbsent(inLiving, key -> new BesideLevel(inLiving, inEnded, seed));
        }
        if (inEnded == null) {
            throw new IllegalArgumentException("no such group");
        }
        return ofEnded.computeIfAbsent(inEnded, key -> new BesideLevel(null, inEnded, seed));
    }
}
