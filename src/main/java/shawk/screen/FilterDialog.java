package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Filter;
import shawk.expr.FilterParser;

/**
 * The filter is being typed; it works while it is.
 *
 * @param line what there is
 * @param error what is wrong with it, null = nothing
 * @param errorAt where: an index into the line
 */
record FilterDialog(LineEdit line, @Nullable String error, int errorAt) implements Dialog {
    /** Over the filter that there is. */
    static FilterDialog of(UiState state) {
        return new FilterDialog(LineEdit.of(state.arrangement().filterText()), null, 0);
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        return switch (key.kind()) {
            case ESCAPE -> Step.to(without(state).withDialog(null));
            case ENTER -> error == null ? Step.to(state.withDialog(null)) : Step.to(state);
            default -> {
                LineEdit changed = line.on(key);
                yield changed.text().equals(line.text())
                        ? Step.to(state.withDialog(new FilterDialog(changed, error, errorAt)))
                        : Step.to(typed(state, changed));
            }
        };
    }

    /** What is typed works at once; while it is no filter, the one before it goes on. */
    private static UiState typed(UiState state, LineEdit line) {
        if (line.text().isBlank()) {
            return without(state).withDialog(new FilterDialog(line, null, 0));
        }
        try {
            Filter filter = FilterParser.parse(line.text());
            return state.withFilter(line.text(), filter).withDialog(new FilterDialog(line, null, 0));
        } catch (ExprException e) {
            int characters = Math.min(
                    e.position() - 1, line.text().codePointCount(0, line.text().length()));
            int at = line.text().offsetByCodePoints(0, characters);
            return state.withDialog(new FilterDialog(line, e.getMessage(), at));
        }
    }

    private static UiState without(UiState state) {
        return state.withFilter("", null);
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        InputLine.draw(pen, " filter: ", line, error, error == null ? -1 : errorAt);
    }

    @Override
    public boolean onLastLine() {
        return true;
    }
}
