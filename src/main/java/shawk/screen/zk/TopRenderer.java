package shawk.screen.zk;

import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.screen.Grid;
import shawk.screen.InputLine;
import shawk.screen.LineEdit;
import shawk.screen.Pen;
import shawk.screen.SelfCost;
import shawk.screen.Style;
import shawk.screen.Symbols;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * One frame.
 *
 * <pre>
 * shawk zk  db01  any  1.0s   12,034 req/s  3.0 err/s  12 ev/s   12 open   lost 0   self 0.8% 96 MB
 *  1 Paths  2 Types  3 Clients  4 Sessions   filter: path ~ "^/app"               depth: 2   1,204 rows
 * PATH                                 REQ/S▼  TOTAL ERRORS OPEN    IN/S   OUT/S    AVG    P50    P95    P99    MAX
 * /app/orders                          1,204  90,190      3    2 41 kB/s  3 MB/s 0.3 ms 0.2 ms 1.9 ms 4.0 ms  22 ms
 * …
 *  F1 help  / filter  Tab view  <> sort  Space pause  Enter open  q quit
 * </pre>
 */
final class TopRenderer {
    private static final int GAP = 2;

    private final Pen pen;
    private final TopState state;
    private final TopSnapshot shown;
    private int column;

    private TopRenderer(Pen pen, TopState state, TopSnapshot shown) {
        this.pen = pen;
        this.state = state;
        this.shown = shown;
    }

    static void draw(
            Grid grid,
            Symbols symbols,
            String host,
            String source,
            TopState state,
            TopSnapshot shown,
            TopOrder order,
            TopFeed feed) {
        grid.reset(state.columns, state.rows);
        Pen pen = new Pen(grid, symbols);
        if (state.columns < TopLayout.MIN_COLUMNS || state.rows < TopLayout.MIN_ROWS) {
            pen.text(0, 0, state.columns, "too small: " + state.columns + "x" + state.rows, Style.PLAIN);
            pen.text(0, 1, state.columns, "needs " + TopLayout.MIN_COLUMNS + "x" + TopLayout.MIN_ROWS, Style.PLAIN);
            pen.text(0, 2, state.columns, "q quits", Style.DIM);
            return;
        }
        if (state.help >= 0) {
            TopHelp.draw(pen, state);
            return;
        }
        TopRenderer frame = new TopRenderer(pen, state, shown);
        frame.status(host, source, feed.self());
        frame.tabs(order);
        frame.heads();
        frame.rows(order);
        frame.bottom(feed.failure());
    }

    private void status(String host, String source, SelfCost self) {
        pen.line(0, Style.STATUS);
        part(0, "shawk zk", Style.STATUS);
        part(2, host, Style.STATUS);
        part(2, source, Style.STATUS);
        part(2, interval(state.intervalMillis), Style.STATUS);
        if (state.paused != null) {
            part(2, "PAUSED", Style.ALERT);
        }
        if (state.frozen) {
            part(2, "FROZEN", Style.ALERT);
        }
        TopTotals totals = shown.totals();
        if (shown.sequence() > 0) {
            losses(totals);
            part(3, rate(totals.requestRate()) + " req/s", Style.STATUS);
            part(2, rate(totals.errorRate()) + " err/s", Style.STATUS);
            part(2, rate(totals.eventRate()) + " ev/s", Style.STATUS);
            part(2, Human.count(totals.open()) + " open", Style.STATUS);
        }
        part(3, self(self), Style.STATUS);
    }

    /** What is not seen comes before the rates: it says what these are worth. */
    private void losses(TopTotals totals) {
        part(3, "lost " + Human.count(totals.dropped()), totals.dropped() > 0 ? Style.ALERT : Style.STATUS);
        if (totals.missing() > 0) {
            part(2, "missing " + bytes(totals.missing()), Style.ALERT);
        }
        if (totals.undecoded() > 0) {
            part(2, "undecoded " + bytes(totals.undecoded()), Style.ALERT);
        }
    }

    private void part(int gap, String text, Style style) {
        int width = DisplayWidth.of(text);
        if (!text.isEmpty() && column + gap + width <= pen.grid().columns()) {
            column += gap + pen.text(column + gap, 0, width, text, style);
        }
    }

    private static String interval(long millis) {
        return millis < 1000 ? millis + "ms" : millis / 1000 + "." + millis / 100 % 10 + "s";
    }

    private static String rate(double value) {
        StringBuilder out = new StringBuilder();
        TopColumn.RATE.append(out, value, false);
        return out.toString();
    }

    private static String bytes(long value) {
        StringBuilder out = new StringBuilder();
        Human.appendMeasure(out, CountFields.TX_BYTES, (double) value);
        return out.toString();
    }

    private static String self(SelfCost self) {
        if (Double.isNaN(self.cpuPercent()) || self.residentBytes() < 0) {
            return "";
        }
        long tenths = Math.round(10 * self.cpuPercent());
        return "self " + tenths / 10 + "." + tenths % 10 + "% " + bytes(self.residentBytes());
    }

    private static String tab(TopGroup group) {
        return group.ordinal() + 1 + " " + group.tab();
    }

