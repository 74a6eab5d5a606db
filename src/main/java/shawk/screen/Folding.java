package shawk.screen;

import java.util.HashSet;
import java.util.Set;

/**
 * Which groups are unfolded.
 *
 * @param all whether all are, down to the last grouping field, but for the exceptions; else none but the exceptions
 * @param exceptions groups that are folded where all others are not, or the other way round
 */
record Folding(boolean all, Set<Path> exceptions) {
    /** More than anybody unfolds by hand; at the bound a group stays as it is. */
    static final int MAX_EXCEPTIONS = 10_000;

    static final Folding NONE = new Folding(false, Set.of());
    static final Folding ALL = new Folding(true, Set.of());

    Folding {
        exceptions = Set.copyOf(exceptions);
    }

    /** Whether the group's children show; {@code last} = they are single connections, which "all" leaves folded. */
    boolean isOpen(Path path, boolean last) {
        return (all && !last) != exceptions.contains(path);
    }

    Folding toggle(Path path) {
        Set<Path> changed = new HashSet<>(exceptions);
        if (!changed.remove(path)) {
            if (changed.size() >= MAX_EXCEPTIONS) {
                return this;
            }
            changed.add(path);
        }
        return new Folding(all, changed);
    }
}
