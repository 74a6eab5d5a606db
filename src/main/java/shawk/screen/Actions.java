package shawk.screen;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.Field;

/** What the keys of the table do: functions of the state and the rows that are shown. */
final class Actions {
    private Actions() {}

    static Step quit(UiState state, Tree tree) {
        return Step.to(state, new Effect.Quit(false));
    }

    static Step quitLeavingFrame(UiState state, Tree tree) {
        return Step.to(state, new Effect.Quit(true));
    }

    static Step redraw(UiState state, Tree tree) {
        return Step.to(state, new Effect.Redraw());
    }

    static Step suspend(UiState state, Tree tree) {
        return Step.to(state, new Effect.Suspend());
    }

    static Step help(UiState state, Tree tree) {
        return Step.to(state.withDialog(new HelpDialog(0)));
    }

    static Step filter(UiState state, Tree tree) {
        return Step.to(state.withDialog(FilterDialog.of(state)));
    }

    static Step arrange(UiState state, Tree tree) {
        return Step.to(state.withDialog(ArrangeDialog.of(state)));
    }

    static Step interval(UiState state, Tree tree) {
        return Step.to(state.withDialog(new IntervalDialog(LineEdit.of(""), null)));
    }

    /** Clears what is there to clear, one thing a press. */
    static Step back(UiState state, Tree tree) {
        if (!state.view().hasRows()) {
            return hideNotices(state);
        }
        if (state.calm().comparing()) {
            return Step.to(CalmActions.unmarked(state));
        }
        String outer = filterOutside(state);
        if (!outer.equals(state.arrangement().filterText()) && outer.isEmpty()) {
            return Step.to(state.withFilter("", null));
        }
        if (!state.chips().isEmpty()) {
            return Step.to(state.withChips(Chips.NONE));
        }
        if (!state.trail().isEmpty()) {
            return Step.to(ViewActions.left(state));
        }
        return hideNotices(state);
    }

    private static Step hideNotices(UiState state) {
        return Step.to(state.withNotices(new Notices(true, state.notices().count())));
    }

    /** The filter there was before the last group was opened: what was typed since is cleared first. */
    private static String filterOutside(UiState state) {
        if (state.trail().isEmpty()) {
            return "";
        }
        Trail.Step step = state.trail().last();
        TableState table = step.tables().get(step.view());
        return table == null ? "" : table.arrangement().filterText();
    }

    static BiFunction<UiState, Tree, Step> move(int rows) {
        return (state, tree) -> {
            if (!state.view().hasRows()) {
                return Step.to(SelfPage.scrolled(state, rows));
            }
            long wanted = (long) state.cursor().row() + rows;
            int row = (int) Math.max(0, Math.min(wanted, tree.size() - 1L));
            return Step.to(state.withCursor(state.cursor().moveTo(tree, row, state.page())));
        };
    }

    static BiFunction<UiState, Tree, Step> page(int halves) {
        return (state, tree) -> {
            int rows = halves * Math.max(1, state.page() / 2);
            if (!state.view().hasRows()) {
                return Step.to(SelfPage.scrolled(state, rows));
            }
            return Step.to(state.withCursor(state.cursor().moveBy(tree, rows, state.page())));
        };
    }

    static @Nullable String noGroups(UiState state, Tree tree) {
        if (state.view() == View.LISTENING) {
            return "one listener at a time: Right unfolds it";
        }
        return state.arrangement().groupBy().isEmpty() ? "nothing to unfold: the rows are single connections" : null;
    }

    static @Nullable String noGroupHere(UiState state, Tree tree) {
        if (tree.size() == 0) {
            return "no row";
        }
        return tree.at(state.cursor().row()).group() ? null : "a single connection has nothing inside";
    }

    static Step toggle(UiState state, Tree tree) {
        return Step.to(state.withFolding(state.folding().toggle(state.cursor().path())));
    }

    static Step unfold(UiState state, Tree tree) {
        if (tree.at(state.cursor().row()).open()) {
            return move(1).apply(state, tree);
        }
        return toggle(state, tree);
    }

    static Step fold(UiState state, Tree tree) {
        if (tree.size() == 0) {
            return Step.to(state);
        }
        if (tree.at(state.cursor().row()).open()) {
            return toggle(state, tree);
        }
        int parent = tree.find(state.cursor().path().parent());
        return parent < 0 ? Step.to(state) : move(parent - state.cursor().row()).apply(state, tree);
    }

    /** The cursor goes up to its outermost group, which stays a row either way. */
    static Step toggleAll(UiState state, Tree tree) {
        Folding folding = state.folding().all() ? Folding.NONE : Folding.ALL;
        Path path = state.cursor().path();
        if (path.depth() == 0 || folding.all()) {
            return Step.to(state.withFolding(folding));
        }
        Path outermost = Path.ROOT.child(path.steps().get(0));
        int row = Math.max(0, tree.find(outermost));
        return Step.to(state.withFolding(folding).withCursor(state.cursor().moveTo(tree, row, state.page())));
    }

    static @Nullable String longest(UiState state, Tree tree) {
        return Intervals.longer(state.intervalMillis()) == state.intervalMillis()
                ? "longer intervals: type one with d"
                : null;
    }

    static @Nullable String shortest(UiState state, Tree tree) {
        return Intervals.shorter(state.intervalMillis()) == state.intervalMillis()
                ? "the shortest interval is " + Intervals.text(Intervals.SHORTEST_MILLIS)
                : null;
    }

    static Step longer(UiState state, Tree tree) {
        return setInterval(state, Intervals.longer(state.intervalMillis()));
    }

    static Step shorter(UiState state, Tree tree) {
        return setInterval(state, Intervals.shorter(state.intervalMillis()));
    }

    static Step setInterval(UiState state, long millis) {
        return Step.to(state.withInterval(millis), new Effect.SetInterval(millis));
    }

    static Step sortLeft(UiState state, Tree tree) {
        return Step.to(state.withArrangement(Sorting.step(state.arrangement(), -1, false)));
    }

    static Step sortRight(UiState state, Tree tree) {
        return Step.to(state.withArrangement(Sorting.step(state.arrangement(), 1, false)));
    }

    static Step sortNext(UiState state, Tree tree) {
        return Step.to(state.withArrangement(Sorting.step(state.arrangement(), 1, true)));
    }

    static Step reverse(UiState state, Tree tree) {
        return Step.to(state.withArrangement(Sorting.reverse(state.arrangement())));
    }

    static BiFunction<UiState, Tree, Step> sortBy(Field field) {
        return (state, tree) -> Step.to(sorted(state, Sorting.by(state.view(), field)));
    }

    static Step sortByRate(UiState state) {
        List<SortKey> sent = Sorting.by(state.view(), CountFields.TX_RATE);
        boolean again = state.arrangement().sort().equals(sent);
        return Step.to(sorted(state, again ? Sorting.by(state.view(), CountFields.RX_RATE) : sent));
    }

    static Step sortByName(UiState state, Tree tree) {
        return Step.to(sorted(state, Sorting.byName(state.arrangement().groupBy(), false)));
    }

    private static UiState sorted(UiState state, List<SortKey> keys) {
        return state.withArrangement(state.arrangement().withSort(keys));
    }
}
