package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;

/** Fields by what people type: their ids, and the names that {@code ss} and {@code ps} have for some of them. */
final class FieldNames {
    private static final Map<String, Field> ALIASES = Map.of(
            "src", EndpointFields.LADDR,
            "dst", EndpointFields.RADDR,
            "sport", EndpointFields.LPORT,
            "dport", EndpointFields.RPORT,
            "comm", Fields.PROCESS);

    private FieldNames() {}

    /** The field of this name in any case; null where there is none. */
    static @Nullable Field find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Field field = Fields.find(lower);
        return field != null ? field : ALIASES.get(lower);
    }

    /** The field called {@code name}, which stands at {@code index} of {@code text}. */
    static Field require(String name, String text, int index) throws ExprException {
        return FieldScope.ALL.require(name, text, index);
    }

    /** "process, peer, port": the ids of the fields that can be grouped by. */
    static String groupable() {
        return Fields.ALL.stream()
                .filter(Field::groupable)
                .map(Field::id)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    /** Ids and the other names. */
    static List<String> names() {
        List<String> names = new ArrayList<>(Fields.ALL.stream().map(Field::id).toList());
        names.addAll(ALIASES.keySet());
        return names;
    }
}
