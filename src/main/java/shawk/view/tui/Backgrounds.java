package shawk.view.tui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shawk.screen.Event;

/** What a terminal answers when it is asked for its background: {@code 11;rgb:1e1e/1e1e/1e1e}. Pure. */
final class Backgrounds {
    /** The question. */
    static final String QUERY = "\033]11;?\033\\";

    private static final Pattern ANSWER =
            Pattern.compile("11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(/[0-9a-fA-F]{1,4})?");

    /** Terminals that would print the question, or a part of it. */
    private static final Pattern DEAF =
            Pattern.compile("(linux|vt\\d|ansi|cygwin|fbterm|jfbterm|yaft|dtterm|teraterm).*");

    private Backgrounds() {}

    /** Whether a terminal of this type can be asked without anything being printed. */
    static boolean canBeAsked(String term) {
        return !DEAF.matcher(term).matches();
    }

    /** What a string, without its frame, answers; null = something else. */
    static Event.@Nullable Background parse(String string) {
        Matcher matcher = ANSWER.matcher(string);
        if (!matcher.matches()) {
            return null;
        }
        // As bright as the eye takes it to be.
        double light = 0.299 * part(matcher.group(1)) + 0.587 * part(matcher.group(2)) + 0.114 * part(matcher.group(3));
        return new Event.Background(light < 0.5);
    }

    private static double part(String hex) {
        return Integer.parseInt(hex, 16) / (Math.pow(16, hex.length()) - 1);
    }
}
