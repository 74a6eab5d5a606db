package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.DefaultColumns;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.pivot.PivotSpec;

/**
 * How the rows are chosen and laid out. Immutable.
 *
 * @param groupBy the chain of grouping fields, outermost first; empty = single connections
 * @param sort most important key first
 * @param columns what stands right of the names
 * @param filterText what was typed
 * @param filter what it means; null = every row
 * @param all whether listeners, TIME_WAIT and closed sockets are rows too
 */
public record Arrangement(
        List<KeyField> groupBy,
        List<SortKey> sort,
        List<Field> columns,
        String filterText,
        @Nullable Filter filter,
        boolean all) {
    public Arrangement {
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
        columns = List.copyOf(columns);
    }

    /**
     * The columns that there are: of single connections nothing counts them, and their names say the direction, unless
     * somebody asked for these columns.
     */
    List<Field> shownColumns() {
        if (!groupBy.isEmpty() || columnsOfOwn()) {
            return columns;
        }
        List<Field> shown = new ArrayList<>(columns);
        shown.removeIf(Layout::ofGroups);
        return shown;
    }

    /** Whether somebody asked for columns. */
    boolean columnsOfOwn() {
        return !columns.equals(DefaultColumns.FLOWS);
    }

    PivotSpec spec() {
        return new PivotSpec(groupBy, sort, filter, all);
    }

    Arrangement withGroupBy(List<KeyField> newGroupBy) {
        List<SortKey> newSort =
                Sorting.isByName(this) ? Sorting.byName(newGroupBy, sort.get(0).descending()) : sort;
        return new Arrangement(newGroupBy, newSort, columns, filterText, filter, all);
    }

    Arrangement withSort(List<SortKey> newSort) {
        return new Arrangement(groupBy, newSort, columns, filterText, filter, all);
    }

    Arrangement withFilter(String text, @Nullable Filter newFilter) {
        return new Arrangement(groupBy, sort, columns, text, newFilter, all);
    }
}
