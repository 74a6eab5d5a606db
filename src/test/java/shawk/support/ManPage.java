package shawk.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of mdoc(7) as it takes to hold a page against the code: sections, list entries, the arguments of a macro.
 *
 * @param lines the lines of the source without comments
 */
public record ManPage(List<Line> lines) {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"]|\"\")*)\"|(\\S+)");
    private static final Set<String> DELIMITERS = Set.of("(", "[", ".", ",", ":", ";", ")", "]", "?", "!", "|");
    /** Macros that may stand in the line of another. */
    private static final Set<String> CALLABLE = Set.of(
            "Ar", "Cm", "Dq", "Em", "Ev", "Fl", "Ic", "Li", "Nm", "No", "Ns", "Oc", "Oo", "Op", "Pa", "Pc", "Po", "Pq",
            "Ql", "Sq", "Sx", "Sy", "Vt", "Xr");

    /**
     * A line of the source.
     *
     * @param macro its macro; empty = a line of text
     * @param words the words behind it, macros among them
     */
    public record Line(String macro, List<String> words) {
        /** The arguments of {@code wanted} in this line. */
        public List<String> arguments(String wanted) {
            List<String> found = new ArrayList<>();
            String current = macro;
            for (String word : words) {
                if (CALLABLE.contains(word)) {
                    current = word;
                } else if (current.equals(wanted) && !DELIMITERS.contains(word)) {
                    found.add(unescape(word));
                }
            }
            return found;
        }

        /** What is read, without macros. */
        public String text() {
            List<String> read = new ArrayList<>();
            for (String word : words) {
                if (macro.isEmpty() || !CALLABLE.contains(word)) {
                    read.add(unescape(word));
                }
            }
            return String.join(" ", read);
        }
    }

    /**
     * An entry of a list.
     *
     * @param head its {@code It} line
     * @param body what follows, entries of inner lists included
     */
    public record Entry(Line head, ManPage body) {}

    /** The page of this name, out of the folder of pages. */
    public static ManPage query(String name) {
        try {
            return parse(Files.readString(Path.of("man", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page that {@code source} is. */
    public static ManPage parse(String source) {
        List<Line> lines = new ArrayList<>();
        for (String line : source.split("\n")) {
            if (line.startsWith(".\\\"")) {
                continue;
            }
            List<String> words = words(line);
            boolean isText = !line.startsWith(".");
            lines.add(
                    isText ? new Line("", words) : new Line(words.get(0).substring(1), words.subList(1, words.size())));
        }
        return new ManPage(List.copyOf(lines));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    private static String unescape(String word) {
        return word.replace("\\&", "")
                .replace("\\e", "\\")
                .replace("\\-", "-")
                .replace("\\(dq", "\"")
                .replace("\\(oq", "'")
                .replace("\\(cq", "'");
    }

    /** What stands under the heading; fails where there is none such. */
    public ManPage section(String heading) {
        List<Line> found = new ArrayList<>();
        String level = "";
        for (Line line : lines) {
            if (line.macro().equals("Sh") || line.macro().equals("Ss")) {
                if (level.isEmpty() && line.text().equals(heading)) {
                    level = line.macro();
                    continue;
                }
                if (level.equals("Ss") || level.equals(line.macro())) {
                    return new ManPage(found);
                }
            }
            if (!level.isEmpty()) {
                found.add(line);
            }
        }
        if (level.isEmpty()) {
            throw new AssertionError("no section " + heading);
        }
        return new ManPage(found);
    }

    /** The entries of the outermost lists. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        List<Line> body = new ArrayList<>();
        int depth = 0;
        for (Line line : lines) {
            if (line.macro().equals("Bl")) {
                depth++;
            } else if (line.macro().equals("El")) {
                depth--;
            } else if (depth == 1 && line.macro().equals("It")) {
                body = new ArrayList<>();
                entries.add(new Entry(line, new ManPage(body)));
                continue;
            }
            if (depth > 0) {
                body.add(line);
            }
        }
        return entries;
    }

    /** The arguments of a macro, wherever it is called. */
    public List<String> arguments(String macro) {
        return lines.stream().flatMap(line -> line.arguments(macro).stream()).toList();
    }

    /** What is read, without macros. */
    public String text() {
        return String.join(" ", lines.stream().map(Line::text).toList());
    }
}
