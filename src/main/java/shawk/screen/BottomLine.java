package shawk.screen;

import java.util.List;
import shawk.text.DisplayWidth;

/**
 * The last line: what is being typed, or what is to be said about the last key, or why there are no new samples, or the
 * hints.
 *
 * <pre>
 *  F1 help  / filter  a arrange  <> sort  space pause  enter open  q quit
 *  filter: port = 443 an_                       expected a comparison at column 15
 * </pre>
 */
final class BottomLine {
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
            String error = input.error() == null ? "" : input.error();
            bottom.input(
                    " filter: ",
                    input.line(),
                    error.isEmpty() ? state.message() : error,
                    input.error() == null ? -1 : input.errorAt());
        } else if (state.dialog() instanceof Dialog.IntervalInput input) {
            bottom.input(" interval: ", input.line(), input.error() == null ? "" : input.error(), -1);
        } else if (!state.message().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, state.message(), Style.WARN);
        } else if (!scene.failure().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, "! " + scene.failure(), Style.BAD);
        } else {
            bottom.hints();
        }
    }

    private void hints() {
        int column = 1;
        List<Binding> bindings = Keys.all();
        for (int i = 0; i < bindings.size(); i++) {
            Binding binding = bindings.get(i);
            if (binding.hint().isEmpty()) {
                continue;
            }
            StringBuilder keys = new StringBuilder(binding.hintKey());
            while (i + 1 < bindings.size() && bindings.get(i + 1).hint().equals(binding.hint())) {
                keys.append(bindings.get(++i).hintKey());
            }
            if (column + keys.length() + 1 + binding.hint().length()
                    > pen.grid().columns()) {
                return;
            }
            column += pen.text(column, line, keys.length(), keys, Style.KEY) + 1;
            column += pen.text(column, line, binding.hint().length(), binding.hint(), Style.HINT) + 2;
        }
    }

    /** The line that is typed gets what the remark leaves, and at least half; its end with the caret is what shows. */
    private void input(String label, LineEdit edit, String remark, int wrongAt) {
        int columns = pen.grid().columns();
        int start = pen.text(0, line, columns, label, Style.KEY);
        int room = Math.max(1, Math.max((columns - start) / 2, columns - start - DisplayWidth.of(remark) - 3));
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
        pen.text(start + room + 2, line, columns - start - room - 2, remark, Style.WARN);
    }
}
