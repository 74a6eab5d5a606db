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
 * @param recent the same where errors (a second) and times are those of the last interval
 * @param left rows that there was no room for
 */
public record TopTable(
        TopGroup group, int depth, List<SafeText> keys, double[][] values, double[][] recent, long left) {
    /** The row that adds up what has none of its own. */
    public static final SafeText OTHERS = SafeText.of("(others)");

    static final TopTable EMPTY = new TopTable(
            TopGroup.PATH,
            0,
            List.of(),
            new double[TopColumn.values().length][0],
            new double[TopColumn.values().length][0],
            0);

    public TopTable {
        check(values, keys.size());
        check(recent, keys.size());
    }

    private static void check(double[][] values, int rows) {
        if (values.length != TopColumn.values().length) {
            throw new IllegalArgumentException("columns: " + values.length);
        }
        for (double[] column : values) {
            if (column.length != rows) {
                throw new IllegalArgumentException("rows: " + column.length + ", keys: " + rows);
            }
        }
    }

    /** With errors and times of the last interval. */
    TopTable recently() {
        return new TopTable(group, depth, keys, recent, recent, left);
    }

    int rows() {
        return keys.size();
    }

    double value(TopColumn column, int row) {
        return values[column.ordinal()][row];
    }
}
