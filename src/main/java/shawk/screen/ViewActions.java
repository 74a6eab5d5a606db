package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.OwnerFields;
import shawk.pivot.PivotSpec;
import shawk.pivot.RowChoice;
import shawk.pivot.Within;

/** What the keys do that go from view to view and down into groups. */
final class ViewActions {
    private ViewActions() {}

    /** Shows a view of the whole host: a trail is left. */
    static BiFunction<UiState, Tree, Step> show(View view) {
        return (state, tree) -> Step.to(shown(state, view));
    }

    static BiFunction<UiState, Tree, Step> next(int step) {
        return (state, tree) -> Step.to(shown(state, state.view().next(step)));
    }

    /** Why there is nothing to go to; null = there is. */
    static BiFunction<UiState, Tree, @Nullable String> isShown(View view) {
        return (state, tree) -> state.view() == view && state.trail().isEmpty() ? "this is " + view.title() : null;
    }

    private static UiState shown(UiState state, View view) {
        UiState whole = state;
        while (!whole.trail().isEmpty()) {
            whole = left(whole);
        }
        Comparison comparison = whole.calm().comparison();
        if (comparison != null && !Views.canBeCompared(view)) {
            whole = whole.withCalm(whole.calm().withComparison(comparison.hidden()));
        }
        return whole.withView(view, Map.of(), Trail.NONE);
    }

    /** One step back up: all views as they were, but with the filter that there is now. */
    static UiState left(UiState state) {
        Trail.Step step = state.trail().last();
        Arrangement now = state.arrangement();
        return state.withView(step.view(), step.tables(), state.trail().withoutLast())
                .withFilter(now.filterText(), now.filter());
    }

    static @Nullable String noRow(UiState state, Tree tree) {
        return tree.size() == 0 ? "no row" : null;
    }

    static Step details(UiState state, Tree tree) {
        return Step.to(state.withDialog(DetailDialog.of(state.cursor().path())));
    }

    static @Nullable String nothingToOpen(UiState state, Tree tree) {
        if (tree.size() == 0) {
            return "no row";
        }
        return state.trail().steps().size() >= Trail.MAX_STEPS ? "this is deep enough" : null;
    }

    /** Opens the row under the cursor: a group as the next narrower view of what is in it. */
    static Step open(UiState state, Tree tree) {
        Tree.Row row = tree.at(state.cursor().row());
        if (!row.group()) {
            return details(state, tree);
        }
        PivotSpec inside = Drill.inside(state.arrangement().spec(), row);
        String label = new RowNames(tree.pivot(), Symbols.ASCII).of(row);
        return Step.to(inside(state, label, inside.within(), inside.rows()));
    }

    private static UiState inside(UiState state, String label, List<Within> within, RowChoice rows) {
        View view = narrower(state.view());
        TableState flows = state.tables().get(view);
        if (flows == null) {
            throw new IllegalStateException("no table of " + view);
        }
        boolean single = view == View.CLOSED;
        List<KeyField> chain = single ? List.of() : left(flows.arrangement().groupBy(), within);
        if (view == View.FLOWS && chain.isEmpty()) {
            view = View.CONNECTIONS;
            flows = state.tables().getOrDefault(view, flows);
        }
        TableState table = TableState.of(flows.arrangement().within(within, chain, rows));
        Trail trail = state.trail().with(new Trail.Step(label, state.view(), state.tables()));
        return state.withView(view, Map.of(view, table), trail);
    }

    private static View narrower(View view) {
        if (view == View.CLOSED) {
            return view;
        }
        return view == View.PROCESSES || view == View.PEERS ? View.FLOWS : View.CONNECTIONS;
    }

    /** The fields of a chain that still tell rows apart. */
    private static List<KeyField> left(List<KeyField> chain, List<Within> within) {
        List<KeyField> left = new ArrayList<>(chain);
        for (Within each : within) {
            if (each instanceof Within.OfGroup group) {
                KeyField field = group.field();
                left.remove(field);
                if (field.equals(OwnerFields.PID)) {
                    left.remove(Fields.PROCESS);
                } else if (field.equals(Fields.PEER)) {
                    left.remove(EndpointFields.RADDR);
                } else if (field.equals(EndpointFields.RADDR)) {
                    left.remove(Fields.PEER);
                }
            }
        }
        return left;
    }
}
