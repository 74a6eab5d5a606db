package shawk.screen;

import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.model.SafeText;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * The second line: the view, what the rows are chosen and grouped by, and a mark where this run cannot see everything.
 *
 * <pre>
 *  Flows   sort: age▼   filter: port = 443 (812 conns)                           !2   group: process›peer›port
 * </pre>
 */
final class ContextLine {
    private ContextLine() {}

    static void draw(Pen pen, Scene scene) {
        UiState state = scene.state();
        int columns = pen.grid().columns();
        String group = "group: "
                + Presets.names(state.arrangement().groupBy(), pen.symbols().chain());
        int groupStart = Math.max(9, columns - DisplayWidth.of(group) - 1);
        pen.text(groupStart, 1, columns - groupStart, group, Style.PLAIN);
        if (state.notices().hidden() && state.notices().count() > 0) {
            String mark = "!" + state.notices().count();
            groupStart -= mark.length() + 3;
            pen.text(groupStart, 1, mark.length(), mark, Style.WARN);
        }
        int column = 1 + pen.text(1, 1, columns, state.view().title(), Style.GROUP) + 3;
        if (state.arrangement().all()) {
            column += pen.text(column, 1, groupStart - column - 1, "all", Style.PLAIN) + 3;
        }
        String sort = hiddenSort(state.arrangement(), pen.symbols());
        if (!sort.isEmpty()) {
            column += pen.text(column, 1, groupStart - column - 1, sort, Style.PLAIN) + 3;
        }
        if (state.arrangement().filter() != null) {
            String count = count(scene.matching());
            int room = groupStart - column - count.length() - 2;
            String filter = SafeText.of(state.arrangement().filterText()).value();
            column += pen.text(column, 1, room, "filter: " + filter, Style.INPUT);
            pen.text(column, 1, groupStart - column - 1, count, Style.PLAIN);
        }
    }

    /** The order, where no head of a column shows it; a count of single connections orders nothing. */
    private static String hiddenSort(Arrangement arrangement, Symbols symbols) {
        if (arrangement.sort().isEmpty() || Sorting.place(arrangement) >= 0) {
            return "";
        }
        SortKey first = arrangement.sort().get(0);
        if (arrangement.groupBy().isEmpty() && Layout.ofGroups(first.field())) {
            return "";
        }
        return "sort: " + first.field().id() + (first.descending() ? symbols.descending() : symbols.ascending());
    }

    private static String count(double matching) {
        StringBuilder out = new StringBuilder(" (");
        Human.appendMeasure(out, CountFields.CONNS, matching);
        return out.append(" conns)").toString();
    }
}
