package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.LinkTotals;
import shawk.model.Snapshot;

/** What the keys do that keep rows still, compare them, and choose units. */
final class CalmActions {
    private CalmActions() {}

    static Step freeze(UiState state, Tree tree) {
        boolean frozen = !state.calm().frozen();
        String said = frozen
                ? "the order is frozen: new rows come last; a sort key sorts once more"
                : "the rows are in order again";
        return Step.to(state.withCalm(state.calm().withFrozen(frozen)).withMessage(said));
    }

    static @Nullable String nothingToWatch(UiState state, Tree tree) {
        return tree.size() == 0 && state.calm().watch() == null ? "no row" : null;
    }

    /** Again, or on another row: the watch ends, and begins there. */
    static Step watch(UiState state, Tree tree) {
        Watch old = state.calm().watch();
        if (old != null) {
            return Step.to(state.withCalm(state.calm().withWatch(null)).withMessage("watching nothing any more"));
        }
        String label = new RowNames(tree.pivot(), Symbols.ASCII)
                .of(tree.at(state.cursor().row()));
        return Step.to(state.withCalm(state.calm().withWatch(Watch.of(label.strip(), tree, state.cursor()))));
    }

    static @Nullable String nothingToMark(UiState state, Tree tree) {
        if (state.view() == View.CLOSED) {
            return "what has ended does not change; the newest come first, with how long ago that was";
        }
        return tree.pivot().snapshot().sequence() == 0 ? "there is no sample yet" : null;
    }

    /** First the mark, then what changed since, then neither. */
    static Step mark(UiState state, Tree tree) {
        Comparison comparison = state.calm().comparison();
        if (comparison == null) {
            Snapshot now = tree.pivot().snapshot();
            String at = Comparison.clock(now, state.display().zone());
            return Step.to(state.withCalm(state.calm().withComparison(new Comparison(now, false, true)))
                    .withMessage("marked at " + at + "; again shows what changed since"));
        }
        return comparison.shown()
                ? Step.to(unmarked(state))
                : Step.to(state.withCalm(state.calm().withComparison(comparison.showing(true))));
    }

    static UiState unmarked(UiState state) {
        return state.withCalm(state.calm().withComparison(null)).withMessage("the mark is gone");
    }

    static Step chips(UiState state, Tree tree) {
        return Step.to(state.withDialog(new ChipsDialog(0)));
    }

    static @Nullable String noEnded(UiState state, Tree tree) {
        if (!state.view().mayHaveEnded()) {
            return state.view() == View.CLOSED
                    ? "this view has nothing else"
                    : "a listener's connections that have ended: 4, and a filter of its port";
        }
        if (state.calm().comparing()) {
            return "not while two moments are compared";
        }
        Snapshot snapshot = tree.pivot().snapshot();
        return state.display().ended() || snapshot.exactCounts() || snapshot.sequence() == 0
                ? null
                : EmptyTable.notSeen(snapshot);
    }

    static Step ended(UiState state, Tree tree) {
        boolean shown = !state.display().ended();
        String said = shown ? "connections that have ended stand below those that live" : "only what lives";
        return Step.to(state.withDisplay(state.display().withEnded(shown)).withMessage(said));
    }

    static Step columns(UiState state, Tree tree) {
        return Step.to(state.withDialog(ColumnsDialog.of(state)));
    }

    static Step bits(UiState state, Tree tree) {
        return Step.to(
                state.withDisplay(state.display().withBits(!state.display().bits())));
    }

    static Step numeric(UiState state, Tree tree) {
        boolean numeric = !state.display().numeric();
        return Step.to(state.withNumeric(numeric).withMessage(numeric ? "numbers" : "names, as they become known"));
    }

    static Step links(UiState state, Tree tree) {
        boolean shown = state.display().linksSince() != null;
        List<LinkTotals> links = tree.pivot().snapshot().links();
        return Step.to(state.withDisplay(state.display().withLinksSince(shown ? null : links)));
    }

    /**
     * What follows from a key: one that moved the cursor by hand ends the watch, one that sorts decides the order of
     * what changed.
     */
    static Step settled(UiState before, Step step) {
        UiState after = step.state();
        Calm calm = after.calm();
        boolean sameRows = before.view() == after.view()
                && before.arrangement().equals(after.arrangement())
                && before.folding().equals(after.folding());
        Watch watch = calm.watch();
        if (watch != null
                && watch.equals(before.calm().watch())
                && sameRows
                && !before.cursor().path().equals(after.cursor().path())) {
            calm = calm.withWatch(null);
        }
        Comparison comparison = calm.comparison();
        if (comparison != null
                && comparison.shown()
                && comparison.bySize()
                && before.view() == after.view()
                && !before.arrangement().sort().equals(after.arrangement().sort())) {
            calm = calm.withComparison(comparison.showing(false));
        }
        return calm.equals(after.calm()) ? step : new Step(after.withCalm(calm), step.effects());
    }
}
