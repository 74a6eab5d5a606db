package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.field.Field;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.Level;
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
    private final AddressNames hosts;
    private UiState state;
    private Snapshot newest = Snapshot.EMPTY;
    private final CalmRows rows = new CalmRows();
    private Tree tree;
    private Lineup lineup;
    private RowTexts texts;
    private final History history = new History();
    private final Details details;
    private SelfCost cost = SelfCost.UNKNOWN;
    private final ProgramRates rates = new ProgramRates();
    private Totals totals;
    private double matching;
    private @Nullable Scene drawn;

    /**
     * A monitor without a sample yet.
     *
     * @param initial how it begins
     * @param host name of this host
     * @param ascii whether to draw with ASCII only
     * @param hosts names of remote hosts
     */
    public Monitor(UiState initial, SafeText host, boolean ascii, AddressNames hosts) {
        this.hosts = hosts;
        this.symbols = ascii ? Symbols.ASCII : Symbols.UTF8;
        this.host = host.value();
        this.details = new Details(symbols, history);
        this.state = initial;
        Pivot pivot = rows.pivot(newest, initial.spec(), initial.calm());
        this.tree = Tree.of(pivot, initial.folding());
        this.texts = new RowTexts(pivot, List.of(), symbols, false, Naming.ADDRESSES);
        this.lineup = Lineup.of(tree, initial.cursor(), initial.page());
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
        Binding tab = event instanceof Event.Clicked click ? tab(click) : null;
        Step step = tab == null ? Update.on(state, event, tree) : tab.press(state.withMessage(""), tree);
        state = step.state();
        derive(before);
        return before.view() == state.view() ? step.effects() : measured(before.view(), step.effects());
    }

    /** What runs in the kernel is measured while the view is open that shows it. */
    private List<Effect> measured(View before, List<Effect> effects) {
        if (before != View.SELF && state.view() != View.SELF) {
            return effects;
        }
        List<Effect> more = new ArrayList<>(effects);
        more.add(new Effect.Statistics(state.view() == View.SELF));
        return more;
    }

    /** What a click on a tab of the last frame does; null where it is on none. */
    private @Nullable Binding tab(Event.Clicked click) {
        Scene scene = drawn;
        if (scene == null
                || state.dialog() != null
                || click.row() != scene.state().headsLine() - 1) {
            return null;
        }
        Grid line = new Grid();
        line.reset(scene.state().columns(), 1);
        View view = ContextLine.viewAt(new Pen(line, symbols), scene, click.column());
        return view == null ? null : state.keys().named("view-" + view.id());
    }

    /** Brings what was derived up to date with the state, and the cursor onto its row. */
    private void derive(UiState before) {
        Tree last = tree;
        Snapshot shown = state.paused() == null ? newest : state.paused();
        PivotSpec spec = state.spec();
        if (!rows.isCurrent(shown, spec, state.calm())) {
            boolean sample = before.spec().equals(spec)
                    && before.calm().comparing() == state.calm().comparing();
            boolean lives = state.view() != View.CLOSED;
            List<Ghosts.Drawn> drawn = sample && lives && !state.calm().comparing() ? drawn(before) : List.of();
            tree = Tree.of(rows.pivot(shown, spec, state.calm()), state.folding());
            tree = tree.with(Ghosts.of(drawn, tree, state.showsEnded()));
            matching = Double.NaN;
        } else if (!before.folding().equals(state.folding())) {
            refold();
        }
        if (totals.snapshot().sequence() != shown.sequence()) {
            totals = totals(shown);
        }
        if (state.calm().comparison() == null) {
            rows.forgetMark();
        }
        rates.feed(shown);
        follow(before);
        state = state.withCursor(settled(before, shown));
        lineup = Lineup.of(tree, state.cursor(), state.page());
        remember(last);
    }

    private Cursor settled(UiState before, Snapshot shown) {
        if (!state.view().hasRows()) {
            return SelfPage.settle(state, SelfPage.lines(state, shown, cost, rates, symbols));
        }
        Cursor cursor = state.cursor();
        boolean first =
                cursor.row() == 0 && state.view() == View.CLOSED && state.calm().watch() == null;
        boolean newest = state.arrangement().sort().equals(Views.sort(View.CLOSED));
        boolean sorted = !state.arrangement().sort().equals(before.arrangement().sort());
        // On the first row of what has ended the cursor stays with the newest: its row is down the list in a moment.
        // In another order it would take the window there, away from what the order was chosen for.
        Cursor from = first && (newest || sorted) ? Cursor.TOP : cursor;
        return from.settle(tree, state.page(), tree.ghosts().gone().size());
    }

    /** Curves go on with the samples that are shown; what the details are of may be gone. */
    private void remember(Tree last) {
        Path opened = null;
        if (state.dialog() instanceof DetailDialog dialog) {
            state = state.withDialog(dialog.on(tree, last));
            opened = dialog.path();
        }
        if (state.paused() == null && !state.calm().comparing()) {
            history.feed(tree, state.cursor(), state.page(), totals, opened);
        }
    }

    private void refold() {
        Tree folded = Tree.of(tree.pivot(), state.folding());
        tree = folded.with(tree.ghosts().in(folded));
    }

    /** Other groups, or another view: those around the row that is watched are unfolded. */
    private void follow(UiState before) {
        boolean opens = before.view() != state.view()
                || !before.arrangement().groupBy().equals(state.arrangement().groupBy());
        Folding folding = state.folding();
        state = Following.follow(state, tree, opens);
        if (!folding.equals(state.folding())) {
            refold();
            state = Following.follow(state, tree, false);
        }
    }

    /** The lines of the table as they were drawn; none where no frame was drawn since the last change. */
    private List<Ghosts.Drawn> drawn(UiState before) {
        List<Ghosts.Drawn> drawn = new ArrayList<>();
        if (!texts.isFor(
                tree.pivot(), Layout.of(before).fields(), before.display().bits())) {
            return drawn;
        }
        for (Lineup.Line line : lineup.lines()) {
            Ghosts.Ghost ghost = line.ghost();
            if (ghost == null) {
                Tree.Row row = tree.at(line.row());
                drawn.add(new Ghosts.Drawn(row.path(), row.open(), row.group(), texts.of(row), 0));
            } else {
                Ghosts.Drawn was = ghost.line();
                drawn.add(new Ghosts.Drawn(was.path(), was.open(), was.group(), was.cells(), ghost.samples()));
            }
        }
        return drawn;
    }

    private static Totals totals(Snapshot shown) {
        return Totals.of(Pivots.of(shown, new PivotSpec(List.of(), List.of(), null, RowChoice.CONNECTIONS)));
    }

    /** Draws the present frame. */
    public void draw(Grid grid, SelfCost self, String failure) {
        cost = self;
        List<Field> fields = Layout.of(state).fields();
        boolean bits = state.display().bits();
        Naming naming = new Naming(hosts, state.display().numeric());
        if (!texts.isFor(tree.pivot(), fields, bits) || !texts.isNamed(naming)) {
            texts = new RowTexts(tree.pivot(), fields, symbols, bits, naming);
        }
        if (Double.isNaN(matching) && state.spec().filter() != null) {
            Level total = tree.pivot().total();
            boolean conns = state.chips().isEmpty() && state.view() != View.CLOSED;
            matching = conns ? total.measure(CountFields.CONNS, 0) : total.sockets(0);
        }
        Scene scene =
                new Scene(state, tree, texts, lineup, rows, details, totals, matching, self, rates, host, failure);
        Renderer.draw(grid, symbols, scene);
        drawn = scene;
    }
}
