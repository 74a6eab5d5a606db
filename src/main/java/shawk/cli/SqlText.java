package shawk.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Where statements end: at a semicolon that is neither in quotes ({@code '…'}, {@code "…"}, {@code $tag$…$tag$}) nor in
 * a comment. Pure.
 */
final class SqlText {
    private final String text;
    private int at;

    private SqlText(String text) {
        this.text = text;
    }

    /** Whether the last statement is ended, so that nothing has to come. */
    static boolean ended(String text) {
        List<String> parts = parts(text);
        return parts.get(parts.size() - 1).isBlank() && parts.size() > 1;
    }

    /** The statements, without their semicolons; what is blank is none. */
    static List<String> statements(String text) {
        return parts(text).stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static List<String> parts(String text) {
        SqlText scan = new SqlText(text);
        List<String> parts = new ArrayList<>();
        int begin = 0;
        while (scan.at < text.length()) {
            if (text.charAt(scan.at) == ';') {
                parts.add(text.substring(begin, scan.at));
                begin = ++scan.at;
            } else {
                scan.step();
            }
        }
        parts.add(text.substring(Math.min(begin, text.length())));
        return parts;
    }

    /** Over one character, or over all that belongs together. */
    private void step() {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            boolean escapes = c == '\'' && isEscapeString();
            at = afterQuote(c, escapes);
        } else if (text.startsWith("--", at)) {
            at = after("\n", at + 2);
        } else if (text.startsWith("/*", at)) {
            at = afterComment();
        } else if (c == '$') {
            dollar();
        } else {
            at++;
        }
    }

    /** {@code E'…'}: only there a backslash takes the meaning from a quote. */
    private boolean isEscapeString() {
        boolean e = at > 0 && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        return e && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)) && text.charAt(at - 2) != '_');
    }

    private int afterQuote(char quote, boolean escapes) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            i += escapes && text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    /** Comments of this kind stand in each other. */
    private int afterComment() {
        int depth = 0;
        int i = at;
        while (i < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return text.length();
    }

    private void dollar() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < text.length()
                && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
        at = tag ? after(text.substring(at, end + 1), end + 1) : at + 1;
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
