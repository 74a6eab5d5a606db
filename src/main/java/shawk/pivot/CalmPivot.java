package shawk.pivot;

import java.util.HashMap;
import java.util.Map;
import shawk.model.Snapshot;

/**
 * A pivot whose rows a {@link RowMemory} takes note of when they are looked at, and keeps in their order while that is
 * frozen.
 */
final class CalmPivot implements Pivot {
    private final Pivot base;
    private final RowMemory memory;
    private final boolean frozen;
    /** By the level of the base. */
    private final Map<Level, Level> levels = new HashMap<>();

    CalmPivot(Pivot base, RowMemory memory) {
        this.base = base;
        this.memory = memory;
        this.frozen = memory.frozen();
        memory.begin(base.snapshot().sequence(), base.snapshot().monotonicNanos());
    }

    @Override
    public Snapshot snapshot() {
        return base.snapshot();
    }

    @Override
    public PivotSpec spec() {
        return base.spec();
    }

    @Override
    public Level total() {
        return base.total();
    }

    @Override
    public Level root() {
        return looked(base.root(), Hashes.START);
    }

    @Override
    public Level children(Level level, int index) {
        if (level instanceof FrozenLevel ordered) {
            return looked(base.children(ordered.base(), ordered.inBase(index)), level.hash(index));
        }
        return looked(base.children(level, index), level.hash(index));
    }

    @Override
    public Level leaves() {
        return base.leaves();
    }

    private Level looked(Level level, long parent) {
        return levels.computeIfAbsent(level, fresh -> {
            if (frozen) {
                return new FrozenLevel(fresh, memory.look(parent, fresh));
            }
            // Which connections are new their table tells, and there may be very many.
            if (!fresh.single()) {
                memory.glance(parent, fresh);
            }
            return fresh;
        });
    }
}
