package shawk.pivot;

import java.util.List;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.SafeText;
import shawk.model.Snapshot;

/**
 * Groups side by side, or single connections, in sorted order: entries 0 to {@link #size()}, exclusive. Values are
 * computed when asked for. Used by one thread.
 */
public interface Level {
    /** Number of entries. */
    int size();

    /** Whether the entries are single connections, not groups. */
    boolean single();

    /**
     * The fields that these groups (and not their parents) were made by: one, or all of them for the leaves; none for
     * single connections and the total.
     */
    List<KeyField> fields();

    /** How many fields of the chain have been used up to here, parents included. */
    int depth();

    /**
     * Row of the snapshot's table: of a single connection its own, of a group one of its rows (a socket's where it has
     * one); -1 of a total without rows.
     */
    int row(int index);

    /**
     * The snapshot that {@link #row} counts in, and the numbers of {@link #key} with it: where two are compared, the
     * earlier one for what is gone.
     */
    Snapshot snapshot(int index);

    /** How many sockets are in the entry. */
    int sockets(int index);

    /** The amount, rolled up over the entry's rows; {@code NaN} = not known. */
    double measure(MeasureField field, int index);

    /**
     * The value that all rows of the entry have in common, into {@code out}, or how many different ones, as the field's
     * roll-up says.
     */
    void key(KeyField field, int index, KeyValue out);

    /** Position of the entry with this identity, -1 where there is none. */
    int find(Identity identity);

    /** Who the entry is, so that it can be found again in another snapshot. */
    Identity identity(int index);

    /**
     * Who the entry is among all of its pivot, the groups around it included, as 64 bits that are the same in every
     * snapshot: for memories of many rows, which must not be an object each.
     */
    long hash(int index);

    /**
     * Identity of an entry among its siblings, the same in every snapshot: of a group the values of its fields (of a
     * text field the text), of a single connection its namespace, cookie and end points.
     *
     * @param numbers numbers, in an order that only the level knows
     * @param texts texts of text fields
     */
    record Identity(List<Long> numbers, List<SafeText> texts) {
        public Identity {
            numbers = List.copyOf(numbers);
            texts = List.copyOf(texts);
        }
    }
}
