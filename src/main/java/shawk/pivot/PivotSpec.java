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
 * @param ended whether connections that have ended stand among those that live; of listeners they do not
 */
public record PivotSpec(
        List<KeyField> groupBy,
        List<SortKey> sort,
        @Nullable Filter filter,
        RowChoice rows,
        List<Within> within,
        boolean ended) {
    public PivotSpec {
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
        within = List.copyOf(within);
    }

    /** Of what lives. */
    public PivotSpec(
            List<KeyField> groupBy, List<SortKey> sort, @Nullable Filter filter, RowChoice rows, List<Within> within) {
        this(groupBy, sort, filter, rows, within, false);
    }

    /** Of the whole host. */
    public PivotSpec(List<KeyField> groupBy, List<SortKey> sort, @Nullable Filter filter, RowChoice rows) {
        this(groupBy, sort, filter, rows, List.of());
    }

    /** The same in another order. */
    public PivotSpec withSort(List<SortKey> changed) {
        return new PivotSpec(groupBy, changed, filter, rows, within, ended);
    }

    /** The same with another filter; null = every row. */
    public PivotSpec withFilter(@Nullable Filter changed) {
        return new PivotSpec(groupBy, sort, changed, rows, within, ended);
    }

    /** The same with other rows. */
    PivotSpec withRows(RowChoice changed) {
        return new PivotSpec(groupBy, sort, filter, changed, within, ended);
    }

    /** The same with connections that have ended, or without. */
    public PivotSpec withEnded(boolean changed) {
        return new PivotSpec(groupBy, sort, filter, rows, within, changed);
    }
}
