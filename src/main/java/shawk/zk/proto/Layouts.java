package shawk.zk.proto;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layouts written down as text, one record a line: {@code ACL perms:int id:Id}. Types are those of {@link Layout.Type}
 * in small letters, names of records that were described before, and any of them with {@code []} for a vector;
 * {@code bool?} may be missing at a record's end.
 */
final class Layouts {
    private final Map<String, Layout> byName = new LinkedHashMap<>();

    private Layouts() {}

    /**
     * Records by their names.
     *
     * @throws IllegalArgumentException where a line is none
     */
    static Map<String, Layout> parse(String text) {
        Layouts layouts = new Layouts();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(layouts::add);
        return Map.copyOf(layouts.byName);
    }

    private void add(String line) {
        String[] parts = line.split(" +");
        Layout.Field[] fields = new Layout.Field[parts.length - 1];
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("no field of a record: " + parts[i]);
            }
            fields[i - 1] = field(parts[i].substring(0, colon), parts[i].substring(colon + 1));
        }
        byName.put(parts[0], new Layout(parts[0], fields));
    }

    private Layout.Field field(String name, String type) {
        if (type.endsWith("[]")) {
            return new Layout.Field(name, Layout.Type.VECTOR, field("", type.substring(0, type.length() - 2)), null);
        }
        if (type.equals("bool?")) {
            return new Layout.Field(name, Layout.Type.OPTIONAL_BOOL, null, null);
        }
        @Nullable Layout record = byName.get(type);
        if (record != null) {
            return new Layout.Field(name, Layout.Type.RECORD, null, record);
        }
        return new Layout.Field(name, Layout.Type.valueOf(type.toUpperCase(Locale.ROOT)), null, null);
    }
}
