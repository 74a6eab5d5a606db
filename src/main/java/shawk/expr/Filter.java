package shawk.expr;

import java.util.Set;
import shawk.field.Field;
import shawk.model.Snapshot;

/** A filter ready to use: which rows of a snapshot match. Immutable; a test makes no object. */
public interface Filter {
    /** Prepares for the rows of one snapshot: texts are looked up in its dictionary once, and not per row. */
    RowTest on(Snapshot snapshot);

    /** The fields that it asks for. */
    Set<Field> fields();

    /** The text that it was parsed from. */
    String source();

    /** Whether a row of one snapshot matches. Used by one thread. */
    @FunctionalInterface
    interface RowTest {
        boolean matches(int row);
    }
}
