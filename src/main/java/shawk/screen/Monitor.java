package shawk.screen;

import java.util.List;
import shawk.field.CountFields;
import shawk.field.Field;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;

/**
 * The monitor between terminal and core: takes events, keeps the state and what was derived from the newest snapshot,
 * draws. A pivot is made once for a snapshot and a spec, rows once for a pivot and a folding. Used by one thread; does
 * no I/O.
 */
public final class Monitor {
    private final Symbols symbols;
    private final String host;
    private UiState state;
    private Snapshot newest = Snapshot.EMPTY;
    private Tree tree;
    private RowTexts texts;
    private Totals totals;
    private double matching;

    /**
     * A monitor without a sample yet.
     *
     * @param initial how it begins
     * @param host name of this host
     * @param ascii whether to draw with ASCII only
     */
    public Monitor(UiState initial, SafeText host, boolean ascii) {
        this.symbols = ascii ? Symbols.ASCII : Symbols.UTF8;
        this.host = host.value();
        this.state = initial;
        Pivot pivot = Pivots.of(newest, initial.arrangement().spec());
        this.tree = Tree.of(pivot, initial.folding());
        this.texts = new RowTexts(pivot, List.of(), symbols);
        this.totals = totals(newest);
    }

    /** How it looks now. */
    public UiState state() {
        return state;
    }

    /** Takes an event; returns what is to be done outside. */
    public List<Effect> on(Event event) {
        if (event instanceof Event.SampleArrived arrived) {
            newest = arrived.snapshot();
        }
        UiState before = state;
        Step step = Update.on(state, event, tree);
        state = step.state();
        derive(before);
        return step.effects();
    }

    /** Brings what was derived up to date with the state, and the cursor onto its row. */
    private void derive(UiState before) {
        Snapshot shown = state.paused() == null ? newest : state.paused();
        PivotSpec spec = state.arrangement().spec();
        boolean samePivot = tree.pivot().snapshot().sequence() == shown.sequence()
                && tree.pivot().spec().equals(spec);
        if (!samePivot) {
            tree = Tree.of(Pivots.of(shown, spec), state.folding());
            matching = Double.NaN;
        } else if (!before.folding().equals(state.folding())) {
            tree = Tree.of(tree.pivot(), state.folding());
        }
        if (totals.snapshot().sequence() != shown.sequence()) {
            totals = totals(shown);
        }
        state = state.withCursor(state.cursor().settle(tree, state.page()));
    }

    private static Totals totals(Snapshot shown) {
        return Totals.of(Pivots.of(shown, new PivotSpec(List.of(), List.of(), null, RowChoice.CONNECTIONS)));
    }

    /** Draws the present frame. */
    public void draw(Grid grid, SelfCost self, String failure) {
        List<Field> fields = Layout.of(state).fields();
        if (!texts.isFor(tree.pivot(), fields)) {
            texts = new RowTexts(tree.pivot(), fields, symbols);
        }
        if (Double.isNaN(matching) && state.arrangement().filter() != null) {
            matching = tree.pivot().total().measure(CountFields.CONNS, 0);
        }
        Renderer.draw(grid, symbols, new Scene(state, tree, texts, totals, matching, self, host, failure));
    }
}
