package shawk.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of a generator or witness: a word, then {@code key=value} pairs. */
public record Line(String word, Map<String, String> values) {
    public static Line parse(String text) {
        String[] words = text.split(" ");
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals > 0) {
                values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        return new Line(words[0], values);
    }

    /** Those of {@code lines} that begin with that word. */
    public static List<Line> of(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(Line::parse)
                .toList();
    }

    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in " + this);
        }
        return value;
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }
}
