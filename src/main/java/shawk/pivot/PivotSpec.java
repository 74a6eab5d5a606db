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
 * @param all whether LISTEN, unconnected UDP and TIME_WAIT rows count too where the filter says nothing of
 *     {@code state}
 */
public record PivotSpec(
        List<KeyField> groupBy,
        List<SortKey> sort,
        @Nullable Filter filter,
        boolean all) {
    public PivotSpec {
        groupBy = List.copyOf(groupBy);
        sort = List.copyOf(sort);
    }
}
