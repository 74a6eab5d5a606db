package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.text.DisplayWidth;

/**
 * A line that is being typed, at the bottom of the screen, and on the line above what is wrong with it.
 *
 * <pre>
 *  expected 'and' or 'or', not 'an', at column 12
 *  filter: port = 443 an_
 * </pre>
 */
public final class InputLine {
    private InputLine() {}

    /**
     * Draws it. Of a line that is too long, the end with the caret is what shows.
     *
     * @param remark what is wrong, null = nothing
     * @param wrongAt where: an index into the line; -1 = nowhere
     */
    public static void draw(Pen pen, String label, LineEdit edit, @Nullable String remark, int wrongAt) {
        int line = pen.grid().rows() - 1;
        int columns = pen.grid().columns();
        if (remark != null && !remark.isEmpty()) {
            pen.clear(0, line - 1, columns, 1, Style.BAD);
            pen.text(1, line - 1, columns - 2, remark, Style.BAD);
        }
        pen.clear(0, line, columns, 1, Style.PLAIN);
        int start = pen.text(0, line, columns, label, Style.KEY);
        int room = Math.max(1, columns - start - 1);
        String text = edit.text() + " ";
        int from = 0;
        while (from < edit.caret() && DisplayWidth.of(text, from, edit.caret()) >= room) {
            from = text.offsetByCodePoints(from, 1);
        }
        int column = start;
        for (int i = from; i < text.length() && column < start + room; ) {
            String character = text.substring(i, text.offsetByCodePoints(i, 1));
            Style style = i == edit.caret() ? Style.CARET : i == wrongAt ? Style.BAD : Style.INPUT;
            column += pen.text(column, line, start + room - column, character, style);
            i += character.length();
        }
    }
}
