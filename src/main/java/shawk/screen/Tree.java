package shawk.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.pivot.Level;
import shawk.pivot.Pivot;

/**
 * The rows of a pivot as they stand below one another: groups, and below each unfolded one what it consists of. Only
 * unfolded groups are kept; a row is made when it is asked for. Immutable; used by one thread, as its pivot is.
 */
final class Tree {
    private final Pivot pivot;
    private final Branch root;
    private final Ghosts ghosts;

    private Tree(Pivot pivot, Branch root, Ghosts ghosts) {
        this.pivot = pivot;
        this.root = root;
        this.ghosts = ghosts;
    }

    static Tree of(Pivot pivot, Folding folding) {
        return new Tree(pivot, new Builder(pivot, folding).branch(pivot.root(), Path.ROOT), Ghosts.NONE);
    }

    /** The same rows, and between them on the screen what is left of some that are gone. */
    Tree with(Ghosts gone) {
        return new Tree(pivot, root, gone);
    }

    Ghosts ghosts() {
        return ghosts;
    }

    Pivot pivot() {
        return pivot;
    }

    /** Number of rows. */
    int size() {
        return root.size;
    }

    /** The row at a place from 0 to {@link #size()}, exclusive. */
    Row at(int row) {
        return root.at(row);
    }

    /** Place of a row, -1 where it is not there or inside of a folded group. */
    int find(Path path) {
        return path.depth() == 0 ? -1 : root.find(path, 0);
    }

    /**
     * One row.
     *
     * @param level its siblings
     * @param index its place among them
     * @param path who it is
     * @param open whether it is a group that shows what it consists of
     */
    record Row(Level level, int index, Path path, boolean open) {
        boolean group() {
            return !level.single();
        }

        /** Whether nothing of it lives any more. */
        boolean ended() {
            return isEnded(level, index);
        }
    }

    /** Whether nothing of an entry lives any more: what it consists of has ended, as far as it is known one by one. */
    static boolean isEnded(Level level, int index) {
        int row = level.row(index);
        return row >= 0 && level.snapshot(index).table().value(Column.KIND, row) == RowKind.ENDED.ordinal();
    }

    /** Siblings, and below those that are unfolded another branch. */
    private static final class Branch {
        private final Level level;
        private final Path path;
        private final int[] opened;
        private final Branch[] branches;
        /** Rows of the first n branches together. */
        private final int[] rowsBefore;

        private final int size;

        Branch(Level level, Path path, int[] opened, Branch[] branches) {
            this.level = level;
            this.path = path;
            this.opened = opened;
            this.branches = branches;
            this.rowsBefore = new int[branches.length + 1];
            for (int i = 0; i < branches.length; i++) {
                rowsBefore[i + 1] = rowsBefore[i] + branches[i].size;
            }
            this.size = level.size() + rowsBefore[branches.length];
        }

        Row at(int row) {
            int low = 0;
            int high = opened.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (opened[middle] + rowsBefore[middle] < row) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            int last = low - 1;
            if (last >= 0) {
                int below = row - opened[last] - rowsBefore[last] - 1;
                if (below < branches[last].size) {
                    return branches[last].at(below);
                }
            }
            int index = row - rowsBefore[low];
            boolean open = Arrays.binarySearch(opened, index) >= 0;
            return new Row(level, index, path.child(level.identity(index)), open);
        }

        int find(Path wanted, int step) {
            int index = level.find(wanted.steps().get(step));
            if (index < 0) {
                return -1;
            }
            int place = Arrays.binarySearch(opened, index);
            int before = place >= 0 ? place : -place - 1;
            int row = index + rowsBefore[before];
            if (step == wanted.depth() - 1) {
                return row;
            }
            int below = place < 0 ? -1 : branches[place].find(wanted, step + 1);
            return below < 0 ? -1 : row + 1 + below;
        }
    }

    private static final class Builder {
        private final Pivot pivot;
        private final Folding folding;
        private final Map<Path, List<Path>> exceptions = new HashMap<>();

        Builder(Pivot pivot, Folding folding) {
            this.pivot = pivot;
            this.folding = folding;
            for (Path path : folding.exceptions()) {
                exceptions
                        .computeIfAbsent(path.parent(), p -> new ArrayList<>())
                        .add(path);
            }
        }

        Branch branch(Level level, Path path) {
            List<Integer> open = level.single() ? List.of() : opened(level, path);
            int[] opened = new int[open.size()];
            Branch[] branches = new Branch[open.size()];
            for (int i = 0; i < opened.length; i++) {
                opened[i] = open.get(i);
                branches[i] = branch(pivot.children(level, opened[i]), path.child(level.identity(opened[i])));
            }
            return new Branch(level, path, opened, branches);
        }

        private List<Integer> opened(Level level, Path path) {
            boolean last = level.depth() >= pivot.spec().groupBy().size();
            List<Integer> found = new ArrayList<>();
            if (folding.all() && !last) {
                for (int i = 0; i < level.size(); i++) {
                    if (folding.isOpen(path.child(level.identity(i)), false)) {
                        found.add(i);
                    }
                }
                return found;
            }
            for (Path exception : exceptions.getOrDefault(path, List.of())) {
                int index = level.find(exception.steps().get(path.depth()));
                if (index >= 0 && folding.isOpen(exception, last)) {
                    found.add(index);
                }
            }
            found.sort(Comparator.naturalOrder());
            return found;
        }
    }
}
