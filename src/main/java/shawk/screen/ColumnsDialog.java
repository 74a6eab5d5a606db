package shawk.screen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import shawk.field.Field;
import shawk.field.Fields;

/**
 * The columns of the view to choose from: those that are shown first, in their order, then all other fields.
 *
 * <pre>
 *  Columns of Flows                    Space takes, &lt; &gt; move, Enter shows, s saves, Esc leaves
 *  [x] conns         connections: TCP states other than LISTEN, CLOSE and TIME_WAIT; …
 *  [ ] rtt_max       highest round-trip time
 * </pre>
 *
 * @param fields all of them, in the order in which they stand here
 * @param chosen those that are to be columns
 * @param selected number of the field that keys act on
 */
record ColumnsDialog(List<Field> fields, Set<Field> chosen, int selected) implements Dialog {
    private static final int NAME_WIDTH = 16;
    private static final int MARGIN = 2;

    ColumnsDialog {
        fields = List.copyOf(fields);
        chosen = Set.copyOf(chosen);
    }

    /** Over the columns that there are. */
    static ColumnsDialog of(UiState state) {
        return of(state.arrangement().shownColumns(), 0);
    }

    private static ColumnsDialog of(List<Field> columns, int selected) {
        List<Field> all = new ArrayList<>(columns);
        for (Field field : Fields.ALL) {
            if (!all.contains(field)) {
                all.add(field);
            }
        }
        return new ColumnsDialog(all, new HashSet<>(columns), selected);
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        int page = Math.max(1, state.rows() - MARGIN - 1);
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null));
            case ENTER -> Step.to(taken(state));
            case UP -> Step.to(state.withDialog(at(selected - 1)));
            case DOWN -> Step.to(state.withDialog(at(selected + 1)));
            case PAGE_UP -> Step.to(state.withDialog(at(selected - page)));
            case PAGE_DOWN -> Step.to(state.withDialog(at(selected + page)));
            case HOME -> Step.to(state.withDialog(at(0)));
            case END -> Step.to(state.withDialog(at(fields.size() - 1)));
            case LEFT -> Step.to(state.withDialog(moved(-1)));
            case RIGHT -> Step.to(state.withDialog(moved(1)));
            case CHAR -> typed(state, key.codePoint());
            default -> Step.to(state);
        };
    }

    private Step typed(UiState state, int typed) {
        return switch (typed) {
            case ' ' -> Step.to(state.withDialog(toggled()));
            case 'k' -> Step.to(state.withDialog(at(selected - 1)));
            case 'j' -> Step.to(state.withDialog(at(selected + 1)));
            case '<' -> Step.to(state.withDialog(moved(-1)));
            case '>' -> Step.to(state.withDialog(moved(1)));
            case 'r' ->
                Step.to(state.withDialog(
                        of(Views.columns(state.view(), state.arrangement().rows()), 0)));
            case 's' ->
                columns().isEmpty()
                        ? Step.to(taken(state))
                        : Step.to(taken(state), new Effect.SaveColumns(state.view(), columns()));
            default -> Step.to(state);
        };
    }

    private ColumnsDialog at(int wanted) {
        return new ColumnsDialog(fields, chosen, Math.max(0, Math.min(wanted, fields.size() - 1)));
    }

    /** What is taken goes behind the columns that there are, what is given back before all others. */
    private ColumnsDialog toggled() {
        Field field = fields.get(selected);
        Set<Field> changed = new HashSet<>(chosen);
        boolean taken = changed.add(field);
        if (!taken) {
            changed.remove(field);
        }
        List<Field> order = new ArrayList<>(fields);
        order.remove(field);
        int end = 0;
        while (end < order.size() && changed.contains(order.get(end))) {
            end++;
        }
        order.add(end, field);
        return new ColumnsDialog(order, changed, selected);
    }

    private ColumnsDialog moved(int step) {
        int place = selected + step;
        boolean moves = place >= 0
                && place < fields.size()
                && chosen.contains(fields.get(selected))
                && chosen.contains(fields.get(place));
        if (!moves) {
            return this;
        }
        List<Field> order = new ArrayList<>(fields);
        order.add(place, order.remove(selected));
        return new ColumnsDialog(order, chosen, place);
    }

    private List<Field> columns() {
        List<Field> columns = new ArrayList<>(fields);
        columns.removeIf(field -> !chosen.contains(field));
        return columns;
    }

    private UiState taken(UiState state) {
        List<Field> columns = columns();
        return columns.isEmpty()
                ? state.withMessage("choose at least one column")
                : state.withDialog(null).withArrangement(state.arrangement().withColumns(columns));
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        int columns = pen.grid().columns();
        int rows = pen.grid().rows();
        int lines = Math.max(1, rows - MARGIN);
        pen.clear(0, 0, columns, rows - 1, Style.INPUT);
        pen.grid().restyle(0, 0, columns, Style.HEADER);
        String title = "Columns of " + scene.state().view().title();
        pen.text(1, 0, columns - 2, title, Style.HEADER);
        String how = "Space takes, < > move, r resets, Enter shows, s saves, Esc leaves";
        pen.right(title.length() + 3, 0, columns - title.length() - 4, how, Style.HEADER);
        int first = Math.max(0, Math.min(selected - lines / 2, fields.size() - lines));
        for (int i = 0; i < lines && first + i < fields.size(); i++) {
            Field field = fields.get(first + i);
            String mark = chosen.contains(field) ? "[x]" : "[ ]";
            Style style = chosen.contains(field) ? Style.GROUP : Style.INPUT;
            pen.text(1, i + 1, 3, mark, style);
            pen.text(5, i + 1, NAME_WIDTH, field.id(), style);
            pen.text(6 + NAME_WIDTH, i + 1, columns - NAME_WIDTH - 7, field.help(), Style.INPUT);
            if (first + i == selected) {
                pen.line(i + 1, Style.CURSOR);
            }
        }
    }
}
