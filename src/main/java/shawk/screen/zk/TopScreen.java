package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.Key;
import shawk.screen.LineEdit;
import shawk.screen.Stage;
import shawk.screen.Symbols;

/** The monitor of ZooKeeper's clients between terminal and feed. Used by the thread that draws; does no I/O. */
public final class TopScreen implements Stage {
    private static final long MIN_INTERVAL = 100;
    private static final long MAX_INTERVAL = 3_600_000;

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
        newest = feed.latest();
        derive(false);
    }

    @Override
    public List<Effect> on(Event event) {
        effects.clear();
        if (event instanceof Event.Resized size) {
            state.columns = size.columns();
            state.rows = size.rows();
        } else if (event instanceof Event.KeyPressed pressed) {
            state.message = "";
            press(pressed.key());
        } else if (event instanceof Event.Wheeled wheel) {
            move(3 * wheel.steps());
        } else if (event instanceof Event.Clicked click) {
            click(click);
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
            order = keeps ? order.keptFor(table) : TopOrder.sorted(table, state.sort, state.reversed);
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
            pageHelp(key, found);
        } else if (found != null) {
            found.action().accept(this);
        }
    }

    private void pageHelp(Key key, @Nullable TopKey found) {
        int page = Math.max(1, state.rows - 3);
        int wanted =
                switch (key.kind()) {
                    case UP -> state.help - 1;
                    case DOWN -> state.help + 1;
                    case PAGE_UP -> state.help - page;
                    case PAGE_DOWN -> state.help + page;
                    case HOME -> 0;
                    case END -> Integer.MAX_VALUE;
                    default -> -1;
                };
        if (wanted == -1 && key.kind() != Key.Kind.UP && key.kind() != Key.Kind.PAGE_UP) {
            state.help = -1;
            if (found != null && found.what().startsWith("quit")) {
                found.action().accept(this);
            }
            return;
        }
        state.help = Math.max(0, Math.min(wanted, Math.max(0, TopHelp.lines() - page)));
    }

    private void click(Event.Clicked click) {
        if (state.typing != null || state.help >= 0) {
            return;
        }
        TopGroup tab = click.row() == 1 ? TopRenderer.tabAt(click.column()) : null;
        int row = state.scroll + click.row() - 3;
        if (tab != null) {
            group(tab);
        } else if (click.row() == 2) {
            TopLayout layout = TopLayout.of(state);
            TopColumn column = layout.columnAt(click.column());
            if (column == state.sort) {
                reverse();
            } else {
                sort(column);
            }
        } else if (click.row() > 2 && click.row() < state.rows - 1 && row < order.size()) {
            goTo(row);
            if (click.twice()) {
                open();
            }
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
                state.wrong = wrong(changed.text());
            }
        }
    }

    private TopFeed.@Nullable Refusal wrong(String text) {
        if (state.asked == TopState.Asked.FILTER) {
            return text.isBlank() ? null : feed.refusal(text);
        }
        long millis = millis(text.strip());
        return millis >= MIN_INTERVAL && millis <= MAX_INTERVAL
                ? null
                : new TopFeed.Refusal("a time from 100ms to 1h, such as 500ms, 2s, 1m", -1);
    }

    private static long millis(String text) {
        try {
            return Durations.parse(text).toMillis();
        } catch (ExprException e) {
            return -1;
        }
    }

    private void enter(String text) {
        if (state.asked == TopState.Asked.FILTER) {
            stopTyping();
            if (!text.equals(state.filter)) {
                filter(text);
            }
            return;
        }
        TopFeed.Refusal refusal = wrong(text);
        if (refusal != null) {
            state.wrong = refusal;
            return;
        }
        stopTyping();
        setInterval(millis(text));
    }

    private void stopTyping() {
        state.typing = null;
        state.wrong = null;
    }

    private void filter(String text) {
        state.filter = text;
        goOn();
        feed.restart(text);
    }

    void help() {
        state.help = 0;
    }

    void typeFilter() {
        if (!feed.failure().isEmpty()) {
            state.message = feed.failure() + ": a filter would let nothing through; start anew with -f";
            return;
        }
        state.asked = TopState.Asked.FILTER;
        state.typing = LineEdit.of(state.filter);
    }

    void typeInterval() {
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

    /** The row's own filter besides the one that there is, and another view. */
    void open() {
        if (order.size() == 0) {
            state.message = "there is no row";
            return;
        }
        String name = order.name(state.cursorRow);
        String own = TopFilters.of(state.group, name, state.group == TopGroup.PATH && state.depth > 0);
        String all = state.filter.isEmpty() ? own : "(" + state.filter + ") and " + own;
        TopFeed.Refusal refusal = feed.refusal(all);
        if (refusal != null) {
            state.message = "no filter for this row: " + refusal.line();
            return;
        }
        filter(all);
        turn(1);
    }

    void back() {
        if (state.filter.isEmpty()) {
            state.message = "there is no filter; q quits";
        } else {
            filter("");
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
        goOn();
        feed.restart(state.filter);
        state.message = "counts begin anew";
    }

    void interval(double factor) {
        setInterval(Math.round(state.intervalMillis * factor));
    }

    private void setInterval(long millis) {
        state.intervalMillis = Math.max(MIN_INTERVAL, Math.min(MAX_INTERVAL, millis));
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
            column.append(text, order.value(column, state.cursorRow), state.bits);
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

    private void goTo(int row) {
        state.cursor = order.name(row);
        place(row, state.scroll);
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
