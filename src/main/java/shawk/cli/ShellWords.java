package shawk.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of a line as a shell takes them: between blanks; quotes hold blanks together, and a backslash takes the meaning
 * from the character after it, but in single quotes. Pure.
 */
final class ShellWords {
    private ShellWords() {}

    /** The words; a quote that is not closed is wrong usage. */
    static List<String> parse(String line) throws Failure {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                begun = true;
            } else if (c == quote) {
                quote = 0;
            } else {
                boolean escape = c == '\\' && quote != '\'' && i + 1 < line.length();
                i += escape ? 1 : 0;
                word.append(line.charAt(i));
                begun = true;
            }
        }
        if (quote != 0) {
            throw Failure.usage("expected " + quote + " to end the text that begins with it; type it once more");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
