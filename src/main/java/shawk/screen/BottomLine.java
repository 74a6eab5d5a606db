package shawk.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * The last line, where no dialog has it: what is to be said about the last key, or why there are no new samples, or the
 * hints.
 *
 * <pre>
 *  F1 help  / filter  a arrange  <> sort  space pause  enter open  q quit
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
        if (!state.message().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, state.message(), Style.WARN);
        } else if (!scene.failure().isEmpty()) {
            pen.text(1, bottom.line, pen.grid().columns() - 2, "! " + scene.failure(), Style.BAD);
        } else {
            bottom.hints(state);
        }
    }

    /** A hint: {@code <>} and {@code sort}. */
    private record Hint(String keys, String word) {
        int width() {
            return keys.length() + 1 + word.length();
        }
    }

    /** The last hint, which is how to quit, is always there; of the others as many as fit. */
    private void hints(UiState state) {
        List<Binding> bindings = new ArrayList<>(state.keys().bindings());
        bindings.removeIf(each -> !state.view().hasRows() && !KeyTable.worksWithoutRows(each.id()));
        List<Hint> hints = hintsOf(bindings);
        if (hints.isEmpty()) {
            return;
        }
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
            if (before != null
                    && before.word().equals(binding.hint())
                    && !binding.keys().isEmpty()) {
                hints.set(hints.size() - 1, new Hint(before.keys() + binding.hintKey(), before.word()));
            } else if (!binding.hint().isEmpty() && !binding.keys().isEmpty()) {
                hints.add(new Hint(binding.hintKey(), binding.hint()));
            }
        }
        return hints;
    }
}
