package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands on each line of the table: the rows that are in view, and between them those that are gone. The cursor's
 * row is on its line whatever comes between, and always in view.
 */
final class Lineup {
    /**
     * One line.
     *
     * @param row place in the tree; -1 = it is a ghost
     * @param ghost null = it is a row
     */
    record Line(int row, Ghosts.@Nullable Ghost ghost) {}

    private final List<Line> lines;

    private Lineup(List<Line> lines) {
        this.lines = lines;
    }

    static Lineup of(Tree tree, Cursor cursor, int page) {
        Ghosts ghosts = tree.ghosts();
        List<Line> all = new ArrayList<>();
        if (cursor.scroll() == 0) {
            addGhosts(all, ghosts.below(Path.ROOT));
        }
        int cursorAt = 0;
        int end = Math.min(tree.size(), cursor.scroll() + page);
        for (int row = cursor.scroll(); row < end; row++) {
            if (row == cursor.row()) {
                cursorAt = all.size();
            }
            all.add(new Line(row, null));
            if (!ghosts.gone().isEmpty()) {
                addGhosts(all, ghosts.below(tree.at(row).path()));
            }
        }
        // A list whose top is in view begins with it as long as the cursor stays in view.
        int line = cursor.scroll() == 0 ? Math.min(cursorAt, page - 1) : cursor.row() - cursor.scroll();
        int first = Math.max(0, cursorAt - line);
        return new Lineup(List.copyOf(all.subList(first, Math.min(all.size(), first + page))));
    }

    private static void addGhosts(List<Line> lines, List<Ghosts.Ghost> ghosts) {
        for (Ghosts.Ghost ghost : ghosts) {
            lines.add(new Line(-1, ghost));
        }
    }

    /** From the first line below the heads on. */
    List<Line> lines() {
        return lines;
    }

    /** The row on a line; -1 = none. */
    int rowAt(int line) {
        return line < 0 || line >= lines.size() ? -1 : lines.get(line).row();
    }
}
