package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.field.Field;

/**
 * Where the columns stand: the names take what the others leave. Widths come from the field table and the terminal
 * alone, never from values, so that nothing jumps while these change.
 *
 * <p>Where there is no room, columns are left out: first those that are not shown by default, from the right, then
 * those of {@link #LEAST_WANTED}. The column that the rows are sorted by stays.
 */
final class Layout {
    /** Status line, context line, column heads, hint bar. */
    static final int LINES_AROUND_TABLE = 4;

    static final int MIN_COLUMNS = 60;
    static final int MIN_ROWS = 15;

    /** What the names get at least. */
    private static final int MIN_NAME = 24;

    private static final List<String> LEAST_WANTED = List.of(
            "verdict",
            "rtt_p95",
            "retrans_pct",
            "close_rate",
            "open_rate",
            "dir",
            "rtt",
            "estab",
            "rx_rate",
            "tx_rate",
            "conns");

    private final List<Field> fields;
    private final int nameWidth;

    private Layout(List<Field> fields, int nameWidth) {
        this.fields = fields;
        this.nameWidth = nameWidth;
    }

    static Layout of(UiState state) {
        Arrangement arrangement = state.arrangement();
        List<Field> left = new ArrayList<>(arrangement.shownColumns());
        int sorted = Sorting.place(arrangement) - 1;
        Field kept = sorted >= 0 ? arrangement.shownColumns().get(sorted) : null;
        while (!left.isEmpty() && state.columns() - width(left) < MIN_NAME) {
            List<Field> candidates = new ArrayList<>(left);
            candidates.remove(kept);
            if (candidates.isEmpty()) {
                break;
            }
            // Of equally unwanted ones the last: max would find the first.
            Field dropped = candidates.stream()
                    .reduce((a, b) -> rank(b) <= rank(a) ? b : a)
                    .orElseThrow();
            left.remove(left.lastIndexOf(dropped));
        }
        return new Layout(left, Math.max(1, state.columns() - width(left)));
    }

    private static int rank(Field field) {
        return LEAST_WANTED.indexOf(field.id());
    }

    /** Each column has a cell behind it: the gap, and the arrow of the sort order. */
    private static int width(List<Field> fields) {
        int width = fields.isEmpty() ? 0 : 1;
        for (Field field : fields) {
            width += field.width() + 1;
        }
        return width;
    }

    /** The columns that fit, from the left. */
    List<Field> fields() {
        return fields;
    }

    /** Cells for the names, which begin at the left edge. */
    int nameWidth() {
        return nameWidth;
    }

    /** Where column number {@code index} begins. */
    int start(int index) {
        return nameWidth + width(fields.subList(0, index)) + (index == 0 ? 1 : 0);
    }
}
