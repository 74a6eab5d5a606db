package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;

/**
 * The fields that a filter may ask for.
 *
 * @param fields by id; null = every field that there is
 * @param what what is filtered, with its article
 */
record FieldScope(@Nullable Map<String, Field> fields, String what) {
    /** Every field. */
    static final FieldScope ALL = new FieldScope(null, "a row");

    /** The field called {@code name}, which stands at {@code index} of {@code text}. */
    Field require(String name, String text, int index) throws ExprException {
        Field field = find(name);
        if (field != null) {
            return field;
        }
        Field elsewhere = FieldNames.find(name);
        if (fields == null || elsewhere == null) {
            throw ExprException.at(
                    text,
                    index,
                    "unknown field " + ExprException.quoted(name),
                    Nearest.advice(name, names(), fields == null ? "shawk-fields(7) lists them all" : listed()));
        }
        throw ExprException.at(
                text, index, "field " + ExprException.quoted(name) + " means nothing of " + what, listed());
    }

    /** The field of this name; null where there is none here. */
    @Nullable
    Field find(String name) {
        if (fields == null) {
            return FieldNames.find(name);
        }
        Field own = fields.get(name.toLowerCase(Locale.ROOT));
        Field known = own == null ? FieldNames.find(name) : null;
        return known == null ? own : fields.get(known.id());
    }

    /** The field with the port of an address; null where there is none here. */
    @Nullable
    Field portOf(Field address) {
        return fields == null ? null : fields.get(address.id() + "_port");
    }

    private List<String> names() {
        return fields == null ? FieldNames.names() : List.copyOf(fields.keySet());
    }

    private String listed() {
        List<String> names = new ArrayList<>(names());
        names.sort(null);
        return "there are: " + String.join(", ", names);
    }
}
