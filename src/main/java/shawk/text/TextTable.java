package shawk.text;

import java.util.Arrays;
import java.util.List;

/**
 * An aligned table for stdout: cells are appended row by row, widths follow from all of them when it is written. Cells
 * wider than {@value #MAX_PADDED} cells push the rest of their own row aside, so that one long text does not widen
 * every row. Nothing is cut.
 *
 * <p>Used by one thread.
 */
public final class TextTable {
    private static final int MAX_PADDED = 48;
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final StringBuilder cells = new StringBuilder();
    private int[] ends = new int[64];
    private int count;

    /**
     * A column.
     *
     * @param title its head
     * @param flushRight whether its cells are set flush right
     * @param minWidth at least so many cells wide, so that one sample's table lines up with the next one's
     */
    public record Column(String title, boolean flushRight, int minWidth) {}

    /** A table without rows. */
    public TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Where the text of the next cell is appended, until {@link #endCell}. */
    public StringBuilder cell() {
        return cells;
    }

    /** Ends a cell; columns from left to right, rows follow one another. */
    public void endCell() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = cells.length();
    }

    /** Rows so far. */
    public int rows() {
        return count / columns.size();
    }

    /** Forgets all rows. */
    public void clear() {
        cells.setLength(0);
        count = 0;
    }

    /** Appends the table, each line ending in a line feed and none in blanks. */
    public void appendTo(StringBuilder out, boolean header) {
        int[] widths = widths(header);
        if (header) {
            for (int i = 0; i < columns.size(); i++) {
                appendCell(
                        out,
                        i,
                        widths[i],
                        columns.get(i).title(),
                        0,
                        columns.get(i).title().length());
            }
        }
        int start = 0;
        for (int i = 0; i < rows() * columns.size(); i++) {
            appendCell(out, i % columns.size(), widths[i % columns.size()], cells, start, ends[i]);
            start = ends[i];
        }
    }

    private int[] widths(boolean header) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int title = header ? DisplayWidth.of(columns.get(i).title()) : 0;
            widths[i] = Math.max(title, columns.get(i).minWidth());
        }
        int start = 0;
        for (int i = 0; i < count; i++) {
            int width = Math.min(MAX_PADDED, DisplayWidth.of(cells, start, ends[i]));
            widths[i % widths.length] = Math.max(widths[i % widths.length], width);
            start = ends[i];
        }
        return widths;
    }

    private void appendCell(StringBuilder out, int column, int width, CharSequence text, int start, int end) {
        boolean last = column == columns.size() - 1;
        int blanks = width - DisplayWidth.of(text, start, end);
        out.append(column == 0 ? "" : GAP);
        if (columns.get(column).flushRight()) {
            DisplayWidth.pad(out, blanks);
            out.append(text, start, end);
        } else {
            out.append(text, start, end);
            DisplayWidth.pad(out, last ? 0 : blanks);
        }
        if (last) {
            int length = out.length();
            while (length > 0 && out.charAt(length - 1) == ' ') {
                length--;
            }
            out.setLength(length);
            out.append('\n');
        }
    }
}
