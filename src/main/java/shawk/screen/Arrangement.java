package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.pivot.PivotSpec;
import shawk.pivot.RowChoice;
import shawk.pivot.Within;

/**
 * How the rows are chosen and laid out. Immutable.
 *
 * @param view the view whose rows they are
 * @param groupBy the chain of grouping fields, outermost first; empty = single connections
 * @param sort most important key first
 * @param columns what stands right of the names
 * @param filterText what was typed
 * @param filter what it means; null = every row
 * @param rows which sockets are rows
 * @param within the group that somebody drilled down into; empty = the whole host
 */
public record Arrangement(
        View view,
        List<KeyField> groupBy,
        List<SortKey> sort,
        List<Field> columns,
        String filterText,
        @Nullable Filter filter,
        RowChoice rows,
        List<Within> within) {
    public Arrangement {
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
        columns = List.copyOf(columns);
        within = List.copyOf(within);
    }

    /**
     * What the monitor begins with: in Flows, or where nothing is grouped by, in Connections.
     *
     * @param columns null = the view's own
     * @param all whether listeners, TIME_WAIT and closed sockets are rows too
     */
    public static Arrangement first(
            List<KeyField> groupBy,
            List<SortKey> sort,
            @Nullable List<Field> columns,
            String filterText,
            @Nullable Filter filter,
            boolean all) {
        View view = groupBy.isEmpty() ? View.CONNECTIONS : View.FLOWS;
        RowChoice rows = Views.rows(view, all);
        List<Field> shown = columns == null ? Views.columns(view, rows) : columns;
        // A count of connections orders no single ones.
        boolean orders = view == View.FLOWS
                || sort.isEmpty()
                || !Layout.ofGroups(sort.get(0).field());
        List<SortKey> order = orders ? sort : Views.sort(view);
        return new Arrangement(view, groupBy, order, shown, filterText, filter, rows, List.of());
    }

    /**
     * The columns that there are: of single connections nothing counts them, and their names say the direction, unless
     * somebody asked for these columns.
     */
    List<Field> shownColumns() {
        if (!groupBy.isEmpty() || view == View.LISTENING || columnsOfOwn()) {
            return columns;
        }
        List<Field> shown = new ArrayList<>(columns);
        shown.removeIf(Layout::ofGroups);
        return shown;
    }

    /** Whether somebody asked for columns. */
    boolean columnsOfOwn() {
        return !columns.equals(Views.columns(view)) && !columns.equals(Views.columns(view, RowChoice.ALL));
    }

    PivotSpec spec() {
        return new PivotSpec(groupBy, sort, filter, rows, within);
    }

    Arrangement withGroupBy(List<KeyField> newGroupBy) {
        List<SortKey> newSort =
                Sorting.isByName(this) ? Sorting.byName(newGroupBy, sort.get(0).descending()) : sort;
        return new Arrangement(view, newGroupBy, newSort, columns, filterText, filter, rows, within);
    }

    /** The same with other columns. */
    public Arrangement withColumns(List<Field> newColumns) {
        return new Arrangement(view, groupBy, sort, newColumns, filterText, filter, rows, within);
    }

    Arrangement withSort(List<SortKey> newSort) {
        return new Arrangement(view, groupBy, newSort, columns, filterText, filter, rows, within);
    }

    Arrangement withFilter(String text, @Nullable Filter newFilter) {
        return new Arrangement(view, groupBy, sort, columns, text, newFilter, rows, within);
    }

    /**
     * The same within a group: a field that all rows have in common groups nothing any more.
     *
     * @param chain the fields left to group by
     * @param choice which sockets are rows there
     */
    Arrangement within(List<Within> enclosure, List<KeyField> chain, RowChoice choice) {
        return new Arrangement(view, chain, sort, columns, filterText, filter, choice, enclosure);
    }
}
