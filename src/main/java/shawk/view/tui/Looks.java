package shawk.view.tui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.screen.Event;
import shawk.screen.Style;
import shawk.screen.Theme;

/**
 * Each theme: how a style looks in the sixteen colours that every terminal has, on the terminal's own background. No
 * style is told from another by red and green alone, and none carries what the characters do not say. Pure.
 */
final class Looks {
    static final Look PLAIN = plain();

    private Looks() {}

    /** Colours of letter and ground, and bold, underlined, reversed. */
    record Look(TextColor foreground, TextColor background, EnumSet<SGR> modifiers) {}

    /**
     * The looks of a theme.
     *
     * @param colours whether the terminal has any, and nobody asked for none
     * @param background what the terminal said of its background; null = nothing
     */
    static Map<Style, Look> of(Theme theme, boolean colours, Event.@Nullable Background background) {
        return switch (theme) {
            case AUTO -> !colours ? mono() : background == null ? safe() : background.dark() ? dark() : light();
            case DARK -> dark();
            case LIGHT -> light();
            case COLOUR_BLIND -> colourBlind();
            case MONO -> mono();
        };
    }

    private static Look look(TextColor foreground, TextColor background, SGR... modifiers) {
        EnumSet<SGR> set = EnumSet.noneOf(SGR.class);
        for (SGR modifier : modifiers) {
            set.add(modifier);
        }
        return new Look(foreground, background, set);
    }

    private static Look plain(SGR... modifiers) {
        return look(ANSI.DEFAULT, ANSI.DEFAULT, modifiers);
    }

    private static Look letter(TextColor foreground, SGR... modifiers) {
        return look(foreground, ANSI.DEFAULT, modifiers);
    }

    /** Colours that can be read on a light and on a dark ground. */
    private static Map<Style, Look> safe() {
        Map<Style, Look> looks = new EnumMap<>(Style.class);
        looks.put(Style.STATUS, plain(SGR.BOLD));
        looks.put(Style.ALERT, look(ANSI.WHITE, ANSI.RED, SGR.BOLD));
        looks.put(Style.HEADER, look(ANSI.BLACK, ANSI.GREEN));
        looks.put(Style.SORTED, look(ANSI.BLACK, ANSI.CYAN));
        looks.put(Style.CURSOR, look(ANSI.BLACK, ANSI.CYAN));
        looks.put(Style.GROUP, plain(SGR.BOLD));
        looks.put(Style.DIM, letter(ANSI.CYAN));
        looks.put(Style.WARN, letter(ANSI.MAGENTA, SGR.BOLD));
        looks.put(Style.BAD, letter(ANSI.RED, SGR.BOLD));
        looks.put(Style.INPUT, plain());
        looks.put(Style.CARET, plain(SGR.REVERSE));
        looks.put(Style.KEY, plain(SGR.BOLD));
        looks.put(Style.HINT, look(ANSI.BLACK, ANSI.CYAN));
        looks.put(Style.NEW, letter(ANSI.GREEN, SGR.BOLD));
        looks.put(Style.GONE, letter(ANSI.CYAN));
        return looks;
    }

    private static Map<Style, Look> dark() {
        Map<Style, Look> looks = safe();
        looks.put(Style.DIM, letter(ANSI.BLACK_BRIGHT));
        looks.put(Style.NEW, letter(ANSI.GREEN_BRIGHT, SGR.BOLD));
        looks.put(Style.GONE, letter(ANSI.BLACK_BRIGHT));
        looks.put(Style.WARN, letter(ANSI.YELLOW_BRIGHT));
        looks.put(Style.BAD, letter(ANSI.RED_BRIGHT, SGR.BOLD));
        looks.put(Style.KEY, letter(ANSI.CYAN_BRIGHT, SGR.BOLD));
        return looks;
    }

    private static Map<Style, Look> light() {
        Map<Style, Look> looks = safe();
        looks.put(Style.HEADER, look(ANSI.WHITE_BRIGHT, ANSI.BLUE));
        looks.put(Style.SORTED, look(ANSI.WHITE_BRIGHT, ANSI.MAGENTA));
        looks.put(Style.DIM, letter(ANSI.BLACK_BRIGHT));
        looks.put(Style.GONE, letter(ANSI.BLACK_BRIGHT));
        looks.put(Style.KEY, letter(ANSI.BLUE, SGR.BOLD));
        return looks;
    }

    /** Blue against white and black, never red against green; what is bad is reversed too. */
    private static Map<Style, Look> colourBlind() {
        Map<Style, Look> looks = safe();
        looks.put(Style.ALERT, plain(SGR.BOLD, SGR.REVERSE));
        looks.put(Style.HEADER, look(ANSI.WHITE_BRIGHT, ANSI.BLUE));
        looks.put(Style.SORTED, look(ANSI.WHITE_BRIGHT, ANSI.BLUE, SGR.BOLD, SGR.UNDERLINE));
        looks.put(Style.CURSOR, plain(SGR.REVERSE));
        looks.put(Style.DIM, plain());
        looks.put(Style.WARN, plain(SGR.BOLD, SGR.UNDERLINE));
        looks.put(Style.BAD, plain(SGR.BOLD, SGR.REVERSE));
        looks.put(Style.HINT, look(ANSI.WHITE_BRIGHT, ANSI.BLUE));
        looks.put(Style.NEW, plain(SGR.BOLD, SGR.UNDERLINE));
        looks.put(Style.GONE, plain());
        return looks;
    }

    private static Map<Style, Look> mono() {
        Map<Style, Look> looks = new EnumMap<>(Style.class);
        looks.put(Style.STATUS, plain(SGR.BOLD));
        looks.put(Style.ALERT, plain(SGR.BOLD, SGR.REVERSE));
        looks.put(Style.HEADER, plain(SGR.REVERSE));
        looks.put(Style.SORTED, plain(SGR.REVERSE, SGR.BOLD, SGR.UNDERLINE));
        looks.put(Style.CURSOR, plain(SGR.REVERSE));
        looks.put(Style.GROUP, plain(SGR.BOLD));
        looks.put(Style.WARN, plain(SGR.BOLD));
        looks.put(Style.BAD, plain(SGR.BOLD, SGR.UNDERLINE));
        looks.put(Style.CARET, plain(SGR.REVERSE));
        looks.put(Style.KEY, plain(SGR.BOLD));
        looks.put(Style.NEW, plain(SGR.BOLD, SGR.UNDERLINE));
        return looks;
    }
}
