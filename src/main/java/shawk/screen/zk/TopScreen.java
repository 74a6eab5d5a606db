package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.Key;
import shawk.screen.LineEdit;
import shawk.screen.Stage;
import shawk.screen.Symbols;
import shawk.text.DisplayWidth;

/** The monitor of ZooKeeper's clients between terminal and feed. Used by the thread that draws; does no I/O. */
public final class TopScreen implements Stage {
    private final TopFeed feed;
    private final String host;
    private final String source;
    private final Symbols symbols;
    private final TopState state;
    private final List<Effect> effects = new ArrayList<>();
    private TopSnapshot newest = TopSnapshot.EMPTY;
    private TopOrder order = TopOrder.NONE;
    /** The snapshot that {@link #order} is of. */
    private long ordered;

    /**
     * A screen without a snapshot yet; the feed counts already.
     *
     * @param host name of this host, harmless
     * @param source where packets come from, harmless
     * @param ascii whether only ASCII is drawn
     * @param filter as it was given; the feed has it already
     */
    public TopScreen(
            TopFeed feed,
            String host,
            String source,
            boolean ascii,
            TopGroup group,
            int depth,
            TopColumn sort,
            String filter,
            long intervalMillis) {
        this.feed = feed;
        this.host = host;
        this.source = source;
        this.symbols = ascii ? Symbols.ASCII : Symbols.UTF8;
        this.state = new TopState(group, depth, sort, filter, intervalMillis);
    }

    @Override
    public void onNews(Runnable wake) {
        feed.onNews(wake);
        feed.depth(state.depth);
    }

    @Override
    public void takeNews() {
        TopSnapshot latest = feed.latest();
        // Until what was asked for comes there is what was there: nothing stands under another's filter.
        if (latest.level() == state.trail.last().id()) {
            newest = latest;
            derive(false);
        }
    }

    @Override
    public List<Effect> on(Event event) {
        effects.clear();
        if (event instanceof Event.Resized size) {
            state.columns = size.columns();
            state.rows = size.rows();
            TopHelp.scrollAgain(state);
        } else if (event instanceof Event.KeyPressed pressed) {
            state.message = "";
            press(pressed.key());
        } else if (event instanceof Event.Wheeled wheel) {
            move(3 * wheel.steps());
        } else if (event instanceof Event.Clicked click) {
            TopPointer.click(this, state, order, click);
        } else if (event instanceof Event.Said said) {
            state.message = said.message();
        }
        settle();
        return List.copyOf(effects);
    }

    @Override
    public void draw(Grid grid) {
        TopRenderer.draw(grid, symbols, host, source, state, shown(), order, feed);
    }

    private TopSnapshot shown() {
        TopSnapshot paused = state.paused;
        return paused == null ? newest : paused;
    }

    /** Brings the order up to date with the snapshot and the state. */
    private void derive(boolean anew) {
        TopTable table = shown().table(state.group);
        if (table == null || table.group() != state.group || table.depth() != depthOf(state.group)) {
            // What was asked for is under way: until it comes nothing is shown under a wrong name.
            if (order.table().group() != state.group || order.table().depth() != depthOf(state.group)) {
                order = TopOrder.NONE;
            }
        } else if (anew || ordered != shown().sequence()) {
            boolean keeps = state.frozen && !anew && order.table().group() == table.group();
            TopTable wanted = state.showsRecent(shown()) ? table.recently() : table;
            order = keeps ? order.keptFor(wanted) : TopOrder.sorted(wanted, state.sort, state.reversed);
            ordered = shown().sequence();
        }
        settle();
    }

    private int depthOf(TopGroup group) {
        return group == TopGroup.PATH ? state.depth : 0;
    }

    /** The cursor stays on its row where that is, else at its place; the top stays in view while it is there. */
    private void settle() {
        int size = order.size();
        if (size == 0) {
            state.cursorRow = 0;
            state.scroll = 0;
            return;
        }
        int found = order.find(state.cursor);
        int row = found >= 0 ? found : Math.min(state.cursorRow, size - 1);
        int scroll = state.scroll == 0 && row < state.page() ? 0 : row - (state.cursorRow - state.scroll);
        place(row, scroll);
        if (found < 0 && state.cursor != null) {
            state.cursor = order.name(row);
        }
    }

    private void place(int row, int scroll) {
        int page = state.page();
        int most = Math.max(0, order.size() - page);
        state.cursorRow = row;
        state.scroll = Math.max(Math.max(0, row - page + 1), Math.min(scroll, Math.min(row, most)));
    }

