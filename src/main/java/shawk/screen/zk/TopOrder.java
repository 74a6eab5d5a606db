package shawk.screen.zk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/** In which order the rows of a table stand. Immutable. */
final class TopOrder {
    static final TopOrder NONE = new TopOrder(TopTable.EMPTY, List.of());

    private final TopTable table;
    private final List<Integer> rows;

    private TopOrder(TopTable table, List<Integer> rows) {
        this.table = table;
        this.rows = rows;
    }

    /**
     * Sorted: what is not known comes last, what is equal by name.
     *
     * @param sort null = by name
     */
    static TopOrder sorted(TopTable table, @Nullable TopColumn sort, boolean reversed) {
        List<Integer> rows = all(table);
        int sign = reversed ? -1 : 1;
        rows.sort((a, b) -> {
            if (sort == null) {
                return sign * names(table, a, b);
            }
            double left = table.value(sort, a);
            double right = table.value(sort, b);
            if (Double.isNaN(left) || Double.isNaN(right)) {
                int known = Boolean.compare(Double.isNaN(left), Double.isNaN(right));
                return known != 0 ? known : names(table, a, b);
            }
            int order = sign * Double.compare(right, left);
            return order != 0 ? order : names(table, a, b);
        });
        return new TopOrder(table, rows);
    }

    /** As another one stands; what that does not have comes last. */
    TopOrder keptFor(TopTable next) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            places.put(name(i), i);
        }
        List<Integer> order = all(next);
        order.sort((a, b) -> {
            int left = places.getOrDefault(next.keys().get(a).value(), Integer.MAX_VALUE);
            int right = places.getOrDefault(next.keys().get(b).value(), Integer.MAX_VALUE);
            return left != right ? Integer.compare(left, right) : names(next, a, b);
        });
        return new TopOrder(next, order);
    }

    private static List<Integer> all(TopTable table) {
        List<Integer> rows = new ArrayList<>(table.rows());
        for (int i = 0; i < table.rows(); i++) {
            rows.add(i);
        }
        return rows;
    }

    private static int names(TopTable table, int a, int b) {
        return table.keys().get(a).value().compareTo(table.keys().get(b).value());
    }

    TopTable table() {
        return table;
    }

    int size() {
        return rows.size();
    }

    SafeText key(int place) {
        return table.keys().get(rows.get(place));
    }

    String name(int place) {
        return key(place).value();
    }

    double value(TopColumn column, int place) {
        return table.value(column, rows.get(place));
    }

    /** Where a name stands; -1 = nowhere. */
    int find(@Nullable String name) {
        for (int i = 0; name != null && i < rows.size(); i++) {
            if (name(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
