package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.SortKey;
import shawk.field.Field;
import shawk.pivot.DiffPivot;

/**
 * The table: heads of the columns, and the rows that are in view.
 *
 * <pre>
 * PROCESS / PEER / PORT                DIR     CONNS▼  ESTAB  NEW/S CLOSE/S     TX/S     RX/S    RTT  RTT95 RETR% VERDICT
 * ▾ nginx (4656)                       in       1,204  1,190    210     208  41 MB/s 3.1 MB/s 0.3 ms 1.9 ms   0.0 ok
 *   ▸ 10.0.0.11                        in         812    800 …
 *   ▾ 10.0.0.12                        in         392    390 …
 *     ▾ 443 https                      in         392    390 …
 *         10.0.0.5:443 ← :41312 ESTABLISHED tcp                      9 kB/s 1.1 kB/s 0.2 ms          0.0 ok
 * </pre>
 */
final class RowTable {
    private static final int INDENT = 2;

    private final Pen pen;
    private final Scene scene;
    private final Layout layout;

    RowTable(Pen pen, Scene scene, Layout layout) {
        this.pen = pen;
        this.scene = scene;
        this.layout = layout;
    }

    void drawHeads(int line) {
        Arrangement arrangement = scene.state().arrangement();
        pen.line(line, Style.HEADER);
        SortKey sort = sort();
        String arrow = sort == null
                ? ""
                : sort.descending() ? pen.symbols().descending() : pen.symbols().ascending();
        boolean byName = sort != null && !bySize() && Sorting.isByName(arrangement);
        String name = RowNames.head(arrangement) + (byName ? arrow : "");
        pen.text(Layout.MARGIN, line, layout.nameWidth() - Layout.MARGIN, name, byName ? Style.SORTED : Style.HEADER);
        for (int i = 0; i < layout.fields().size(); i++) {
            Field field = layout.fields().get(i);
            boolean sorted = !byName && sort != null && sort.field().equals(field);
            Style style = sorted ? Style.SORTED : Style.HEADER;
            int start = layout.start(i);
            String title = Views.title(arrangement.view(), field);
            if (field.flushRight()) {
                pen.right(start, line, layout.cells(field), title, style);
            } else {
                pen.text(start, line, layout.cells(field), title, style);
            }
            if (sorted) {
                int behind = field.flushRight() ? layout.cells(field) : title.length();
                pen.text(start + behind, line, 1, arrow, style);
            }
        }
    }

    /** The order that the rows have; null = none. */
    private @Nullable SortKey sort() {
        List<SortKey> keys = scene.state().arrangement().sort();
        return bySize() ? new SortKey(DiffPivot.CHANGE, true) : keys.isEmpty() ? null : keys.get(0);
    }

    private boolean bySize() {
        Comparison comparison = scene.state().calm().comparison();
        return comparison != null && comparison.shown() && comparison.bySize();
    }

    /** Draws what is in view. */
    void drawRows(int line) {
        List<Lineup.Line> lines = scene.lineup().lines();
        int cursor = scene.state().cursor().row();
        for (int i = 0; i < lines.size(); i++) {
            Ghosts.Ghost ghost = lines.get(i).ghost();
            if (ghost != null) {
                Ghosts.Drawn was = ghost.line();
                draw(line + i, new Shown(was.path(), was.group(), was.open(), was.cells(), "-", Style.GONE));
                continue;
            }
            Tree.Row row = scene.tree().at(lines.get(i).row());
            boolean here = lines.get(i).row() == cursor;
            draw(line + i, shown(row, here));
            if (here) {
                pen.line(line + i, Style.CURSOR);
            }
        }
    }

    /**
     * A row, or what is left of one.
     *
     * @param mark in the margin; empty = none
     * @param style of mark and name
     */
    private record Shown(Path path, boolean group, boolean open, RowTexts.Cells cells, String mark, Style style) {}

    private Shown shown(Tree.Row row, boolean here) {
        boolean isNew = scene.rows().isNew(row);
        boolean gone = false;
        if (scene.state().calm().comparing()) {
            isNew = Double.isNaN(row.level().measure(DiffPivot.THEN, row.index()));
            gone = Double.isNaN(row.level().measure(DiffPivot.NOW, row.index()));
        }
        boolean ended = scene.state().showsEnded() && row.ended();
        String mark = ended ? pen.symbols().ended() : isNew ? "+" : gone ? "-" : "";
        Watch watch = scene.state().calm().watch();
        mark = here && watch != null && watch.followed() ? pen.symbols().watched() : mark;
        Style style = gone || ended ? Style.GONE : isNew ? Style.NEW : row.group() ? Style.GROUP : Style.PLAIN;
        return new Shown(
                row.path(), row.group(), row.open(), scene.texts().of(row, room(row.path(), row.group())), mark, style);
    }

    /** Where the mark of a group stands. */
    static int indent(Layout layout, Path path) {
        // A deep chain on a narrow terminal: the name keeps half of its column.
        return Layout.MARGIN + Math.min(INDENT * (path.depth() - 1), layout.nameWidth() / 2);
    }

    /** How many columns, from the left, give way to the name. */
    private int covered(Path path, boolean group) {
        boolean amongGroups = path.depth() > 1;
        return group || !amongGroups ? 0 : layout.covered();
    }

    /** Cells for the name, behind its indent and mark. */
    private int room(Path path, boolean group) {
        int covered = covered(path, group);
        int end = covered == 0 ? layout.nameWidth() : layout.start(covered) - 1;
        return end - indent(layout, path) - INDENT;
    }

    private void draw(int line, Shown row) {
        RowTexts.Cells cells = row.cells();
        int indent = indent(layout, row.path());
        pen.text(0, line, Layout.MARGIN, row.mark(), row.style());
        if (row.group()) {
            String mark = row.open() ? pen.symbols().unfolded() : pen.symbols().folded();
            pen.text(indent, line, 1, mark, row.style());
        }
        int covered = covered(row.path(), row.group());
        pen.text(indent + INDENT, line, room(row.path(), row.group()), cells.name(), row.style());
        List<Field> fields = layout.fields();
        for (int i = covered; i < fields.size() && i < cells.values().length; i++) {
            Field field = fields.get(i);
            Style style = row.style() == Style.GONE ? Style.GONE : cells.styles()[i];
            if (field.flushRight()) {
                pen.right(layout.start(i), line, layout.cells(field), cells.values()[i], style);
            } else {
                pen.text(layout.start(i), line, layout.cells(field), cells.values()[i], style);
            }
        }
    }
}
