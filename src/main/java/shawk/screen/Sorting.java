package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QueueFields;

/**
 * The orders that keys choose from: by name, or by one of the columns. Place 0 is the name, then the columns follow.
 */
final class Sorting {
    private Sorting() {}

    /** Why a count of connections orders nothing; null = it does. */
    static @Nullable String nothingToCount(UiState state, Tree tree) {
        boolean single = state.arrangement().groupBy().isEmpty() && state.view() != View.LISTENING;
        return single && state.view().hasRows() ? "each row is one connection: there is nothing to count" : null;
    }

    /** The order with {@code field} as its first key: amounts greatest first, names from the first. */
    static List<SortKey> by(Field field) {
        return List.of(new SortKey(field, field instanceof MeasureField));
    }

    /**
     * The same in a view: what has ended has no rate and no age, and counts otherwise. It is sorted by its bytes, by
     * when it ended, the last ones first, and by how many have closed.
     */
    static List<SortKey> by(View view, Field field) {
        if (view != View.CLOSED) {
            return by(field);
        }
        if (field.equals(QueueFields.AGE)) {
            return Views.sort(view);
        }
        return by(
                field.equals(CountFields.CONNS)
                        ? CountFields.CLOSED
                        : field.equals(CountFields.TX_RATE)
                                ? CountFields.TX_BYTES
                                : field.equals(CountFields.RX_RATE) ? CountFields.RX_BYTES : field);
    }

    /** The order by what stands in the first column. */
    static List<SortKey> byName(List<KeyField> groupBy, boolean descending) {
        List<KeyField> fields = groupBy.isEmpty() ? List.of(Fields.PROCESS, Fields.PEER, Fields.PORT) : groupBy;
        List<SortKey> keys = new ArrayList<>();
        for (KeyField field : fields) {
            keys.add(new SortKey(field, descending));
        }
        return keys;
    }

    static boolean isByName(Arrangement arrangement) {
        return place(arrangement) == 0;
    }

    /** Place of the first sort key: 0 = the name, 1 = the first column; -1 = a field that is on no column. */
    static int place(Arrangement arrangement) {
        if (arrangement.sort().isEmpty()) {
            return -1;
        }
        Field field = arrangement.sort().get(0).field();
        int column = arrangement.shownColumns().indexOf(field);
        if (column >= 0) {
            return column + 1;
        }
        if (arrangement.view() == View.LISTENING) {
            return field.equals(EndpointFields.LPORT) ? 0 : -1;
        }
        KeyField name = arrangement.groupBy().isEmpty()
                ? Fields.PROCESS
                : arrangement.groupBy().get(0);
        return field.equals(name) ? 0 : -1;
    }

    /** The order {@code step} places to the right; it goes round where {@code wrap}, else it stays at the end. */
    static Arrangement step(Arrangement arrangement, int step, boolean wrap) {
        int places = arrangement.shownColumns().size() + 1;
        int next = place(arrangement) + step;
        int place = wrap ? Math.floorMod(next, places) : Math.max(0, Math.min(next, places - 1));
        if (place == 0 && arrangement.view() == View.LISTENING) {
            return arrangement.withSort(Views.sort(View.LISTENING));
        }
        return arrangement.withSort(
                place == 0
                        ? byName(arrangement.groupBy(), false)
                        : by(arrangement.shownColumns().get(place - 1)));
    }

    static Arrangement reverse(Arrangement arrangement) {
        List<SortKey> keys = new ArrayList<>();
        for (SortKey key : arrangement.sort()) {
            keys.add(new SortKey(key.field(), !key.descending()));
        }
        return arrangement.withSort(keys);
    }
}
