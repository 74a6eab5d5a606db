package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.text.DisplayWidth;

/**
 * The last line: what is being typed (and on the line above what is wrong with it), or what is to be said about the
 * last key, or why there are no new samples, or the hints.
 *
 * <pre>
 *  F1 help  / filter  a arrange  <> sort  space pause  enter open  q quit
 *  expected 'and' or 'or', not 'an', at column 12
 *  filter: port = 443 an_
 * </pre>
 */
final class BottomLine {
    private static final int GAP = 2;

    private final Pen pen;
    private final int line;

    private BottomLine(Pen pen) {
        this.pen = pen;
        this.line = pen.grid().rows() - 1;
    }

    static void draw(Pen pen, Scene scene) {
        BottomLine bottom = new BottomLine(pen);
        UiState state = scene.state();
        if (state.dialog() instanceof Dialog.FilterInput input) {
            bottom.remark(input.error() == null ? "" : input.error());
            bottom.input(" filter: ", input.line(), input.error() == null ? -1 : input.errorAt());
        } else if (state.dialog() instanceof Dialog.IntervalInput input) {
            bottom.remark(input.error() == null ? "" : input.error());
            bottom.input(" interval: ", input.line(), -1);
        } else if (!state.message().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, state.message(), Style.WARN);
        } else if (!scene.failure().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, "! " + scene.failure(), Style.BAD);
        } else {
            bottom.hints();
        }
    }

    /** A hint: {@code <>} and {@code sort}. */
    private record Hint(String keys, String word) {
        int width() {
            return keys.length() + 1 + word.length();
        }
    }

    /** The last hint, which is how to quit, is always there; of the others as many as fit. */
    private void hints() {
        List<Hint> hints = hintsOf(Keys.all());
        Hint last = hints.get(hints.size() - 1);
        int end = pen.grid().columns() - last.width() - GAP;
        int column = 1;
        for (Hint hint : hints) {
            if (hint.equals(last) || column + hint.width() <= end) {
                column += pen.text(column, line, hint.keys().length(), hint.keys(), Style.KEY) + 1;
                column += pen.text(column, line, hint.word().length(), hint.word(), Style.HINT) + GAP;
            }
        }
    }

    /** Neighbours in the key table with the same word are one hint. */
    private static List<Hint> hintsOf(List<Binding> bindings) {
        List<Hint> hints = new ArrayList<>();
        for (Binding binding : bindings) {
            Hint before = hints.isEmpty() ? null : hints.get(hints.size() - 1);
            if (before != null && before.word().equals(binding.hint())) {
                hints.set(hints.size() - 1, new Hint(before.keys() + binding.hintKey(), before.word()));
            } else if (!binding.hint().isEmpty()) {
                hints.add(new Hint(binding.hintKey(), binding.hint()));
            }
        }
        return hints;
    }

    /** What is wrong with what is being typed, on the line above. */
    private void remark(String text) {
        if (!text.isEmpty()) {
            pen.clear(0, line - 1, pen.grid().columns(), 1, Style.BAD);
            pen.text(1, line - 1, pen.grid().columns() - 2, text, Style.BAD);
        }
    }

    /** Of a line that is too long, the end with the caret is what shows. */
    private void input(String label, LineEdit edit, int wrongAt) {
        int columns = pen.grid().columns();
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
