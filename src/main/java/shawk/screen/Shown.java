package shawk.screen;

import java.util.List;
import java.util.function.Consumer;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.pivot.Level;
import shawk.pivot.Pivots;

/**
 * The rows of a view at one moment, those above and below the screen too, for whoever writes them down. Immutable; each
 * call groups and sorts anew, on the thread that calls.
 *
 * @param snapshot the moment
 * @param state how it is looked at; a comparison is left aside
 */
public record Shown(Snapshot snapshot, UiState state) {
    public Shown {
        state = state.withDialog(null).withCalm(Calm.NONE);
    }

    private static final int LINES_AT_ONCE = 200;
    private static final int MOST_COLUMNS = 400;

    /** What is done with an entry. */
    @FunctionalInterface
    public interface Take<E extends Exception> {
        void entry(Level level, int index) throws E;
    }

    /** The grouping; empty = single connections. */
    public List<KeyField> groupBy() {
        return state.arrangement().groupBy();
    }

    /** The columns, whether or not they fit on the screen. */
    public List<Field> fields() {
        return state.arrangement().shownColumns();
    }

    private Tree tree() {
        return Tree.of(Pivots.of(snapshot, state.spec()), state.folding());
    }

    /** Gives each row, from the first. */
    public <E extends Exception> void each(Take<E> take) throws E {
        Tree tree = tree();
        for (int i = 0; i < tree.size(); i++) {
            Tree.Row row = tree.at(i);
            take.entry(row.level(), row.index());
        }
    }

    /** Draws heads and rows as lines of text, as wide as the columns need. */
    public void lines(Consumer<String> out) {
        Tree tree = tree();
        int width = Math.max(state.columns(), Layout.MIN_COLUMNS);
        while (width < MOST_COLUMNS
                && Layout.of(state.withSize(width, state.rows())).fields().size() < fields().size()) {
            width += 10;
        }
        UiState wide = state.withSize(width, LINES_AT_ONCE);
        Layout layout = Layout.of(wide);
        int page = wide.page();
        RowTexts texts = new RowTexts(
                tree.pivot(), layout.fields(), Symbols.UTF8, state.display().bits(), Naming.ADDRESSES);
        Grid grid = new Grid();
        for (int first = 0; first == 0 || first < tree.size(); first += page) {
            grid.reset(width, page + 1);
            Pen pen = new Pen(grid, Symbols.UTF8);
            UiState there = wide.withCursor(new Cursor(Path.ROOT, first, first));
            RowTable table = new RowTable(pen, Scene.ofTable(there, tree, texts), layout);
            table.drawHeads(0);
            table.drawRows(1);
            for (int line = first == 0 ? 0 : 1; line <= Math.min(page, tree.size() - first); line++) {
                out.accept(grid.line(line));
            }
        }
    }

    /** One row as text, its cells divided by tabs. */
    static String line(Tree tree, UiState state) {
        List<Field> fields = state.arrangement().shownColumns();
        RowTexts texts =
                new RowTexts(tree.pivot(), fields, Symbols.UTF8, state.display().bits(), Naming.ADDRESSES);
        RowTexts.Cells cells = texts.of(tree.at(state.cursor().row()));
        return cells.name() + "\t" + String.join("\t", cells.values());
    }
}
