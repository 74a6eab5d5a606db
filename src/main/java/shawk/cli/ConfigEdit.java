package shawk.cli;

import java.util.ArrayList;
import java.util.List;

/** Changes one setting in the text of a config file; comments, unknown lines and order stay. Pure. */
final class ConfigEdit {
    private ConfigEdit() {}

    /** The text with {@code name = value} in {@code section}, where the name stands or else at the section's end. */
    static String set(String text, String section, String name, String value) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        String setting = name + " = " + value;
        String current = "";
        int end = section.isEmpty() ? 0 : -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("[") && line.endsWith("]")) {
                current = line.substring(1, line.length() - 1).strip();
            }
            if (current.equals(section)) {
                int equals = line.indexOf('=');
                if (equals > 0
                        && !line.startsWith("#")
                        && line.substring(0, equals).strip().equals(name)) {
                    lines.set(i, setting);
                    return joined(lines);
                }
                end = line.isEmpty() ? end : i + 1;
            }
        }
        if (end < 0) {
            lines.add("[" + section + "]");
            end = lines.size();
        }
        lines.add(end, setting);
        return joined(lines);
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
