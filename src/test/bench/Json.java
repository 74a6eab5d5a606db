package shawk.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text: maps, lists, strings, numbers as {@code Double}, booleans, null. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(String text) {
        return (Map<String, @Nullable Object>) new Json(text).value();
    }

    private @Nullable Object value() {
        char c = text.charAt(at);
        if (c == '{') {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (at++; text.charAt(at) != '}'; skip(',')) {
                String key = string();
                skip(':');
                map.put(key, value());
            }
            at++;
            return map;
        }
        if (c == '[') {
            List<@Nullable Object> list = new ArrayList<>();
            for (at++; text.charAt(at) != ']'; skip(',')) {
                list.add(value());
            }
            at++;
            return list;
        }
        return c == '"' ? string() : word();
    }

    private void skip(char c) {
        if (text.charAt(at) == c) {
            at++;
        }
    }

    private @Nullable Object word() {
        int start = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "null" -> null;
            case "true", "false" -> Boolean.valueOf(word);
            default -> Double.valueOf(word);
        };
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) != '\\') {
                out.append(text.charAt(at));
                continue;
            }
            char escaped = text.charAt(++at);
            if (escaped == 'u') {
                out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                at += 4;
            } else {
                int plain = "nrtbf".indexOf(escaped);
                out.append(plain < 0 ? escaped : "\n\r\t\b\f".charAt(plain));
            }
        }
        at++;
        return out.toString();
    }
}
