package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.model.SafeText;
import shawk.pivot.RowChoice;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * The second line: the views, and what the rows of the one shown are chosen and grouped by; a mark where this run
 * cannot see everything. Where the line is short, the tabs are the first to give way, then the grouping.
 *
 * <pre>
 *  1 Flows  2 Connections  3 Listening  5 Processes  6 Peers   filter: port = 443 (812 conns)   group: process›peer›port
 *  1 Flow 2 Conn 3 List 5 Proc 6 Peer   nginx (4656) › 10.0.0.11   sort: age▼                  !2   group: port
 * </pre>
 */
final class ContextLine {
    private static final int GAP = 3;
    private final Pen pen;
    private final UiState state;
    private final int line;
    private final String compared;
    private final String watched;
    private final String chips;
    private final String trail;
    private final String sort;
    private final String filter;
    private final String count;
    private String group;
    private final String mark;

    private ContextLine(Pen pen, Scene scene, int line) {
        this.pen = pen;
        this.line = line;
        this.state = scene.state();
        Arrangement arrangement = state.arrangement();
        boolean rows = state.view().hasRows();
        this.trail = state.trail().text(pen.symbols().chain());
        this.sort = hiddenSort(arrangement, pen.symbols());
        this.filter = arrangement.filter() == null || !rows
                ? ""
                : "filter: " + SafeText.of(arrangement.filterText()).value();
        this.chips = state.chips().isEmpty() || !rows || state.view() == View.CLOSED
                ? ""
                : "only: " + state.chips().text();
        this.count = state.spec().filter() == null || !rows ? "" : count(scene);
        Comparison comparison = state.calm().comparison();
        this.compared = comparison == null || !comparison.shown()
                ? ""
                : comparison.since(
                        scene.tree().pivot().snapshot(), state.display().zone());
        Watch watch = state.calm().watch();
        this.watched = watch == null ? "" : watch.text();
        this.group = Views.fixed(arrangement.view()) != null
                ? ""
                : "group: " + Presets.names(arrangement.groupBy(), pen.symbols().chain());
        int hidden = state.notices().hidden() ? state.notices().count() : 0;
        this.mark = hidden > 0 ? "!" + hidden : "";
    }

    static void draw(Pen pen, Scene scene, int line) {
        new ContextLine(pen, scene, line).draw();
    }

    /** The view whose tab was drawn at a cell; null = none was. */
    static @Nullable View viewAt(Pen pen, Scene scene, int cell) {
        Tabs tabs = new ContextLine(pen, scene, 0).tabs(pen.grid().columns());
        return tabs.at(cell, 1, scene.state().view());
    }

    /** The longest for which there is room. */
    private Tabs tabs(int columns) {
        for (Tabs each : Tabs.values()) {
            if (1 + each.width(state.view()) + needed() <= columns) {
                return each;
            }
        }
        return Tabs.SHORTEST;
    }

    private void draw() {
        int columns = pen.grid().columns();
        Tabs tabs = tabs(columns);
        if (1 + tabs.width(state.view()) + needed() > columns) {
            group = "";
        }
        int end = columns - 1;
        end -= right(end, group, Style.PLAIN);
        end -= right(end, mark, Style.WARN);
        int column = 1 + tabs.draw(pen, 1, line, state.view()) + GAP;
        column += part(column, end, compared, Style.ALERT);
        column += part(column, end, trail, Style.GROUP);
        column += part(column, end, all(), Style.PLAIN);
        column += part(column, end, sort, Style.PLAIN);
        if (!filter.isEmpty()) {
            int room = end - column - count.length() - (chips.isEmpty() ? 0 : chips.length() + GAP);
            column += pen.text(column, line, room, filter, Style.INPUT) + (chips.isEmpty() ? 0 : GAP);
        }
        column += pen.text(column, line, end - column, chips, Style.INPUT);
        column += pen.text(column, line, end - column, count, Style.PLAIN);
        part(column + (count.isEmpty() ? 0 : GAP), end, watched, Style.WARN);
    }

    /** Cells for everything but the tabs. */
    private int needed() {
        int needed = 1;
        for (String each : new String[] {compared, trail, all(), sort, filter, chips + count, watched, mark, group}) {
            needed += each.isEmpty() ? 0 : GAP + DisplayWidth.of(each);
        }
        return needed;
    }

    private int right(int end, String text, Style style) {
        int width = DisplayWidth.of(text);
        if (width > 0) {
            pen.text(end - width, line, width, text, style);
        }
        return width == 0 ? 0 : width + GAP;
    }

    private int part(int column, int end, String text, Style style) {
        return text.isEmpty() ? 0 : pen.text(column, line, end - column, text, style) + GAP;
    }

    private String all() {
        String all = state.arrangement().rows() == RowChoice.ALL ? "all" : "";
        return state.showsEnded() ? all + "+ended" : all;
    }

    /** The order, where no head of a column shows it; a count of single connections orders nothing. */
    private static String hiddenSort(Arrangement arrangement, Symbols symbols) {
        if (arrangement.sort().isEmpty() || Sorting.place(arrangement) >= 0) {
            return "";
        }
        SortKey first = arrangement.sort().get(0);
        boolean single = arrangement.groupBy().isEmpty() && arrangement.view() != View.LISTENING;
        if (single && Layout.ofGroups(first.field())) {
            return "";
        }
        return "sort: " + first.field().id() + (first.descending() ? symbols.descending() : symbols.ascending());
    }

    private static String count(Scene scene) {
        StringBuilder out = new StringBuilder(" (");
        if (scene.state().view() == View.LISTENING) {
            int listeners = scene.tree().pivot().root().size();
            return out.append(listeners)
                    .append(listeners == 1 ? " listener)" : " listeners)")
                    .toString();
        }
        Human.appendMeasure(out, CountFields.CONNS, scene.matching());
        if (scene.state().view() == View.CLOSED) {
            return out.append(" ended)").toString();
        }
        return out.append(scene.state().chips().isEmpty() ? " conns)" : " sockets)")
                .toString();
    }
}
