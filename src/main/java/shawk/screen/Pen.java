package shawk.screen;

import shawk.text.DisplayWidth;

/**
 * Writes text into a grid: never beyond the cells it is given, whatever the text is. Texts are
 * {@link shawk.model.SafeText} or constants of the program.
 *
 * <p>A cell has room for one code point: a combining mark stands beside its letter as an escape. Where only ASCII can
 * be drawn, any other character is a {@code ?}.
 */
public final class Pen {
    private final Grid grid;
    private final Symbols symbols;

    public Pen(Grid grid, Symbols symbols) {
        this.grid = grid;
        this.symbols = symbols;
    }

    public Grid grid() {
        return grid;
    }

    public Symbols symbols() {
        return symbols;
    }

    /** Writes a text into at most {@code cells}; a longer one is cut, with a mark. Returns the cells used. */
    public int text(int column, int row, int cells, CharSequence text, Style style) {
        int room = Math.min(cells, grid.columns() - column);
        CharSequence plain = printable(text);
        if (room <= 0) {
            return 0;
        }
        int width = DisplayWidth.of(plain);
        if (width <= room) {
            return put(column, row, plain, plain.length(), style);
        }
        int used = put(column, row, plain, DisplayWidth.fitting(plain, room - 1), style);
        return used + put(column + used, row, symbols.cut(), 1, style);
    }

    /** Writes a text so that it ends where the cells end. */
    public void right(int column, int row, int cells, CharSequence text, Style style) {
        int width = DisplayWidth.of(printable(text));
        int blanks = Math.max(0, cells - width);
        text(column + blanks, row, cells - blanks, text, style);
    }

    /** Gives the whole line a style, blanks included. */
    public void line(int row, Style style) {
        grid.restyle(0, row, grid.columns(), style);
    }

    /** Blanks a rectangle. */
    public void clear(int column, int row, int width, int height, Style style) {
        for (int y = row; y < row + height; y++) {
            for (int x = Math.max(0, column); x < column + width; x++) {
                grid.put(x, y, ' ', 1, style);
            }
        }
    }

    private int put(int column, int row, CharSequence text, int end, Style style) {
        int used = 0;
        for (int i = 0; i < end; ) {
            int codePoint = Character.codePointAt(text, i);
            int width = DisplayWidth.of(codePoint);
            grid.put(column + used, row, codePoint, width, style);
            used += width;
            i += Character.charCount(codePoint);
        }
        return used;
    }

    private CharSequence printable(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x7f || text.charAt(i) < ' ') {
                return escaped(text);
            }
        }
        return text;
    }

    private CharSequence escaped(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            if (DisplayWidth.of(codePoint) == 0) {
                out.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
            } else if (codePoint >= 0x7f && symbols.ascii()) {
                out.append('?');
            } else {
                out.appendCodePoint(codePoint);
            }
            i += Character.charCount(codePoint);
        }
        return out;
    }
}
