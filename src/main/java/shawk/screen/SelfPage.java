package shawk.screen;

import java.util.List;
import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.model.Snapshot;
import shawk.text.Human;

/**
 * The view of the program itself, in place of a table: what it takes, whether its counts add up, what it lost.
 *
 * <pre>
 *  This program: what it takes, and what it missed                                                       arrows scroll
 *  processor    0.8 % of one core
 *  memory       96 MB
 *  sample       12 ms to take and fold, began 0 us after its beat
 *  …
 * </pre>
 */
final class SelfPage {
    private static final String TITLE = "This program: what it takes, and what it missed";
    private static final double NANOS_PER_MICRO = 1_000;

    private SelfPage() {}

    static DetailLines lines(UiState state, Snapshot shown, SelfCost cost, ProgramRates rates, Symbols symbols) {
        Facts facts = new Facts(symbols);
        own(facts, state, shown, cost);
        if (shown.meters().isEmpty()) {
            facts.section("Connections");
            facts.add(
                    "counted",
                    shown.exactCounts()
                            ? "-: the source gives no figures of its work"
                            : "those that a sample shows: what came and went between two is not seen");
        } else {
            new MeterFacts(facts, shown.meters(), symbols).add();
        }
        ProgramFacts.of(facts, shown.meters(), rates, state.time().replay());
        OwnerFacts.missing(facts, shown);
        return DetailLines.of(facts.made(), state.columns());
    }

    private static void own(Facts facts, UiState state, Snapshot shown, SelfCost cost) {
        Pace pace = cost.pace();
        facts.section("");
        boolean above = cost.cpuPercent() > pace.budgetPercent();
        String budget = Double.isNaN(pace.budgetPercent()) ? "" : "; budget " + percent(pace.budgetPercent());
        facts.add(
                "processor",
                (Double.isNaN(cost.cpuPercent()) ? Human.ABSENT : percent(cost.cpuPercent()) + " of one core")
                        + budget
                        + (above ? " !" : ""),
                above ? Style.WARN : Style.PLAIN);
        facts.add("memory", cost.residentBytes() < 0 ? Human.ABSENT : bytes(cost.residentBytes()) + " resident");
        if (pace.intervalNanos() > 0) {
            facts.add("sample", micros(pace.sampleNanos()) + " to take and fold, " + micros(pace.lagNanos()) + " late");
            facts.add(
                    "samples",
                    MeterFacts.exact(pace.samples()) + " taken, " + MeterFacts.exact(pace.skipped()) + " beats skipped"
                            + (pace.skipped() > 0 ? " !" : ""),
                    pace.skipped() > 0 ? Style.WARN : Style.PLAIN);
            interval(facts, state, pace);
        }
        facts.add("source", shown.source());
    }

    private static void interval(Facts facts, UiState state, Pace pace) {
        long millis = pace.millisInForce(state.intervalMillis());
        boolean longer = millis > state.intervalMillis();
        String asked = longer ? ", not " + Intervals.text(state.intervalMillis()) + ": within the budget" : "";
        facts.add("interval", Intervals.text(millis) + asked, longer ? Style.WARN : Style.PLAIN);
    }

    private static String percent(double value) {
        return Facts.amount(QualityFields.RETRANS_PCT, value) + " %";
    }

    private static String bytes(long value) {
        return Facts.amount(CountFields.TX_BYTES, value);
    }

    private static String micros(long nanos) {
        return Facts.amount(QualityFields.RTT, nanos / NANOS_PER_MICRO);
    }

    /** Lines between its head and the notices. */
    private static int page(UiState state) {
        return state.page();
    }

    /** The cursor is where it is scrolled to: never beyond what there is. */
    static Cursor settle(UiState state, DetailLines lines) {
        int most = Math.max(0, lines.height() - page(state));
        int scroll = Math.max(0, Math.min(state.cursor().scroll(), most));
        return new Cursor(Path.ROOT, scroll, scroll);
    }

    /** Scrolled by so many lines. */
    static UiState scrolled(UiState state, long lines) {
        int scroll = (int) Math.max(0, Math.min(state.cursor().scroll() + lines, DetailLines.MAX_LINES));
        return state.withCursor(new Cursor(Path.ROOT, scroll, scroll));
    }

    static void draw(Pen pen, Scene scene, Symbols symbols) {
        UiState state = scene.state();
        Snapshot shown = scene.tree().pivot().snapshot();
        DetailLines lines = lines(state, shown, scene.self(), scene.rates(), symbols);
        int top = state.headsLine();
        int columns = pen.grid().columns();
        pen.line(top, Style.HEADER);
        int scroll = settle(state, lines).scroll();
        int below = lines.height() - scroll - page(state);
        String hint = below > 0 ? below + (below == 1 ? " line" : " lines") + " below" : scroll > 0 ? "the end" : "";
        pen.text(1, top, columns - hint.length() - 3, TITLE, Style.HEADER);
        pen.right(columns - hint.length() - 1, top, hint.length(), hint, Style.HEADER);
        for (int i = 0; i < lines.columns().size(); i++) {
            List<DetailLines.Line> column = lines.columns().get(i);
            DetailPane.column(pen, column, top + 1, i * (lines.width() + 1), lines.width(), scroll, page(state));
        }
    }
}
