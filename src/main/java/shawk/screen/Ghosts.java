package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.pivot.RowMemory;

/**
 * Rows that were in view and are gone: their texts stay where they stood for some samples. Immutable.
 *
 * @param gone in the order in which they stand; never more than there were lines on the screen
 */
record Ghosts(List<Ghost> gone) {
    static final Ghosts NONE = new Ghosts(List.of());

    Ghosts {
        gone = List.copyOf(gone);
    }

    /**
     * One of them.
     *
     * @param after the row that it stands below; {@link Path#ROOT} = it stands at the top
     * @param line what stood there
     * @param samples how many it has been drawn in since, this one included
     */
    record Ghost(Path after, Drawn line, int samples) {}

    /**
     * A line of the table as it was drawn.
     *
     * @param path who it is
     * @param open whether it was an unfolded group
     * @param group whether it was a group
     * @param cells what stood in it
     * @param samples of a ghost, how many it has been drawn in; 0 = a row
     */
    record Drawn(Path path, boolean open, boolean group, RowTexts.Cells cells, int samples) {}

    /**
     * Of the lines that were drawn, those whose row is in the newer tree no more.
     *
     * @param ended whether a connection that has ended has a row still
     */
    static Ghosts of(List<Drawn> drawn, Tree tree, boolean ended) {
        List<Ghost> gone = new ArrayList<>();
        Path after = Path.ROOT;
        for (Drawn line : drawn) {
            if (tree.find(line.path()) >= 0) {
                after = line.path();
            } else if ((line.group() || !ended) && line.samples() < RowMemory.NEW_SNAPSHOTS) {
                gone.add(new Ghost(after, line, line.samples() + 1));
            }
        }
        return gone.isEmpty() ? NONE : new Ghosts(gone);
    }

    /** The same for another tree of the same rows: what is folded now takes its ghosts along. */
    Ghosts in(Tree tree) {
        List<Ghost> kept = new ArrayList<>();
        for (Ghost ghost : gone) {
            Path parent = ghost.line().path().parent();
            boolean visible = ghost.after().depth() == 0 || tree.find(ghost.after()) >= 0;
            if (visible && isOpen(parent, tree)) {
                kept.add(ghost);
            }
        }
        return kept.size() == gone.size() ? this : new Ghosts(kept);
    }

    /** The group around a ghost shows what it consists of, or is gone itself. */
    private static boolean isOpen(Path group, Tree tree) {
        int row = tree.find(group);
        return row < 0 || tree.at(row).open();
    }

    /** The ghosts that stand below a row. */
    List<Ghost> below(@Nullable Path row) {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<Ghost> below = new ArrayList<>();
        for (Ghost ghost : gone) {
            if (ghost.after().equals(row)) {
                below.add(ghost);
            }
        }
        return below;
    }
}
