package shawk.view.dump;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.SocketTable;

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
 * @param names of remote hosts; null = addresses only
 */
public record DumpSpec(
        Format format,
        List<KeyField> groupBy,
        List<Field> fields,
        boolean levels,
        long limit,
        boolean header,
        boolean times,
        boolean color,
        @Nullable AddressNames names) {

    /** Repeats nothing: a field of the grouping is left out of {@code fields}. */
    public DumpSpec {
        groupBy = List.copyOf(groupBy);
        List<KeyField> keys = groupBy;
        fields = fields.stream().filter(field -> !keys.contains(field)).toList();
    }

    /** The field of the grouping, or else of the others, that the name of the remote host stands behind. */
    @Nullable
    Field named() {
        if (names == null) {
            return null;
        }
        for (Field field : groupBy) {
            if (isRemote(field)) {
                return field;
            }
        }
        for (Field field : fields) {
            if (isRemote(field)) {
                return field;
            }
        }
        return null;
    }

    /** Whether the field's value is the address of a remote host. */
    static boolean isRemote(Field field) {
        return field.equals(EndpointFields.PEER) || field.equals(EndpointFields.RADDR);
    }

    /** Name of the host at an address; empty where there is none, or it is not known yet. */
    SafeText name(long high, long low) {
        SafeText name = names == null || low == SocketTable.ABSENT ? null : names.find(high, low);
        return name == null ? SafeText.EMPTY : name;
    }
}
