package shawk.screen;

import shawk.text.DisplayWidth;

/**
 * Where a dialog in the middle of the screen stands: below a head with a title and what ends it, between two sides,
 * over a bottom line. Nothing of it is outside of the screen.
 *
 * @param left first column
 * @param top line of the head
 * @param width with the sides
 * @param height with head and bottom
 */
record Box(int left, int top, int width, int height) {
    private static final int USUAL_TOP = 3;

    /** In the middle, below the heads of the columns where there is room. */
    static Box centred(int columns, int rows, int wantedWidth, int wantedHeight) {
        int width = Math.min(wantedWidth, columns);
        int height = Math.min(wantedHeight, rows);
        return new Box((columns - width) / 2, Math.max(0, Math.min(USUAL_TOP, rows - height)), width, height);
    }

    /** Blanks it and draws what is around. */
    void draw(Pen pen, String title, String how) {
        pen.clear(left, top, width, height, Style.INPUT);
        pen.grid().restyle(left, top, width, Style.HEADER);
        int used = pen.text(left + 1, top, width - 2, title, Style.HEADER);
        int room = width - used - 4;
        if (how.length() <= room) {
            pen.right(left + used + 2, top, room + 1, how, Style.HEADER);
        }
        for (int row = top + 1; row < top + height - 1; row++) {
            pen.text(left, row, 1, pen.symbols().side(), Style.DIM);
            pen.text(left + width - 1, row, 1, pen.symbols().side(), Style.DIM);
        }
        for (int column = left; column < left + width; column++) {
            pen.text(column, top + height - 1, 1, pen.symbols().bottom(), Style.DIM);
        }
    }

    /** Cells between the sides, with a blank on either. */
    int room() {
        return Math.max(0, width - 4);
    }

    /** Writes a line inside; line 0 is below the head. */
    void text(Pen pen, int line, String text, Style style) {
        if (line >= 0 && line < height - 2) {
            pen.text(left + 2, top + 1 + line, room(), text, style);
        }
    }

    /** The line inside that a click is on; -1 = none. */
    int lineAt(Event.Clicked click) {
        int line = click.row() - top - 1;
        boolean inside = click.column() >= left && click.column() < left + width;
        return inside && line >= 0 && line < height - 2 ? line : -1;
    }

    /** Writes a line that is being typed, its end with the caret in sight. */
    void input(Pen pen, int line, String label, LineEdit edit) {
        int row = top + 1 + line;
        int start = left + 2 + pen.text(left + 2, row, room(), label, Style.INPUT);
        int cells = left + width - 2 - start;
        String text = edit.text() + " ";
        int from = 0;
        while (from < edit.caret() && DisplayWidth.of(text, from, edit.caret()) >= cells) {
            from = text.offsetByCodePoints(from, 1);
        }
        int column = start;
        for (int i = from; i < text.length() && column < start + cells; ) {
            String character = text.substring(i, text.offsetByCodePoints(i, 1));
            Style style = i == edit.caret() ? Style.CARET : Style.INPUT;
            column += pen.text(column, row, start + cells - column, character, style);
            i += character.length();
        }
    }
}
