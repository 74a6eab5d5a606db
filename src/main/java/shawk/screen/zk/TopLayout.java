package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns stand: names take what the figures leave. Widths come from the terminal alone, so that nothing
 * jumps while values change.
 *
 * @param name cells for the name, from the left
 * @param columns those for which there is room, from left to right
 * @param bits whether rates are in bits, which are wider
 */
record TopLayout(int name, List<TopColumn> columns, boolean bits) {
    static final int MIN_COLUMNS = 60;
    static final int MIN_ROWS = 10;

    /** What the names get at least. */
    private static final int MIN_NAME = 28;

    static TopLayout of(TopState state) {
        List<TopColumn> columns = new ArrayList<>(List.of(TopColumn.values()));
        for (TopColumn least : TopColumn.LEAST_WANTED) {
            if (state.columns - width(columns, state.bits) < MIN_NAME && least != state.sort) {
                columns.remove(least);
            }
        }
        return new TopLayout(state.columns - width(columns, state.bits), List.copyOf(columns), state.bits);
    }

    private static int width(List<TopColumn> columns, boolean bits) {
        int width = 0;
        for (TopColumn column : columns) {
            width += 1 + column.width(bits);
        }
        return width;
    }

    /** The column that a cell of a line is in; null = the names. */
    @Nullable
    TopColumn columnAt(int cell) {
        int start = name;
        for (TopColumn column : columns) {
            int end = start + 1 + column.width(bits);
            if (cell >= start && cell < end) {
                return column;
            }
            start = end;
        }
        return null;
    }
}
