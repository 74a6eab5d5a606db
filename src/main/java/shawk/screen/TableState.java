package shawk.screen;

import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;

/**
 * How the table of one view looks. Immutable.
 *
 * @param arrangement how rows are chosen, grouped, sorted
 * @param folding which groups are unfolded
 * @param cursor where the cursor is
 */
record TableState(Arrangement arrangement, Folding folding, Cursor cursor) {
    /** All groups folded, the cursor at the top. */
    static TableState of(Arrangement arrangement) {
        return new TableState(arrangement, Folding.NONE, Cursor.TOP);
    }

    TableState withArrangement(Arrangement changed) {
        return new TableState(changed, folding, cursor);
    }

    TableState withFilter(String text, @Nullable Filter filter) {
        return withArrangement(arrangement.withFilter(text, filter));
    }

    TableState withFolding(Folding changed) {
        return new TableState(arrangement, changed, cursor);
    }

    TableState withCursor(Cursor changed) {
        return new TableState(arrangement, folding, changed);
    }
}
