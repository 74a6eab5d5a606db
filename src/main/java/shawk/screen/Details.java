package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.pivot.Level;
import shawk.pivot.Pivot;

/**
 * What the detail pane says of a row, in words; made once for a row of a pivot and kept while it is shown. Used by one
 * thread.
 */
final class Details {
    private final Symbols symbols;
    private final History history;
    private @Nullable Pivot pivot;
    private @Nullable Path path;
    private List<Section> sections = List.of();

    Details(Symbols symbols, History history) {
        this.symbols = symbols;
        this.history = history;
    }

    /**
     * Facts under one heading.
     *
     * @param title empty = none
     */
    record Section(String title, List<Fact> facts) {
        Section {
            facts = List.copyOf(facts);
        }
    }

    /**
     * One fact.
     *
     * @param label what it is about
     * @param text what there is to say
     * @param style how it looks
     * @param curve values to be drawn before the text, the oldest first; empty = none
     * @param ascii whether to draw with ASCII only
     * @param wide whether the text begins where labels do, and is cut rather than wrapped: a line of a table
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares facts
    record Fact(String label, String text, Style style, float[] curve, boolean ascii, boolean wide) {}

    History history() {
        return history;
    }

    /** What is said of a row. */
    @SuppressWarnings("ReferenceEquality") // a pivot is made once for a snapshot
    List<Section> of(Tree tree, Tree.Row row) {
        if (pivot != tree.pivot() || !row.path().equals(path)) {
            pivot = tree.pivot();
            path = row.path();
            sections = row.ended() ? ended(tree, row) : living(tree, row);
        }
        return sections;
    }

    private List<Section> living(Tree tree, Tree.Row row) {
        return row.group()
                ? new GroupDetails(tree.pivot(), row, symbols, history).sections()
                : new ConnectionDetails(tree.pivot(), row, symbols, history).sections();
    }

    private List<Section> ended(Tree tree, Tree.Row row) {
        Level level = row.level();
        return row.group()
                ? new EndedGroupDetails(tree.pivot(), row, symbols).sections()
                : new EndedDetails(level.snapshot(row.index()), level.row(row.index()), symbols).sections();
    }

    /** The row's name, with the groups around it. */
    String title(Tree.Row row) {
        Pivot of = pivot;
        if (of == null) {
            return "";
        }
        String name = new RowNames(of, symbols).of(row);
        if (row.group() || row.path().depth() == 1) {
            return name;
        }
        Snapshot snapshot = row.level().snapshot(row.index());
        return Facts.owner(snapshot, row.level().row(row.index())) + " "
                + Facts.ends(snapshot, row.level().row(row.index()), symbols);
    }
}
