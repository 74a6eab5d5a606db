package shawk.screen;

import java.util.List;

/** Draws lines of details over the table. */
final class DetailPane {
    private final Pen pen;
    private final Scene scene;

    DetailPane(Pen pen, Scene scene) {
        this.pen = pen;
        this.scene = scene;
    }

    void draw(DetailLines lines, boolean gone, Tree.Row row, int scroll) {
        int columns = pen.grid().columns();
        int top = DetailDialog.TOP;
        int page = pen.grid().rows() - top - 2;
        pen.clear(0, top, columns, page + 1, Style.PLAIN);
        pen.line(top, Style.HEADER);
        int first = Math.max(0, Math.min(scroll, lines.height() - page));
        boolean more = first + page < lines.height();
        String hint = more ? "arrows scroll, Esc closes" : "Esc closes";
        String name = (gone ? "GONE " : "") + scene.details().title(row);
        pen.text(1, top, columns - hint.length() - 4, name, Style.HEADER);
        pen.right(columns - hint.length() - 1, top, hint.length(), hint, Style.HEADER);
        for (int i = 0; i < lines.columns().size(); i++) {
            List<DetailLines.Line> column = lines.columns().get(i);
            column(pen, column, top + 1, i * (lines.width() + 1), lines.width(), first, page);
        }
    }

    /** Draws one column of lines from line {@code top} on, of which {@code first} is the first in view. */
    static void column(Pen pen, List<DetailLines.Line> lines, int top, int left, int width, int first, int page) {
        for (int i = 0; i < page && first + i < lines.size(); i++) {
            DetailLines.Line line = lines.get(first + i);
            int y = top + i;
            pen.text(left + 1, y, Math.min(DetailLines.LABEL, width - 1), line.label(), line.labelStyle());
            int indent = line.heading() ? 1 : DetailLines.LABEL + 1;
            pen.text(left + indent, y, width - indent, line.text(), line.style());
        }
    }
}
