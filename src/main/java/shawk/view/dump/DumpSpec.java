package shawk.view.dump;

import java.util.List;
import shawk.field.Field;
import shawk.field.KeyField;

/**
 * What of each sample is written, and how. Immutable.
 *
 * @param format the form
 * @param groupBy the grouping of the pivots that will come; empty = single connections
 * @param fields the fields besides those of the grouping, in order
 * @param levels whether the parents of a grouping are written too, each before its children
 * @param limit the most rows a sample
 * @param header whether names of columns are written, where the form has any
 * @param times whether a table says before each sample when it was taken
 * @param color whether a table may hold colours
 */
public record DumpSpec(
        Format format,
        List<KeyField> groupBy,
        List<Field> fields,
        boolean levels,
        long limit,
        boolean header,
        boolean times,
        boolean color) {

    /** Repeats nothing: a field of the grouping is left out of {@code fields}. */
    public DumpSpec {
        groupBy = List.copyOf(groupBy);
        List<KeyField> keys = groupBy;
        fields = fields.stream().filter(field -> !keys.contains(field)).toList();
    }
}
