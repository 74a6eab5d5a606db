package shawk.screen.zk;

import java.util.List;
import shawk.model.SafeText;

/**
 * What was counted of each path, type, client or session. Immutable: whoever makes one gives its arrays away.
 *
 * @param group what the rows are
 * @param depth of paths, how many components they were cut to; 0 = whole
 * @param keys names of the rows
 * @param values by {@link TopColumn} and row; {@code NaN} = not known
 * @param left rows that there was no room for
 */
public record TopTable(TopGroup group, int depth, List<SafeText> keys, double[][] values, long left) {
    static final TopTable EMPTY =
            new TopTable(TopGroup.PATH, 0, List.of(), new double[TopColumn.values().length][0], 0);

    public TopTable {
        if (values.length != TopColumn.values().length) {
            throw new IllegalArgumentException("columns: " + values.length);
        }
        for (double[] column : values) {
            if (column.length != keys.size()) {
                throw new IllegalArgumentException("rows: " + column.length + ", keys: " + keys.size());
            }
        }
    }

    int rows() {
        return keys.size();
    }

    double value(TopColumn column, int row) {
        return values[column.ordinal()][row];
    }
}
