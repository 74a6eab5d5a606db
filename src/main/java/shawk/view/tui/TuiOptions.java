package shawk.view.tui;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.model.SafeText;
import shawk.screen.Arrangement;
import shawk.screen.Keymap;
import shawk.screen.Setup;
import shawk.screen.View;

/**
 * How the monitor begins and draws.
 *
 * @param arrangement how rows are chosen, grouped and sorted at first
 * @param intervalMillis time between samples at first
 * @param host name of this host, for the first line
 * @param ascii whether only ASCII is drawn
 * @param mono whether the theme that nobody chose has no colours
 * @param term type of the terminal
 * @param keys what the keys do
 * @param setup mouse, colours, what is allowed
 * @param columns those of the views that have others than usual
 * @param numeric whether hosts, services and users are numbers at first
 * @param greeting one line to be read at first; empty = none
 */
public record TuiOptions(
        Arrangement arrangement,
        long intervalMillis,
        SafeText host,
        boolean ascii,
        boolean mono,
        String term,
        Keymap keys,
        Setup setup,
        Map<View, List<Field>> columns,
        boolean numeric,
        String greeting) {

    /** Terminals that take the common escape sequences, by the beginning of their {@code TERM}. */
    private static final Pattern KNOWN =
            Pattern.compile("(xterm|screen|tmux|rxvt|linux|vt[1-5]\\d\\d|ansi|konsole|gnome"
                    + "|vte|alacritty|foot|kitty|st|stterm|wezterm|iterm2?|putty|mintty|cygwin|Eterm|eterm|mlterm|hterm"
                    + "|mosh|dtterm|contour|ghostty|rio|teraterm|nsterm|kterm|aterm|fbterm|jfbterm|yaft|terminator"
                    + "|guake)([-+.].*)?");

    /**
     * Why a terminal of this type cannot be drawn on, one line with what to do; null where it can.
     *
     * @param instead the command that needs none
     */
    public static @Nullable String refusal(@Nullable String term, String instead) {
        String fix = "try TERM=xterm-256color, or use " + instead;
        if (term == null || term.isEmpty()) {
            return "TERM is not set; " + fix;
        }
        if (!KNOWN.matcher(term).matches()) {
            return "TERM=" + SafeText.of(term).value() + " is no terminal that the monitor can draw on; " + fix;
        }
        return null;
    }

    /** Whether the environment's locale has anything but ASCII. */
    public static boolean ascii(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                String codeset = locale.toUpperCase(Locale.ROOT);
                return !codeset.contains("UTF-8") && !codeset.contains("UTF8");
            }
        }
        return true;
    }

    /** Whether the environment asks for no colours, or the terminal has none. */
    public static boolean mono(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || term.matches("vt[12]\\d\\d.*")
                || term.endsWith("-m")
                || term.endsWith("-mono");
    }
}