    private void press(Key key) {
        TopKey found = TopKeys.find(key);
        boolean everywhere = key.kind() == Key.Kind.CTRL && "clz".indexOf(key.codePoint()) >= 0;
        if (everywhere && found != null) {
            found.action().accept(this);
        } else if (state.typing != null) {
            type(state.typing, key);
        } else if (state.help >= 0) {
            if (!TopHelp.press(state, key)) {
                state.help = -1;
                if (found != null && found.what().startsWith("quit")) {
                    found.action().accept(this);
                }
            }
        } else if (found != null) {
            found.action().accept(this);
        }
    }

    private void type(LineEdit line, Key key) {
        switch (key.kind()) {
            case ESCAPE -> stopTyping();
            case ENTER -> {
                if (state.wrong == null) {
                    enter(line.text().strip());
                }
            }
            default -> {
                LineEdit changed = line.on(key);
                state.typing = changed;
                state.wrong = TopTyped.wrong(feed, state, changed.text());
            }
        }
    }

    private void enter(String text) {
        if (state.asked == TopState.Asked.FILTER) {
            stopTyping();
            enterFilter(text);
            return;
        }
        TopFeed.Refusal refusal = TopTyped.wrong(feed, state, text);
        if (refusal != null) {
            state.wrong = refusal;
            return;
        }
        stopTyping();
        setInterval(TopTyped.millis(text));
    }

    private void stopTyping() {
        state.typing = null;
        state.wrong = null;
    }

    /** A filter that is in force already, further out, is gone back to: its counts are there. */
    private void enterFilter(String text) {
        int outer = state.trail.find(text);
        if (text.equals(state.trail.filter())) {
            state.message = "that filter is in force; z begins its counts anew";
        } else if (outer >= 0) {
            backTo(outer);
        } else {
            narrow(text, true);
        }
    }

    /** Counts begin of what a filter lets through; those that there are go on besides. Returns whether they do. */
    private boolean narrow(String filter, boolean typed) {
        String fixed = feed.fixed();
        if (!fixed.isEmpty()) {
            state.message = fixed;
            return false;
        }
        if (!state.trail.hasRoom(typed)) {
            state.message = TopTrail.MOST - 1 + " filters stand inside each other, there is no room for more; Esc";
            return false;
        }
        TopTrail.Look look =
                new TopTrail.Look(newest, state.group, state.depth, state.cursor, state.cursorRow, state.scroll);
        state.trail.narrow(filter, typed, look);
        showLevel(newest.narrowed(state.trail.last().id()));
        return true;
    }

    /** The last level of the trail, of which that much is known. */
    private void showLevel(TopSnapshot known) {
        state.paused = null;
        state.frozen = false;
        newest = known;
        order = TopOrder.NONE;
        feed.levels(state.trail.levels());
        derive(true);
    }

    private void backTo(int outer) {
        TopTrail.Look look = null;
        while (state.trail.depth() > outer) {
            look = state.trail.widen();
        }
        if (look == null) {
            return;
        }
        state.group = look.group();
        state.cursor = look.cursor();
        state.cursorRow = look.cursorRow();
        if (state.depth != look.depth()) {
            state.depth = look.depth();
            feed.depth(state.depth);
        }
        showLevel(look.snapshot());
        place(state.cursorRow, look.scroll());
    }

    void help() {
        state.help = 0;
    }

    void typeFilter() {
        String fixed = feed.fixed();
        if (!fixed.isEmpty()) {
            state.message = fixed;
            return;
        }
        state.asked = TopState.Asked.FILTER;
        state.typing = LineEdit.of(state.trail.filter());
    }

    /** Whether there are intervals; else it says so. */
    private boolean hasInterval() {
        boolean has = shown().phase() == TopPhase.COUNTING;
        if (!has) {
            state.message = "there is no interval: all of the time is shown together";
        }
        return has;
    }

    void typeInterval() {
        if (!hasInterval()) {
            return;
        }
        state.asked = TopState.Asked.INTERVAL;
        state.typing = LineEdit.of("");
    }

    void turn(int step) {
        group(state.group.next(step));
    }

    void group(TopGroup group) {
        if (group != state.group) {
            state.group = group;
            state.cursor = null;
            state.cursorRow = 0;
            state.scroll = 0;
            derive(true);
        }
    }

    void deepen(int step) {
        if (state.group != TopGroup.PATH) {
            state.message = "only paths have components: 1 shows them";
        } else if (state.paused != null) {
            state.message = "paused: Space goes on";
        } else if (state.depth == 0 && step > 0) {
            state.message = "these are whole paths";
        } else {
            state.depth = state.depth == 0 ? 1 : Math.max(1, Math.min(TopState.MAX_DEPTH, state.depth + step));
            feed.depth(state.depth);
            derive(true);
        }
    }

