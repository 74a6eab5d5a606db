package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.text.Human;

/**
 * States and protocols to choose from, over the last lines; the rows above follow at once.
 *
 * <pre>
 *  States and protocols                       letter or Space takes, Backspace none, Enter closes
 *  [ ] e ESTABLISHED 11,201   [x] c CLOSE_WAIT 40   [ ] t TIME_WAIT 96   [ ] l LISTEN 31
 *  [ ] p tcp 11,300   [ ] u udp 68
 * </pre>
 *
 * @param selected number of the chip that Space takes
 */
record ChipsDialog(int selected) implements Dialog {
    private static final int GAP = 3;

    private static List<Chip> chips(UiState state, Tree tree) {
        return Chip.present(tree.pivot().snapshot(), state.arrangement().filter(), state.chips());
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        List<Chip> chips = chips(state, tree);
        int last = Math.max(0, chips.size() - 1);
        return switch (key.kind()) {
            case ESCAPE, ENTER -> Step.to(state.withDialog(null));
            case LEFT, UP -> at(state, Math.max(0, Math.min(selected, last) - 1));
            case RIGHT, DOWN, TAB -> at(state, Math.min(last, selected + 1));
            case HOME -> at(state, 0);
            case END -> at(state, last);
            case BACKSPACE, DELETE -> Step.to(state.withChips(Chips.NONE));
            case CHAR -> typed(state, key.codePoint(), chips);
            default -> Step.to(state);
        };
    }

    private static Step at(UiState state, int chip) {
        return Step.to(state.withDialog(new ChipsDialog(chip)));
    }

    private Step typed(UiState state, int typed, List<Chip> chips) {
        @Nullable Chip chip;
        if (typed == ' ') {
            chip = chips.isEmpty() ? null : chips.get(Math.min(selected, chips.size() - 1));
        } else if (typed >= '1' && typed <= '9') {
            chip = typed - '1' < chips.size() ? chips.get(typed - '1') : null;
        } else if (typed == '\\') {
            return Step.to(state.withDialog(null));
        } else {
            chip = Chip.of(typed, chips);
        }
        if (chip == null) {
            return Step.to(state);
        }
        UiState changed = state.withChips(chip.toggle(state.chips()));
        int place = chips.indexOf(chip);
        return Step.to(place < 0 ? changed : changed.withDialog(new ChipsDialog(place)));
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        UiState state = scene.state();
        List<Chip> chips = chips(state, scene.tree());
        int columns = pen.grid().columns();
        int height = 1 + place(pen, state, chips, -1);
        int top = Math.max(0, pen.grid().rows() - height);
        pen.clear(0, top, columns, height, Style.INPUT);
        pen.grid().restyle(0, top, columns, Style.HEADER);
        String title = "States and protocols";
        pen.text(1, top, columns - 2, title, Style.HEADER);
        pen.right(
                title.length() + 3,
                top,
                columns - title.length() - 4,
                "a letter or Space takes, Backspace clears, Enter closes",
                Style.HEADER);
        place(pen, state, chips, top + 1);
    }

    /** Places the chips side by side, and draws them where {@code top} is not negative; returns the lines taken. */
    private int place(Pen pen, UiState state, List<Chip> chips, int top) {
        int columns = pen.grid().columns();
        int column = 1;
        int line = 0;
        for (int i = 0; i < chips.size(); i++) {
            String text = text(chips.get(i), state.chips());
            if (column > 1 && column + text.length() > columns) {
                column = 1;
                line++;
            }
            if (top >= 0) {
                boolean on = chips.get(i).isOn(state.chips());
                Style style = i == Math.min(selected, chips.size() - 1) ? Style.CURSOR : on ? Style.GROUP : Style.INPUT;
                pen.text(column, top + line, columns - column, text, style);
            }
            column += text.length() + GAP;
        }
        return line + 1;
    }

    private static String text(Chip chip, Chips chosen) {
        StringBuilder out = new StringBuilder(chip.isOn(chosen) ? "[x] " : "[ ] ");
        if (chip.letter() != 0) {
            out.append(chip.letter()).append(' ');
        }
        out.append(chip.label()).append(' ');
        Human.appendMeasure(out, CountFields.CONNS, chip.count());
        return out.toString();
    }

    @Override
    public boolean onLastLine() {
        return true;
    }
}
