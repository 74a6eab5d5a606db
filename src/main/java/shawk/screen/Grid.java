package shawk.screen;

import java.util.Arrays;

/**
 * A rectangle of cells, each a code point and a style. A wide character takes two cells, the second marked. Reused from
 * frame to frame; used by one thread. Writing outside of it does nothing, so that no widget can leave the screen.
 */
public final class Grid {
    /** In place of a code point: the cell belongs to the wide character on its left. */
    public static final int CONTINUED = -1;

    private int columns;
    private int rows;
    private int[] codePoints = new int[0];
    private byte[] styles = new byte[0];

    /** Sets the size and blanks all cells. */
    public void reset(int newColumns, int newRows) {
        columns = Math.max(0, newColumns);
        rows = Math.max(0, newRows);
        if (codePoints.length < columns * rows) {
            codePoints = new int[columns * rows];
            styles = new byte[columns * rows];
        }
        Arrays.fill(codePoints, 0, columns * rows, ' ');
        Arrays.fill(styles, 0, columns * rows, (byte) 0);
    }

    /** Width in cells. */
    public int columns() {
        return columns;
    }

    /** Height in lines. */
    public int rows() {
        return rows;
    }

    /** The code point at a place inside the grid, or {@link #CONTINUED}. */
    public int codePoint(int column, int row) {
        return codePoints[row * columns + column];
    }

    /** The style at a place inside the grid. */
    public Style style(int column, int row) {
        return Style.of(styles[row * columns + column]);
    }

    /**
     * Sets a cell, or two of a wide character. A wide character that does not fit into the line is left out; the other
     * half of one that is overwritten becomes a blank.
     *
     * @param width 1 or 2
     */
    public void put(int column, int row, int codePoint, int width, Style style) {
        if (column < 0 || row < 0 || row >= rows || column + width > columns) {
            return;
        }
        int at = row * columns + column;
        if (codePoints[at] == CONTINUED) {
            codePoints[at - 1] = ' ';
        }
        int end = at + width;
        if (column + width < columns && codePoints[end] == CONTINUED) {
            codePoints[end] = ' ';
        }
        codePoints[at] = codePoint;
        styles[at] = (byte) style.ordinal();
        if (width == 2) {
            codePoints[at + 1] = CONTINUED;
            styles[at + 1] = (byte) style.ordinal();
        }
    }

    /** Gives a part of a line another style, whatever is in it. */
    public void restyle(int column, int row, int width, Style style) {
        for (int x = Math.max(0, column); row >= 0 && row < rows && x < Math.min(columns, column + width); x++) {
            styles[row * columns + x] = (byte) style.ordinal();
        }
    }

    /** Makes this a copy of {@code other}. */
    public void copyFrom(Grid other) {
        reset(other.columns, other.rows);
        System.arraycopy(other.codePoints, 0, codePoints, 0, columns * rows);
        System.arraycopy(other.styles, 0, styles, 0, columns * rows);
    }

    /** Whether both look the same: then there is nothing to draw. */
    public boolean sameAs(Grid other) {
        int size = columns * rows;
        return columns == other.columns
                && rows == other.rows
                && Arrays.equals(codePoints, 0, size, other.codePoints, 0, size)
                && Arrays.equals(styles, 0, size, other.styles, 0, size);
    }

    /** The text of one line, without the blanks at its end. */
    public String line(int row) {
        StringBuilder out = new StringBuilder(columns);
        for (int column = 0; column < columns; column++) {
            int codePoint = codePoint(column, row);
            if (codePoint != CONTINUED) {
                out.appendCodePoint(codePoint);
            }
        }
        return out.toString().stripTrailing();
    }

    /** The text of all lines, each ended by a newline. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            out.append(line(row)).append('\n');
        }
        return out.toString();
    }
}
