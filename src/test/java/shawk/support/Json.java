package shawk.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict parser of RFC 8259, for tests: objects become maps in order, arrays lists, numbers their own text wrapped in
 * {@link Number}, so that no digit is lost. Whatever is not JSON from the first character to the last throws.
 */
public final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A number as it was written. */
    public record Number(String digits) {
        public double value() {
            return Double.parseDouble(digits);
        }

        @Override
        public String toString() {
            return digits;
        }
    }

    /** The value that {@code text} is. */
    public static @Nullable Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        json.require(json.at == text.length(), "the end");
        return value;
    }

    /** The object that {@code text} is. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        return (Map<String, Object>) parse(text);
    }

    /** The array of objects that {@code text} is. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objects(String text) {
        return (List<Map<String, Object>>) parse(text);
    }

    private @Nullable Object value() {
        blanks();
        require(at < text.length(), "a value");
        return switch (text.charAt(at)) {
            case '{' -> objectValue();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> objectValue() {
        Map<String, Object> found = new LinkedHashMap<>();
        at++;
        blanks();
        while (!take('}')) {
            require(found.isEmpty() || take(','), "a comma");
            blanks();
            String name = string();
            require(!found.containsKey(name), "another name than " + name);
            blanks();
            require(take(':'), "a colon");
            found.put(name, value());
            blanks();
        }
        return found;
    }

    private List<Object> array() {
        List<Object> found = new ArrayList<>();
        at++;
        blanks();
        while (!take(']')) {
            require(found.isEmpty() || take(','), "a comma");
            found.add(value());
            blanks();
        }
        return found;
    }

    private String string() {
        require(take('"'), "a string");
        StringBuilder found = new StringBuilder();
        while (!take('"')) {
            require(at < text.length() && text.charAt(at) >= 0x20, "no control character");
            char c = text.charAt(at++);
            found.append(c == '\\' ? escape() : c);
        }
        return found.toString();
    }

    private char escape() {
        require(at < text.length(), "an escape");
        char c = text.charAt(at++);
        if (c == 'u') {
            require(text.substring(at).matches("(?s)[0-9a-fA-F]{4}.*"), "four hexadecimal digits");
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int known = "\"\\/bfnrt".indexOf(c);
        require(known >= 0, "a known escape");
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private Number number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        require(digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?"), "a number");
        return new Number(digits);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        require(text.startsWith(word, at), word);
        at += word.length();
        return value;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void require(boolean truth, String expected) {
        if (!truth) {
            String near = text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 20));
            throw new IllegalArgumentException("expected " + expected + " at " + at + ", near: " + near);
        }
    }
}