    void wholePaths() {
        if (state.group == TopGroup.PATH && state.depth > 0 && state.paused == null) {
            state.depth = 0;
            feed.depth(state.depth);
            derive(true);
        }
    }

    /** The row's own filter inside of the one that there is, and another view; of a path those below it. */
    void open() {
        if (order.size() == 0) {
            state.message = "there is no row";
            return;
        }
        SafeText name = order.key(state.cursorRow);
        if (name.equals(TopTable.OTHERS)) {
            state.message = "these are all that have no row of their own: no filter lets just them through";
            return;
        }
        boolean below = state.group == TopGroup.PATH && state.depth > 0;
        String own = TopFilters.of(state.group, name.value(), below);
        if (own == null) {
            state.message = "messages of no known session: no filter lets just them through";
            return;
        }
        String filter = TopFilters.inside(state.trail, own);
        TopFeed.Refusal refusal = feed.refusal(filter);
        if (refusal != null) {
            state.message = "no filter for this row: " + refusal.line();
        } else if (narrow(filter, false)) {
            if (below) {
                state.depth = Math.min(TopState.MAX_DEPTH, state.depth + 1);
                feed.depth(state.depth);
            }
            turn(1);
        }
    }

    void back() {
        if (state.trail.isNarrowed()) {
            backTo(state.trail.depth() - 1);
        } else {
            state.message = state.trail.filter().isEmpty()
                    ? "there is no filter; q quits"
                    : "this is where it began: / changes the filter, q quits";
        }
    }

    void sortBeside(int step) {
        List<TopColumn> seen = TopLayout.of(state).columns();
        int at = state.sort == null ? -1 : seen.indexOf(state.sort);
        int next = Math.floorMod(at + 1 + step, seen.size() + 1) - 1;
        sort(next < 0 ? null : seen.get(next));
    }

    void sort(@Nullable TopColumn column) {
        state.sort = column;
        state.reversed = false;
        state.frozen = false;
        derive(true);
    }

    void reverse() {
        state.reversed = !state.reversed;
        derive(true);
    }

    void freeze() {
        state.frozen = !state.frozen;
        derive(!state.frozen);
    }

    void pause() {
        if (state.paused != null) {
            goOn();
            return;
        }
        state.paused = newest;
    }

    private void goOn() {
        state.paused = null;
        derive(false);
    }

    void restart() {
        if (shown().phase() != TopPhase.COUNTING) {
            state.message = "nothing more comes that could be counted anew";
            return;
        }
        state.trail.again();
        showLevel(newest.narrowed(state.trail.last().id()));
        state.message = "counts begin anew";
    }

    /** Errors and times of the last interval, or of all. */
    void recent() {
        if (hasInterval()) {
            state.recent = !state.recent;
            derive(true);
        }
    }

    void interval(double factor) {
        if (hasInterval()) {
            setInterval(Math.round(state.intervalMillis * factor));
        }
    }

    private void setInterval(long millis) {
        state.intervalMillis = TopTyped.bounded(millis);
        feed.intervalMillis(state.intervalMillis);
    }

    void bits() {
        state.bits = !state.bits;
    }

    void copy() {
        if (order.size() == 0) {
            state.message = "there is no row";
            return;
        }
        StringBuilder text = new StringBuilder(order.name(state.cursorRow));
        for (TopColumn column : TopColumn.values()) {
            text.append('\t');
            column.append(text, order.value(column, state.cursorRow), state.bits, state.showsRecent(shown()));
        }
        effects.add(new Effect.Copy(text.toString()));
        state.message = "copied, where the terminal lets a program do that";
    }

    void move(int rows) {
        if (order.size() > 0) {
            goTo((int) Math.max(0, Math.min((long) state.cursorRow + rows, order.size() - 1)));
        }
    }

    void page(int halves) {
        int rows = Math.max(1, state.page() * Math.abs(halves) / 2);
        state.scroll += halves < 0 ? -rows : rows;
        state.scroll = Math.max(0, state.scroll);
        move(halves < 0 ? -rows : rows);
    }

    void goTo(int row) {
        state.cursor = order.name(row);
        place(row, state.scroll);
        boolean cut = DisplayWidth.of(state.cursor) >= TopLayout.of(state).name();
        state.message = cut ? state.cursor : "";
    }

    void redraw() {
        effects.add(new Effect.Redraw());
    }

    void suspend() {
        effects.add(new Effect.Suspend());
    }

    void quit(boolean leaveFrame) {
        effects.add(new Effect.Quit(leaveFrame));
    }
}
