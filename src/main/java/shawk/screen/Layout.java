package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import shawk.field.CountFields;
import shawk.field.EndedFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.MeasureField;
import shawk.field.OwnerFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.pivot.DiffPivot;
import shawk.text.Human;

/**
 * Where the columns stand: the names take what the others leave. Widths come from the field table and the terminal
 * alone, never from values, so that nothing jumps while these change.
 *
 * <p>Where there is no room, columns are left out: first those that {@link Views#leastWanted} names, then those that
 * somebody asked for, from the right. The column that the rows are sorted by stays.
 *
 * <p>A single connection's name is its two ends, longer than any group's, and what counts connections says nothing of
 * one: its name goes on over those columns.
 */
final class Layout {
    /** Status line, context line, column heads, hint bar. */
    static final int LINES_AROUND_TABLE = 4;

    /** The line of the heads where nothing stands between the status line and the second. */
    static final int HEADS = 2;

    /** The first column: marks of rows that are new, gone or watched. */
    static final int MARGIN = 1;

    static final int MIN_COLUMNS = 60;
    static final int MIN_ROWS = 15;

    /** What the names get at least, however narrow the terminal. */
    private static final int MIN_NAME = 24;

    /** On a wider one they get this share of the line, or this where each is the two ends of a connection. */
    private static final double NAME_SHARE = 0.25;

    private static final double ENDS_SHARE = 0.6;

    /** What counts connections, or is said by a single connection's name. */
    private static final Set<Field> OF_GROUPS = Set.of(
            EndpointFields.DIR,
            CountFields.CONNS,
            CountFields.ESTAB,
            CountFields.TIME_WAIT,
            CountFields.LISTENERS,
            CountFields.SYN_RECV,
            CountFields.OPENED,
            CountFields.CLOSED,
            CountFields.FAILED,
            CountFields.OPEN_RATE,
            CountFields.CLOSE_RATE,
            CountFields.FAIL_RATE,
            QualityFields.RTT_P95,
            EndedFields.DURATION_P95,
            EndedFields.CONNECT_P95);

    /** Of a listener, and said by the name of a connection to it or by the row above. */
    private static final Set<Field> OF_LISTENERS = Set.of(
            OwnerFields.PROCESS,
            OwnerFields.PID,
            OwnerFields.USER,
            OwnerFields.HOLDERS,
            EndpointFields.NETNS,
            QueueFields.RECVQ,
            QueueFields.SENDQ,
            QueueFields.QUEUE_DROPS);

    private final View view;
    private final List<Field> fields;
    private final int nameWidth;
    private final boolean bits;

    private Layout(View view, List<Field> fields, int nameWidth, boolean bits) {
        this.view = view;
        this.bits = bits;
        this.fields = fields;
        this.nameWidth = nameWidth;
    }

    static Layout of(UiState state) {
        Arrangement arrangement = state.arrangement();
        List<Field> left = columns(state);
        boolean bits = state.display().bits();
        int sorted = Sorting.place(arrangement) - 1;
        Field kept = sorted >= 0 ? arrangement.shownColumns().get(sorted) : null;
        boolean ends = arrangement.groupBy().isEmpty() && arrangement.view() != View.LISTENING;
        double share = ends && !arrangement.columnsOfOwn() ? ENDS_SHARE : NAME_SHARE;
        List<String> leastWanted = Views.leastWanted(arrangement.view());
        int names = Math.max(MIN_NAME, (int) (state.columns() * share));
        while (!left.isEmpty() && state.columns() - width(left, bits) < names) {
            List<Field> candidates = new ArrayList<>(left);
            candidates.remove(kept);
            if (candidates.isEmpty()) {
                break;
            }
            // Of equally unwanted ones the last: max would find the first.
            Field dropped = candidates.stream()
                    .reduce((a, b) -> rank(leastWanted, b) <= rank(leastWanted, a) ? b : a)
                    .orElseThrow();
            left.remove(left.lastIndexOf(dropped));
        }
        return new Layout(arrangement.view(), left, Math.max(1, state.columns() - width(left, bits)), bits);
    }

    /** Those of the view; where it is compared with a mark, the counts of both moments in place of one. */
    private static List<Field> columns(UiState state) {
        List<Field> columns = new ArrayList<>(state.arrangement().shownColumns());
        if (state.calm().comparing()) {
            columns.remove(CountFields.CONNS);
            columns.addAll(0, List.of(DiffPivot.THEN, DiffPivot.NOW, DiffPivot.CHANGE));
        }
        return columns;
    }

    private static int rank(List<String> leastWanted, Field field) {
        int rank = leastWanted.indexOf(field.id());
        return rank < 0 ? leastWanted.size() : rank;
    }

    /** Each column has a cell behind it: the gap, and the arrow of the sort order. */
    private static int width(List<Field> fields, boolean bits) {
        int width = fields.isEmpty() ? 0 : 1;
        for (Field field : fields) {
            width += cells(field, bits) + 1;
        }
        return width;
    }

    private static int cells(Field field, boolean bits) {
        boolean rate = field instanceof MeasureField measure && measure.unit() == MeasureField.Unit.BYTES_PER_SECOND;
        return rate && bits ? Math.max(field.width(), Human.rateWidth(true)) : field.width();
    }

    /** Cells that a column takes, without the gap behind it. */
    int cells(Field field) {
        return cells(field, bits);
    }

    /** The columns that fit, from the left. */
    List<Field> fields() {
        return fields;
    }

    /** Cells for the names, which begin at the left edge. */
    int nameWidth() {
        return nameWidth;
    }

    /** How many columns, from the left, single connections among groups leave to their names. */
    int covered() {
        int covered = 0;
        while (covered < fields.size() && isCovered(fields.get(covered))) {
            covered++;
        }
        return covered;
    }

    private boolean isCovered(Field field) {
        return ofGroups(field) || view == View.LISTENING && OF_LISTENERS.contains(field);
    }

    /** Whether the field says nothing of a connection to a listener that its name or the listener's row does not. */
    static boolean ofListeners(Field field) {
        return OF_LISTENERS.contains(field);
    }

    /** Whether the field says nothing of a single connection that its name does not. */
    static boolean ofGroups(Field field) {
        return OF_GROUPS.contains(field);
    }

    /** Where column number {@code index} begins. */
    int start(int index) {
        return nameWidth + width(fields.subList(0, index), bits) + (index == 0 ? 1 : 0);
    }
}