    /** The view that a cell of the second line is the name of; null = none. */
    static @Nullable TopGroup tabAt(int cell) {
        int start = 1;
        for (TopGroup group : TopGroup.values()) {
            int end = start + tab(group).length();
            if (cell >= start && cell < end) {
                return group;
            }
            start = end + GAP;
        }
        return null;
    }

    private void tabs(TopOrder order) {
        int start = 1;
        for (TopGroup group : TopGroup.values()) {
            Style style = group == state.group ? Style.SORTED : Style.DIM;
            start += pen.text(start, 1, state.columns, tab(group), style) + GAP;
        }
        StringBuilder rows = new StringBuilder();
        rows.append(Human.count(order.size())).append(order.size() == 1 ? " row" : " rows");
        if (order.table().left() > 0) {
            rows.append(" of ").append(Human.count(order.size() + order.table().left()));
        }
        String depth =
                state.group != TopGroup.PATH ? "" : "depth: " + (state.depth == 0 ? "whole" : state.depth) + "   ";
        int room = state.columns - start - 1;
        String right = depth.length() + rows.length() <= room ? depth + rows : rows.toString();
        int tail = Math.min(right.length(), room);
        pen.right(start, 1, room, right, order.table().left() > 0 ? Style.WARN : Style.DIM);
        if (!state.filter.isEmpty() && room - tail > 12) {
            pen.text(start + 1, 1, room - tail - 3, "filter: " + state.filter, Style.INPUT);
        }
    }

    private void heads() {
        TopLayout layout = TopLayout.of(state);
        pen.line(2, Style.HEADER);
        head(1, layout.name() - 1, state.group.head(), state.sort == null, false);
        int start = layout.name();
        for (TopColumn each : layout.columns()) {
            head(start + 1, each.width(), each.head(), each == state.sort, true);
            start += 1 + each.width();
        }
    }

    private void head(int start, int cells, String head, boolean sorted, boolean right) {
        boolean down = right != state.reversed;
        String mark = down ? pen.symbols().descending() : pen.symbols().ascending();
        String text = sorted ? head + mark : head;
        Style style = sorted ? Style.SORTED : Style.HEADER;
        if (right) {
            pen.right(start, 2, cells, text, style);
        } else {
            pen.text(start, 2, cells, text, style);
        }
    }

    private void rows(TopOrder order) {
        if (order.size() == 0) {
            String why = shown.sequence() == 0
                    ? "waiting for packets"
                    : state.filter.isEmpty()
                            ? "nothing of ZooKeeper's has come since the counts began"
                            : "nothing that the filter lets through was captured yet; Esc clears it";
            pen.text(1, 4, state.columns - 2, why, Style.DIM);
            return;
        }
        TopLayout layout = TopLayout.of(state);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < state.page() && state.scroll + i < order.size(); i++) {
            row(layout, order, state.scroll + i, 3 + i, text);
        }
    }

    private void row(TopLayout layout, TopOrder order, int place, int line, StringBuilder text) {
        boolean cursor = place == state.cursorRow;
        Style style = cursor ? Style.CURSOR : Style.PLAIN;
        pen.line(line, style);
        pen.text(1, line, layout.name() - 1, order.name(place), style);
        int start = layout.name();
        for (TopColumn each : layout.columns()) {
            text.setLength(0);
            double value = order.value(each, place);
            each.append(text, value, state.bits);
            boolean bad = each == TopColumn.ERRORS && value > 0;
            pen.right(start + 1, line, each.width(), text, cursor ? style : bad ? Style.BAD : style);
            start += 1 + each.width();
        }
    }

    private void bottom(String failure) {
        int line = state.rows - 1;
        LineEdit typing = state.typing;
        if (typing != null) {
            TopFeed.Refusal wrong = state.wrong;
            String label = state.asked == TopState.Asked.FILTER ? " filter: " : " interval: ";
            InputLine.draw(pen, label, typing, wrong == null ? null : wrong.line(), wrong == null ? -1 : wrong.at());
        } else if (!state.message.isEmpty()) {
            pen.text(1, line, state.columns - 2, state.message, Style.WARN);
        } else if (!failure.isEmpty()) {
            pen.text(1, line, state.columns - 2, "! " + failure, Style.BAD);
        } else {
            hints(line);
        }
    }

    /** As many hints as fit; how to quit is always there. */
    private void hints(int line) {
        String before = "";
        int start = 1;
        int end = state.columns - "q quit".length() - GAP - 1;
        for (TopKey key : TopKeys.all()) {
            String hint = key.hint();
            if (hint.isEmpty()) {
                continue;
            }
            String label = keyLabel(key);
            boolean joined = hint.equals(before);
            int width = label.length() + 1 + hint.length();
            if (joined || hint.equals("quit") || start + width > end) {
                continue;
            }
            before = hint;
            label = hint.equals("sort") ? "<>" : label;
            start += pen.text(start, line, label.length(), label, Style.KEY) + 1;
            start += pen.text(start, line, hint.length(), hint, Style.HINT) + GAP;
        }
        start += pen.text(start, line, 1, "q", Style.KEY) + 1;
        pen.text(start, line, 4, "quit", Style.HINT);
    }

    private static String keyLabel(TopKey key) {
        return key.hint().equals("help") ? "F1" : key.keys().get(0).label();
    }
}
