package shawk.screen;

import shawk.text.DisplayWidth;

/**
 * Writes text into a grid: never beyond the cells it is given, whatever the text is. Texts are
 * {@link shawk.model.SafeText} or constants of the program.
 *
 * <p>A cell has room for one code point: a combining mark stands beside its letter as an escape. So does any character
 * but ASCII where nothing else can be drawn: two names that differ never look alike.
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

    /** The same, but what is left out of a longer one is its middle: paths differ at their ends. */
    public int ends(int column, int row, int cells, CharSequence text, Style style) {
        int room = Math.min(cells, grid.columns() - column);
        CharSequence plain = printable(text);
        if (room < 4 || DisplayWidth.of(plain) <= room) {
            return text(column, row, cells, text, style);
        }
        int used = put(column, row, plain, DisplayWidth.fitting(plain, (room - 1) / 3), style);
        used += put(column + used, row, symbols.cut(), 1, style);
        int from = plain.length();
        for (int width = 0; from > 0; ) {
            int before = Character.offsetByCodePoints(plain, from, -1);
            width += DisplayWidth.of(Character.codePointAt(plain, before));
            if (width > room - used) {
                break;
            }
            from = before;
        }
        CharSequence end = plain.subSequence(from, plain.length());
        return used + put(column + used, row, end, end.length(), style);
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
            if (DisplayWidth.of(codePoint) == 0 || codePoint >= 0x7f && symbols.ascii()) {
                out.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
            } else {
                out.appendCodePoint(codePoint);
            }
            i += Character.charCount(codePoint);
        }
        return out;
    }
}
