package shawk.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.pivot.RowChoice;
import shawk.pivot.Whereabouts;

/**
 * A row that the cursor follows, whatever the rows are grouped by. Immutable.
 *
 * @param label its name when it was chosen
 * @param fields of a group its own fields and those of the groups around it
 * @param values their values, in the same order
 * @param connection of a single connection who it is, of a group null
 * @param line where it stands on the screen, in lines below the heads
 * @param place where it was found last
 */
record Watch(
        String label,
        List<KeyField> fields,
        List<Level.Identity> values,
        Level.@Nullable Identity connection,
        int line,
        Place place) {
    /** What became of it. */
    enum Place {
        /** It is a row, and the cursor is on it. */
        SHOWN(""),
        /** The cursor is on the group that it is inside of. */
        FOLDED(" (inside of the folded group)"),
        GONE(" is gone"),
        /** There is no such row under this grouping. */
        ELSEWHERE(" is no row of this grouping");

        private final String text;

        Place(String text) {
            this.text = text;
        }
    }

    Watch {
        fields = List.copyOf(fields);
        values = List.copyOf(values);
    }

    /** The row under the cursor. */
    static Watch of(String label, Tree tree, Cursor cursor) {
        Tree.Row row = tree.at(cursor.row());
        List<Level.Identity> steps = row.path().steps();
        List<KeyField> chain = tree.pivot().spec().groupBy();
        int groups = row.group() ? Math.min(steps.size(), chain.size()) : Math.min(steps.size() - 1, chain.size());
        Level.Identity connection = steps.size() > groups ? steps.get(groups) : null;
        return new Watch(
                label,
                chain.subList(0, groups),
                steps.subList(0, groups),
                connection,
                cursor.row() - cursor.scroll(),
                Place.SHOWN);
    }

    /** As the context line says it. */
    String text() {
        return "watching " + label + place.text;
    }

    /** Whether the cursor is on it, or on the group that it is folded into. */
    boolean followed() {
        return place == Place.SHOWN || place == Place.FOLDED;
    }

    Watch at(Place found) {
        return found == place ? this : new Watch(label, fields, values, connection, line, found);
    }

    /** The path that it would have under the grouping of a pivot; null where there can be none. */
    @Nullable
    Path path(Pivot pivot) {
        List<KeyField> chain = pivot.spec().groupBy();
        if (connection != null) {
            if (chain.equals(fields)) {
                Path same = new Path(values).child(connection);
                if (exists(pivot, same)) {
                    return same;
                }
            }
            List<Level.Identity> steps = Whereabouts.of(rows(pivot), chain, connection);
            return steps == null ? null : new Path(steps);
        }
        if (chain.size() < fields.size()) {
            return null;
        }
        Map<KeyField, Level.Identity> byField = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            byField.put(fields.get(i), values.get(i));
        }
        List<Level.Identity> steps = new ArrayList<>();
        for (KeyField field : chain.subList(0, fields.size())) {
            Level.Identity value = byField.get(field);
            if (value == null) {
                return null;
            }
            steps.add(value);
        }
        return new Path(steps);
    }

    private static Snapshot rows(Pivot pivot) {
        boolean ended = pivot.spec().rows() == RowChoice.ENDED;
        return ended ? pivot.snapshot().ended().rows() : pivot.snapshot();
    }

    /** Whether there is such a row, folded away or not. */
    static boolean exists(Pivot pivot, Path path) {
        Level level = pivot.root();
        for (int i = 0; i < path.depth(); i++) {
            int index = level.find(path.steps().get(i));
            if (index < 0) {
                return false;
            }
            if (i < path.depth() - 1) {
                if (level.single()) {
                    return false;
                }
                level = pivot.children(level, index);
            }
        }
        return true;
    }

    /** Whether a grouping has rows of its kind at all. */
    boolean canBeIn(List<KeyField> chain) {
        return connection != null
                || chain.size() >= fields.size()
                        && chain.subList(0, fields.size()).containsAll(fields);
    }
}
