package shawk.screen;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.field.Field;
import shawk.model.Snapshot;
import shawk.pivot.PivotSpec;

/**
 * Everything that decides how a snapshot looks on the screen. Immutable: a key makes a new one.
 *
 * @param columns width of the terminal in cells
 * @param rows height of the terminal in lines
 * @param keys what the keys do
 * @param view the view that is shown
 * @param tables what each view looks like
 * @param trail the groups that somebody drilled down into
 * @param dialog what takes the keys; null = the table
 * @param paused the snapshot that stays; null = the newest one is shown
 * @param time where in time it is
 * @param intervalMillis time between samples
 * @param message one line about the last key; empty = none
 * @param notices the lines about what this run cannot see
 * @param setup what holds for all views
 * @param calm what keeps rows still, and what they are compared with
 * @param chips states and protocols that were chosen, in all views
 * @param display how values are written
 */
public record UiState(
        int columns,
        int rows,
        Keymap keys,
        View view,
        Map<View, TableState> tables,
        Trail trail,
        @Nullable Dialog dialog,
        @Nullable Snapshot paused,
        TimeStatus time,
        long intervalMillis,
        String message,
        Notices notices,
        Setup setup,
        Calm calm,
        Chips chips,
        Display display) {

    public UiState {
        tables = Map.copyOf(tables);
    }

    /** How the screen begins: in the view of {@code first}, arranged so; the other views share its filter. */
    public static UiState initial(Arrangement first, long intervalMillis) {
        return new UiState(
                80,
                24,
                Keymap.DEFAULT,
                first.view(),
                Views.tables(first),
                Trail.NONE,
                null,
                null,
                TimeStatus.NONE,
                intervalMillis,
                "",
                Notices.NONE,
                Setup.DEFAULT,
                Calm.NONE,
                Chips.NONE,
                Display.DEFAULT);
    }

    /** The table of the view that is shown. */
    TableState table() {
        TableState table = tables.get(view);
        if (table == null) {
            throw new IllegalStateException("no table of " + view);
        }
        return table;
    }

    /** How its rows are chosen, grouped, sorted. */
    public Arrangement arrangement() {
        return table().arrangement();
    }

    /** Which of its groups are unfolded. */
    Folding folding() {
        return table().folding();
    }

    /** Where its cursor is. */
    Cursor cursor() {
        return table().cursor();
    }

    /** Lines between the heads of the columns and what is below the table. At least 1. */
    int page() {
        return Math.max(1, rows - Layout.LINES_AROUND_TABLE - linkLines() - noticeLines());
    }

    /** Lines of interfaces below the status line. */
    int linkLines() {
        return LinkLines.lines(display, rows);
    }

    /** Lines of what this run cannot see; a view without rows says it in its own words. */
    int noticeLines() {
        return view.hasRows() ? notices.lines() : 0;
    }

    /** The line that the heads of the columns stand on. */
    int headsLine() {
        return Layout.HEADS + linkLines();
    }

    /** Which rows are shown, and in which order. */
    PivotSpec spec() {
        // What has ended has no state any more.
        return view == View.CLOSED
                ? arrangement().spec()
                : chips.narrow(arrangement().spec()).withEnded(showsEnded());
    }

    /** Whether connections that have ended stand among those that live; what two moments are compared by lives. */
    boolean showsEnded() {
        return display.ended() && (view.mayHaveEnded() && !calm.comparing());
    }

    UiState withSize(int newColumns, int newRows) {
        Copy copy = new Copy(this);
        copy.columns = newColumns;
        copy.rows = newRows;
        return copy.made();
    }

    UiState withTable(TableState changed) {
        Copy copy = new Copy(this);
        copy.tables.put(view, changed);
        return copy.made();
    }

    /** Another view, or other tables, and the trail that leads there. */
    UiState withView(View newView, Map<View, TableState> newTables, Trail newTrail) {
        Copy copy = new Copy(this);
        copy.view = newView;
        copy.tables.putAll(newTables);
        copy.trail = newTrail;
        return copy.made();
    }

    /** The filter is that of all views. */
    UiState withFilter(String text, @Nullable Filter filter) {
        Copy copy = new Copy(this);
        copy.tables.replaceAll((each, table) -> table.withFilter(text, filter));
        return copy.made();
    }

    UiState withArrangement(Arrangement changed) {
        return withTable(table().withArrangement(changed));
    }

    UiState withFolding(Folding changed) {
        return withTable(table().withFolding(changed));
    }

    UiState withCursor(Cursor changed) {
        return changed.equals(cursor()) ? this : withTable(table().withCursor(changed));
    }

    UiState withDialog(@Nullable Dialog changed) {
        Copy copy = new Copy(this);
        copy.dialog = changed;
        return copy.made();
    }

    UiState withPaused(@Nullable Snapshot changed) {
        Copy copy = new Copy(this);
        copy.paused = changed;
        return copy.made();
    }

    UiState withTime(TimeStatus changed) {
        Copy copy = new Copy(this);
        copy.time = changed;
        return copy.made();
    }

    UiState withInterval(long millis) {
        Copy copy = new Copy(this);
        copy.intervalMillis = millis;
        return copy.made();
    }

    UiState withMessage(String changed) {
        Copy copy = new Copy(this);
        copy.message = changed;
        return copy.made();
    }

    UiState withNotices(Notices changed) {
        Copy copy = new Copy(this);
        copy.notices = changed;
        return copy.made();
    }

    /** The same with these columns in the views that are named. */
    public UiState withColumns(Map<View, List<Field>> changed) {
        Copy copy = new Copy(this);
        changed.forEach((each, fields) -> copy.tables.computeIfPresent(
                each, (key, table) -> table.withArrangement(table.arrangement().withColumns(fields))));
        return copy.made();
    }

    /** The same with one line to be read, until the next key. */
    public UiState saying(String line) {
        return withMessage(line);
    }

    /** The same with other keys. */
    public UiState withKeys(Keymap changed) {
        Copy copy = new Copy(this);
        copy.keys = changed;
        return copy.made();
    }

    /** The same with other settings. */
    public UiState withSetup(Setup changed) {
        Copy copy = new Copy(this);
        copy.setup = changed;
        return copy.made();
    }

    UiState withCalm(Calm changed) {
        Copy copy = new Copy(this);
        copy.calm = changed;
        return copy.made();
    }

    UiState withChips(Chips changed) {
        Copy copy = new Copy(this);
        copy.chips = changed;
        return copy.made();
    }

    UiState withDisplay(Display changed) {
        Copy copy = new Copy(this);
        copy.display = changed;
        return copy.made();
    }

    /** The same with times of day in this zone; at first they are UTC. */
    public UiState withZone(ZoneId zone) {
        return withDisplay(display.withZone(zone));
    }

    /** The same with numbers in place of names, or not. */
    public UiState withNumeric(boolean numeric) {
        return withDisplay(display.withNumeric(numeric));
    }

    /** The same with some parts changed. */
    private static final class Copy {
        private int columns;
        private int rows;
        private Keymap keys;
        private View view;
        private final Map<View, TableState> tables;
        private Trail trail;
        private @Nullable Dialog dialog;
        private @Nullable Snapshot paused;
        private TimeStatus time;
        private long intervalMillis;
        private String message;
        private Notices notices;
        private Setup setup;
        private Calm calm;
        private Chips chips;
        private Display display;

        Copy(UiState state) {
            columns = state.columns;
            rows = state.rows;
            keys = state.keys;
            view = state.view;
            tables = new EnumMap<>(state.tables);
            trail = state.trail;
            dialog = state.dialog;
            paused = state.paused;
            time = state.time;
            intervalMillis = state.intervalMillis;
            message = state.message;
            notices = state.notices;
            setup = state.setup;
            calm = state.calm;
            chips = state.chips;
            display = state.display;
        }

        UiState made() {
            return new UiState(
                    columns,
                    rows,
                    keys,
                    view,
                    tables,
                    trail,
                    dialog,
                    paused,
                    time,
                    intervalMillis,
                    message,
                    notices,
                    setup,
                    calm,
                    chips,
                    display);
        }
    }
}
