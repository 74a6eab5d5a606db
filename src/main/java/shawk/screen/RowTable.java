package shawk.screen;

import java.util.List;
import shawk.field.Field;

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
        String arrow = arrangement.sort().isEmpty()
                ? ""
                : arrangement.sort().get(0).descending()
                        ? pen.symbols().descending()
                        : pen.symbols().ascending();
        boolean byName = Sorting.isByName(arrangement);
        String name = RowNames.head(arrangement) + (byName ? arrow : "");
        pen.text(0, line, layout.nameWidth(), name, byName ? Style.SORTED : Style.HEADER);
        for (int i = 0; i < layout.fields().size(); i++) {
            Field field = layout.fields().get(i);
            boolean sorted = !byName
                    && !arrangement.sort().isEmpty()
                    && arrangement.sort().get(0).field().equals(field);
            Style style = sorted ? Style.SORTED : Style.HEADER;
            int start = layout.start(i);
            String title = Views.title(arrangement.view(), field);
            if (field.flushRight()) {
                pen.right(start, line, field.width(), title, style);
            } else {
                pen.text(start, line, field.width(), title, style);
            }
            if (sorted) {
                int behind = field.flushRight() ? field.width() : title.length();
                pen.text(start + behind, line, 1, arrow, style);
            }
        }
    }

    /** Draws as many rows as there is room for. */
    void drawRows(int line, int lines) {
        Tree tree = scene.tree();
        Cursor cursor = scene.state().cursor();
        int end = Math.min(lines, tree.size() - cursor.scroll());
        for (int i = 0; i < end; i++) {
            drawRow(line + i, tree.at(cursor.scroll() + i));
            if (cursor.scroll() + i == cursor.row()) {
                pen.line(line + i, Style.CURSOR);
            }
        }
    }

    /** Where the mark of a group stands. */
    static int indent(Layout layout, Tree.Row row) {
        // A deep chain on a narrow terminal: the name keeps half of its column.
        return Math.min(INDENT * (row.path().depth() - 1), layout.nameWidth() / 2);
    }

    private void drawRow(int line, Tree.Row row) {
        RowTexts.Cells cells = scene.texts().of(row);
        int indent = indent(layout, row);
        Style style = row.group() ? Style.GROUP : Style.PLAIN;
        if (row.group()) {
            String mark = row.open() ? pen.symbols().unfolded() : pen.symbols().folded();
            pen.text(indent, line, 1, mark, style);
        }
        boolean amongGroups = row.path().depth() > 1;
        int covered = row.group() || !amongGroups ? 0 : layout.covered();
        int room = covered == 0 ? layout.nameWidth() : layout.start(covered) - 1;
        pen.text(indent + INDENT, line, room - indent - INDENT, cells.name(), style);
        List<Field> fields = layout.fields();
        for (int i = covered; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.flushRight()) {
                pen.right(layout.start(i), line, field.width(), cells.values()[i], cells.styles()[i]);
            } else {
                pen.text(layout.start(i), line, field.width(), cells.values()[i], cells.styles()[i]);
            }
        }
    }
}
