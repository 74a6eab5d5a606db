package shawk.pivot;

import java.util.List;
import shawk.field.KeyField;

/**
 * The groups with a leaf below them whose count is another than at the mark: a process that talks to one peer more and
 * to one fewer has as many connections as before, and has changed.
 */
final class ChangedGroups {
    private final KeyTable groups;

    private ChangedGroups(long seed) {
        this.groups = new KeyTable(16, seed);
    }

    static ChangedGroups between(Mark mark, Pivot now) {
        ChangedGroups changed = new ChangedGroups(now.snapshot().monotonicNanos());
        List<KeyField> chain = now.spec().groupBy();
        if (chain.size() < 2) {
            return changed;
        }
        Level leaves = now.leaves();
        Level before = mark.pivot().leaves();
        boolean[] stayed = new boolean[before.size()];
        for (int i = 0; i < leaves.size(); i++) {
            int then = mark.find(before, leaves.hash(i));
            if (then >= 0) {
                stayed[then] = true;
            }
            if ((then < 0 ? 0 : before.sockets(then)) != leaves.sockets(i)) {
                changed.addGroupsOf(leaves, i, chain);
            }
        }
        for (int i = 0; i < stayed.length; i++) {
            if (!stayed[i] && before.sockets(i) > 0) {
                changed.addGroupsOf(before, i, chain);
            }
        }
        return changed;
    }

    private void addGroupsOf(Level leaves, int leaf, List<KeyField> chain) {
        for (int depth = 1; depth < chain.size(); depth++) {
            long hash = Hashes.group(chain.subList(0, depth), leaves.snapshot(leaf), leaves.row(leaf));
            groups.number(0, 0, hash);
        }
    }

    boolean contains(long hash) {
        return groups.contains(0, 0, hash);
    }
}
