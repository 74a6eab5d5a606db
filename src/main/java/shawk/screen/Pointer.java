package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;

/**
 * What a click or a turn of the wheel does. A click puts the cursor on a row, on the mark of a group folds it, on the
 * head of a column sorts by it and then reverses; two clicks are Enter.
 */
final class Pointer {
    /** Rows that one notch of the wheel moves. */
    private static final int ROWS_A_NOTCH = 3;

    private Pointer() {}

    static Step wheel(UiState state, int steps, Tree tree) {
        Dialog dialog = state.dialog();
        if (dialog != null) {
            return dialog.wheel(state, steps, tree);
        }
        if (!state.view().hasRows()) {
            return Step.to(SelfPage.scrolled(state, (long) ROWS_A_NOTCH * steps));
        }
        return Step.to(state.withCursor(state.cursor().moveBy(tree, ROWS_A_NOTCH * steps, state.page())));
    }

    static Step click(UiState state, Event.Clicked click, Tree tree) {
        Dialog dialog = state.dialog();
        if (dialog != null) {
            return dialog.click(state, click, tree);
        }
        if (state.columns() < Layout.MIN_COLUMNS
                || state.rows() < Layout.MIN_ROWS
                || !state.view().hasRows()) {
            return Step.to(state);
        }
        if (click.row() == state.headsLine()) {
            return Step.to(onHead(state, click));
        }
        int line = click.row() - state.headsLine() - 1;
        int row = Lineup.of(tree, state.cursor(), state.page()).rowAt(line);
        return row < 0 ? Step.to(state) : onRow(state, click, tree, row);
    }

    private static UiState onHead(UiState state, Event.Clicked click) {
        Arrangement arrangement = state.arrangement();
        Layout layout = Layout.of(state);
        Field field = fieldAt(layout, click.column());
        boolean name = field == null && click.column() < layout.nameWidth();
        if (field == null && !name) {
            return state;
        }
        boolean again = name
                ? Sorting.isByName(arrangement)
                : !Sorting.isByName(arrangement)
                        && !arrangement.sort().isEmpty()
                        && arrangement.sort().get(0).field().equals(field);
        if (again) {
            return state.withArrangement(Sorting.reverse(arrangement));
        }
        return state.withArrangement(
                arrangement.withSort(field == null ? Sorting.byName(arrangement.groupBy(), false) : Sorting.by(field)));
    }

    /** The column at a cell; the gap on its right, where the arrow stands, belongs to it. */
    private static @Nullable Field fieldAt(Layout layout, int column) {
        List<Field> fields = layout.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (column >= layout.start(i) && column <= layout.start(i) + layout.cells(fields.get(i))) {
                return fields.get(i);
            }
        }
        return null;
    }

    private static Step onRow(UiState state, Event.Clicked click, Tree tree, int row) {
        UiState there = state.withCursor(state.cursor().moveTo(tree, row, state.page()));
        Tree.Row clicked = tree.at(row);
        int mark = RowTable.indent(Layout.of(state), clicked.path());
        if (clicked.group() && (click.column() == mark || click.column() == mark + 1)) {
            return Actions.toggle(there, tree);
        }
        Binding open = state.keys().named("open");
        return click.twice() && open != null ? open.press(there, tree) : Step.to(there);
    }
}
