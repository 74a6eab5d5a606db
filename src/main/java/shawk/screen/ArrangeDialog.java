package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.text.DisplayWidth;

/**
 * The dialog that chooses the grouping: a preset, or a chain of fields that is typed.
 *
 * <pre>
 *  Group by                                    Enter takes it, Esc leaves
 *    process›peer›port
 *  › process›port›peer
 *    none: single connections
 *  or type a chain: process,po_
 *    Tab completes: port
 * </pre>
 *
 * @param line chain of field names
 * @param selected number of a preset; it is taken where nothing is typed
 * @param error what is wrong with the line, null = nothing
 */
record ArrangeDialog(LineEdit line, int selected, @Nullable String error) implements Dialog {
    private static final int WIDTH = 62;

    /** Over the grouping that there is. */
    static ArrangeDialog of(UiState state) {
        int selected = Presets.of(state.view()).indexOf(state.arrangement().groupBy());
        return new ArrangeDialog(LineEdit.of(""), Math.max(0, selected), null);
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        int last = Presets.of(state.view()).size() - 1;
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case UP -> Step.to(state.withDialog(at(Math.max(0, selected - 1))));
            case DOWN -> Step.to(state.withDialog(at(Math.min(last, selected + 1))));
            case TAB ->
                Step.to(state.withDialog(
                        new ArrangeDialog(LineEdit.of(Presets.complete(line.text())), selected, null)));
            case ENTER -> chosen(state);
            default -> Step.to(state.withDialog(new ArrangeDialog(line.on(key), selected, null)));
        };
    }

    private static ArrangeDialog at(int preset) {
        return new ArrangeDialog(LineEdit.of(""), preset, null);
    }

    private Step chosen(UiState state) {
        Presets.Chain chain = line.text().isBlank()
                ? new Presets.Chain(Presets.of(state.view()).get(selected), null)
                : Presets.parse(line.text());
        if (chain.error() != null) {
            return Step.to(state.withDialog(new ArrangeDialog(line, selected, chain.error())));
        }
        return Step.to(regrouped(state.withDialog(null), chain.fields()));
    }

    /** Other groups: who was unfolded and where the cursor was means nothing any more. */
    static UiState regrouped(UiState state, List<KeyField> chain) {
        if (chain.equals(state.arrangement().groupBy())) {
            return state;
        }
        return state.withTable(TableState.of(state.arrangement().withGroupBy(chain)));
    }

    @Override
    public Step click(UiState state, Event.Clicked click, Tree tree) {
        int preset = box(state.columns(), state.rows()).lineAt(click);
        if (preset < 0 || preset >= Presets.of(state.view()).size()) {
            return Step.to(state);
        }
        return click.twice() ? at(preset).chosen(state) : Step.to(state.withDialog(at(preset)));
    }

    private static Box box(int columns, int rows) {
        return Box.centred(columns, rows, WIDTH, Presets.ALL.size() + 4);
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        Box box = box(pen.grid().columns(), pen.grid().rows());
        box.draw(pen, "Group by", "Enter takes it, Esc leaves");
        int left = box.left();
        int top = box.top();
        int width = box.width();
        boolean typing = !line.text().isBlank();
        List<List<KeyField>> presets = Presets.of(scene.state().view());
        for (int i = 0; i < presets.size(); i++) {
            boolean chosen = !typing && i == selected;
            List<KeyField> chain = presets.get(i);
            String text = Presets.names(chain, pen.symbols().chain()) + (chain.isEmpty() ? ": single connections" : "");
            pen.text(left + 1, top + 1 + i, 1, chosen ? ">" : " ", Style.INPUT);
            pen.text(left + 3, top + 1 + i, width - 4, text, Style.INPUT);
            if (chosen) {
                pen.grid().restyle(left, top + 1 + i, width, Style.CURSOR);
            }
        }
        drawInput(pen, left, top + box.height() - 3, width);
    }

    private void drawInput(Pen pen, int left, int row, int width) {
        String label = "or type a chain: ";
        int start = left + 1 + pen.text(left + 1, row, width - 2, label, Style.INPUT);
        String typed = line.text();
        int room = left + width - start - 1;
        String shown = typed.substring(Math.max(0, typed.length() - Math.max(1, room) + 1));
        int used = pen.text(start, row, room, shown, Style.INPUT);
        pen.grid().restyle(start + used, row, 1, Style.CARET);
        if (error != null) {
            pen.text(left + 3, row + 1, width - 4, error, Style.BAD);
        } else {
            List<String> names = Presets.completions(typed);
            String rest = String.join(" ", names);
            String text = names.isEmpty() ? "no such field" : "Tab completes: " + rest;
            pen.text(left + 3, row + 1, Math.min(width - 4, DisplayWidth.of(text)), text, Style.DIM);
        }
    }
}
