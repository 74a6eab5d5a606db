package shawk.screen.zk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.QualityFields;
import shawk.screen.Grid;
import shawk.screen.InputLine;
import shawk.screen.LineEdit;
import shawk.screen.Pen;
import shawk.screen.Style;
import shawk.screen.Symbols;
import shawk.text.Human;

/**
 * One frame.
 *
 * <pre>
 * shawk zk  db01  any  1.0s   lost 0   12,034 req/s  3.0 err/s  12 ev/s  12 open   self 0.8% 96 MB
 *  1 Paths  2 Types  3 Clients  4 Sessions                            over 12m05s  depth: 2  1,204 rows
 *  filter: path ~ "^/app"                                                                      Esc back
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
        TopStatus.draw(pen, host, source, state, shown, feed.self());
        frame.tabs(order);
        frame.filter();
        frame.heads();
        frame.rows(order);
        frame.bottom(feed.failure());
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
        boolean left = order.table().left() > 0;
        String rows = Human.count(order.size())
                + (order.size() == 1 ? " row" : " rows")
                + (left ? " of " + Human.count(order.size() + order.table().left()) : "");
        String depth = state.group != TopGroup.PATH ? "" : "depth: " + (state.depth == 0 ? "whole" : state.depth);
        int room = state.columns - start - 1;
        String span = span().isEmpty() ? "" : "over " + span();
        for (String more : List.of(depth, span)) {
            boolean fits = !more.isEmpty() && more.length() + GAP + rows.length() <= room;
            rows = fits ? more + "  " + rows : rows;
        }
        pen.right(start, 1, room, rows, left ? Style.WARN : Style.DIM);
    }

    /** For how long that which is shown has been counted; empty = not yet. */
    private String span() {
        StringBuilder out = new StringBuilder();
        long micros = shown.untilMicros() - shown.sinceMicros();
        if (shown.sinceMicros() > 0 && micros > 0) {
            Human.appendMeasure(out, QualityFields.RTT, (double) micros);
        }
        return out.toString();
    }

    /** A line of its own: it is to be read whole. */
    private void filter() {
        String filter = state.trail.filter();
        if (filter.isEmpty()) {
            return;
        }
        String back = state.trail.isNarrowed() ? "Esc back" : "";
        int label = pen.text(1, 2, 8, "filter: ", Style.HINT);
        int room = state.columns - 2 - label - (back.isEmpty() ? 0 : back.length() + GAP);
        pen.ends(1 + label, 2, room, filter, Style.INPUT);
        pen.right(state.columns - back.length() - 1, 2, back.length(), back, Style.HINT);
    }

    private void heads() {
        TopLayout layout = TopLayout.of(state);
        pen.line(state.heads(), Style.HEADER);
        head(1, layout.name() - 1, state.group.head(), state.sort == null, false);
        int start = layout.name();
        for (TopColumn each : layout.columns()) {
            head(start + 1, each.width(state.bits), each.head(state.showsRecent(shown)), each == state.sort, true);
            start += 1 + each.width(state.bits);
        }
    }

    private void head(int start, int cells, String head, boolean sorted, boolean right) {
        boolean down = right != state.reversed;
        String mark = down ? pen.symbols().descending() : pen.symbols().ascending();
        String text = sorted ? head + mark : head;
        Style style = sorted ? Style.SORTED : Style.HEADER;
        if (right) {
            pen.right(start, state.heads(), cells, text, style);
        } else {
            pen.text(start, state.heads(), cells, text, style);
        }
    }

    private void rows(TopOrder order) {
        if (order.size() == 0) {
            pen.text(1, state.heads() + 2, state.columns - 2, why(order), Style.DIM);
            pen.text(1, state.heads() + 3, state.columns - 2, advice(order), Style.DIM);
            return;
        }
        TopLayout layout = TopLayout.of(state);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < state.page() && state.scroll + i < order.size(); i++) {
            row(layout, order, state.scroll + i, state.heads() + 1 + i, text);
        }
    }

    /** Why there are no rows. */
    private String why(TopOrder order) {
        String what =
                state.trail.filter().isEmpty() ? "nothing of ZooKeeper's" : "nothing that the filter lets through";
        if (shown.sequence() == 0) {
            return "waiting for packets";
        }
        return switch (shown.phase()) {
            case READING -> order == TopOrder.NONE ? "the file is read for this" : what + " so far";
            case OVER -> what + " was captured";
            default -> order == TopOrder.NONE ? "counts begin" : what + " has come in " + span();
        };
    }

    /** What somebody can do about it; empty where it is too early to tell. */
    private String advice(TopOrder order) {
        if (state.trail.isNarrowed()) {
            return "Esc goes back";
        }
        boolean wait = order == TopOrder.NONE || shown.phase() == TopPhase.READING;
        return wait || !state.trail.filter().isEmpty() ? "" : "are there servers at other ports? --zookeeper-port";
    }

    private void row(TopLayout layout, TopOrder order, int place, int line, StringBuilder text) {
        boolean cursor = place == state.cursorRow;
        Style style = cursor ? Style.CURSOR : Style.PLAIN;
        pen.line(line, style);
        pen.ends(1, line, layout.name() - 1, order.name(place), style);
        int start = layout.name();
        for (TopColumn each : layout.columns()) {
            text.setLength(0);
            double value = order.value(each, place);
            each.append(text, value, state.bits, state.showsRecent(shown));
            boolean bad = each == TopColumn.ERRORS && value > 0;
            pen.right(start + 1, line, each.width(state.bits), text, cursor ? style : bad ? Style.BAD : style);
            start += 1 + each.width(state.bits);
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
            pen.ends(1, line, state.columns - 2, state.message, Style.WARN);
        } else {
            int used = failure.isEmpty() ? 0 : pen.text(1, line, state.columns - 2, "! " + failure, Style.BAD) + GAP;
            hints(line, used + 1);
        }
    }

    /** As many hints as fit; how to quit is always there. */
    private void hints(int line, int from) {
        String before = "";
        int start = from;
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
        if (start > end + GAP) {
            return;
        }
        start += pen.text(start, line, 1, "q", Style.KEY) + 1;
        pen.text(start, line, 4, "quit", Style.HINT);
    }

    private static String keyLabel(TopKey key) {
        return key.hint().equals("help") ? "F1" : key.keys().get(0).label();
    }
}
