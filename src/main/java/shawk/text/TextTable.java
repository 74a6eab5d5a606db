package shawk.text;

import java.util.List;

/**
 * An aligned table for stdout. Every row is gone through twice, to be measured and to be written, so that a table of
 * any length takes no memory but that of one row. Cells wider than {@value #MAX_PADDED} cells push the rest of their
 * own row aside, so that one long text does not widen every row. Nothing is cut.
 *
 * <p>Used by one thread.
 */
public final class TextTable {
    private static final int MAX_PADDED = 48;
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final int[] widths;
    private final int[] ends;
    private final StringBuilder cells = new StringBuilder();
    private int count;

    /**
     * A column.
     *
     * @param title its head
     * @param flushRight whether its cells are set flush right
     * @param minWidth at least so many cells wide, so that one sample's table lines up with the next one's
     */
    public record Column(String title, boolean flushRight, int minWidth) {}

    /** A table that no row was measured for. */
    public TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.widths = new int[columns.size()];
        this.ends = new int[columns.size()];
        clear();
    }

    /** Where the text of the row's next cell is appended, until {@link #endCell}. */
    public StringBuilder cell() {
        return cells;
    }

    /** Ends a cell; columns from left to right. */
    public void endCell() {
        ends[count++] = cells.length();
    }

    /** Forgets what was measured. */
    public void clear() {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).minWidth();
        }
        beginRow();
    }

    /** Makes room for the heads. */
    public void measureHeads() {
        for (Column column : columns) {
            cells.append(column.title());
            endCell();
        }
        measureRow();
    }

    /** Makes room for the row whose cells were ended, and begins another one. */
    public void measureRow() {
        int start = 0;
        for (int i = 0; i < count; i++) {
            widths[i] = Math.max(widths[i], Math.min(MAX_PADDED, DisplayWidth.of(cells, start, ends[i])));
            start = ends[i];
        }
        beginRow();
    }

    /** Appends the heads as a line. */
    public void appendHeads(StringBuilder out) {
        for (Column column : columns) {
            cells.append(column.title());
            endCell();
        }
        appendRow(out);
    }

    /** Appends the row whose cells were ended, ending in a line feed and not in blanks, and begins another one. */
    public void appendRow(StringBuilder out) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            appendCell(out, i, start, ends[i]);
            start = ends[i];
        }
        int length = out.length();
        while (length > 0 && out.charAt(length - 1) == ' ') {
            length--;
        }
        out.setLength(length);
        out.append('\n');
        beginRow();
    }

    private void beginRow() {
        cells.setLength(0);
        count = 0;
    }

    private void appendCell(StringBuilder out, int column, int start, int end) {
        boolean last = column == columns.size() - 1;
        int blanks = widths[column] - DisplayWidth.of(cells, start, end);
        out.append(column == 0 ? "" : GAP);
        if (columns.get(column).flushRight()) {
            DisplayWidth.pad(out, blanks);
            out.append(cells, start, end);
        } else {
            out.append(cells, start, end);
            DisplayWidth.pad(out, last ? 0 : blanks);
        }
    }
}
