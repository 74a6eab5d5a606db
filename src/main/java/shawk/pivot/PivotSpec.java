package shawk.pivot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.KeyField;

/**
 * How rows are chosen, grouped and sorted.
 *
 * @param groupBy the chain of grouping fields, outermost first; empty = single connections
 * @param sort the sort order, most important key first; ties are broken by the rows' identity, so that order is stable
 * @param filter null = every row
 * @param rows which sockets are rows where the filter says nothing of {@code state}
 * @param within what all rows have in common; empty = nothing
 */
public record PivotSpec(
        List<KeyField> groupBy,
        List<SortKey> sort,
        @Nullable Filter filter,
        RowChoice rows,
        List<Within> within) {
    public PivotSpec {
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
        within = List.copyOf(within);
    }

    /** Of the whole host. */
    public PivotSpec(List<KeyField> groupBy, List<SortKey> sort, @Nullable Filter filter, RowChoice rows) {
        this(groupBy, sort, filter, rows, List.of());
    }
}
