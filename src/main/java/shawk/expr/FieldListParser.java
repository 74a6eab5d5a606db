package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import shawk.field.Field;
import shawk.field.Fields;

/**
 * Parses lists of columns: {@code pid,process}, {@code all}, or changes to a default set: {@code +rtt,-comm}.
 * Stateless; any thread.
 */
public final class FieldListParser {
    private FieldListParser() {}

    /**
     * The columns that {@code text} asks for, in its order. Where every name has a sign, {@code defaults} with those
     * added at the end or taken away; what is there already, or not there, stays so.
     */
    public static List<Field> parse(String text, List<Field> defaults) throws ExprException {
        if (text.strip().equalsIgnoreCase("all")) {
            return Fields.ALL;
        }
        List<NameList.Part> parts = NameList.parts(text, "pid,process or +rtt,-state");
        boolean changes = isSigned(parts.get(0));
        List<Field> fields = new ArrayList<>(changes ? defaults : List.of());
        for (NameList.Part part : parts) {
            if (isSigned(part) != changes) {
                throw ExprException.at(
                        text, part.index(), "names with and without a sign", "type either pid,process or +rtt,-state");
            }
            Field field =
                    FieldNames.require(part.name().substring(changes ? 1 : 0).strip(), text, part.index());
            boolean removes = changes && part.name().charAt(0) == '-';
            if (!changes && fields.contains(field)) {
                throw ExprException.at(text, part.index(), "'" + field.id() + "' stands twice", "once is enough");
            } else if (removes) {
                fields.remove(field);
            } else if (!fields.contains(field)) {
                fields.add(field);
            }
        }
        if (fields.isEmpty()) {
            throw ExprException.of("no field is left by " + ExprException.quoted(text), "leave one");
        }
        return List.copyOf(fields);
    }

    private static boolean isSigned(NameList.Part part) {
        return part.name().startsWith("+") || part.name().startsWith("-");
    }
}
