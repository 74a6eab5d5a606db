package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import shawk.field.Field;
import shawk.field.KeyField;

/** Parses chains of grouping fields: {@code process,peer,port}, {@code none}. Stateless; any thread. */
public final class GroupByParser {
    private GroupByParser() {}

    /** The chain that {@code text} is, outermost first; empty for {@code none}: single connections. */
    public static List<KeyField> parse(String text) throws ExprException {
        if (text.strip().equalsIgnoreCase("none")) {
            return List.of();
        }
        List<KeyField> chain = new ArrayList<>();
        for (NameList.Part part : NameList.parts(text, "process,peer,port, or none")) {
            Field field = FieldNames.require(part.name(), text, part.index());
            if (!(field instanceof KeyField key && key.groupable())) {
                throw ExprException.at(
                        text,
                        part.index(),
                        "rows cannot be grouped by '" + field.id() + "'",
                        "these can: " + FieldNames.groupable());
            }
            if (chain.contains(field)) {
                throw ExprException.at(text, part.index(), "'" + field.id() + "' stands twice", "once is enough");
            }
            chain.add(key);
        }
        return List.copyOf(chain);
    }
}
