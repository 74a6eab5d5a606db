package shawk.view.tui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import shawk.screen.Style;
import shawk.text.DisplayWidth;

/**
 * How a cell looks: Lanterna's character for a code point in a style, each made once. The eight colours that every
 * terminal has, on the terminal's own background, so that light and dark ones do; or none. Used by one thread.
 */
final class Palette {
    private static final int ASCII = 128;

    /** Distinct characters that are no ASCII and are kept; at the bound all are forgotten. */
    private static final int MAX_OTHERS = 8_192;

    private final Map<Style, Look> looks;
    private final TextCharacter[] ascii = new TextCharacter[Style.values().length * ASCII];
    private final Map<Long, TextCharacter> others = new HashMap<>();

    Palette(boolean mono) {
        this.looks = mono ? mono() : coloured();
    }

    private record Look(TextColor foreground, TextColor background, EnumSet<SGR> modifiers) {}

    /**
     * A character whose width is what the grid took for it, whatever Lanterna thinks, and which is compared by who it
     * is: there is one of each.
     */
    private static final class Cell extends TextCharacter {
        private static final long serialVersionUID = 1L;

        private final boolean wide;

        @SuppressWarnings("deprecation") // The one constructor that takes a character of any code point.
        Cell(TextCharacter character, boolean wide) {
            super(character);
            this.wide = wide;
        }

        @Override
        public boolean isDoubleWidth() {
            return wide;
        }

        /**
         * Lanterna asks for the blank in the second cell of a wide character: it must not pass for a blank that was
         * drawn, or what follows a wide character that moved is taken for unchanged.
         */
        @Override
        public TextCharacter withCharacter(char character) {
            return new Cell(super.withCharacter(character), false);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    TextCharacter cell(int codePoint, Style style) {
        if (codePoint < ASCII) {
            int index = style.ordinal() * ASCII + codePoint;
            TextCharacter known = ascii[index];
            if (known == null) {
                known = make(codePoint, style);
                ascii[index] = known;
            }
            return known;
        }
        if (others.size() >= MAX_OTHERS) {
            others.clear();
        }
        return others.computeIfAbsent((long) codePoint << 8 | style.ordinal(), key -> make(codePoint, style));
    }

    private TextCharacter make(int codePoint, Style style) {
        if (codePoint == ' ' && style == Style.PLAIN) {
            // What a cleared screen is full of: not written when the whole screen is drawn.
            return TextCharacter.DEFAULT_CHARACTER;
        }
        Look look = looks.getOrDefault(style, look(ANSI.DEFAULT, ANSI.DEFAULT));
        TextCharacter character = TextCharacter.fromString(
                Character.toString(codePoint), look.foreground(), look.background(), look.modifiers())[0];
        return new Cell(character, DisplayWidth.of(codePoint) == 2);
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

    private static Map<Style, Look> coloured() {
        Map<Style, Look> looks = new EnumMap<>(Style.class);
        looks.put(Style.STATUS, plain(SGR.BOLD));
        looks.put(Style.ALERT, look(ANSI.WHITE, ANSI.RED, SGR.BOLD));
        looks.put(Style.HEADER, look(ANSI.BLACK, ANSI.GREEN));
        looks.put(Style.SORTED, look(ANSI.BLACK, ANSI.CYAN));
        looks.put(Style.CURSOR, look(ANSI.BLACK, ANSI.CYAN));
        looks.put(Style.GROUP, plain(SGR.BOLD));
        looks.put(Style.DIM, look(ANSI.CYAN, ANSI.DEFAULT));
        looks.put(Style.WARN, look(ANSI.MAGENTA, ANSI.DEFAULT, SGR.BOLD));
        looks.put(Style.BAD, look(ANSI.RED, ANSI.DEFAULT, SGR.BOLD));
        looks.put(Style.INPUT, plain());
        looks.put(Style.CARET, plain(SGR.REVERSE));
        looks.put(Style.KEY, plain(SGR.BOLD));
        looks.put(Style.HINT, look(ANSI.BLACK, ANSI.CYAN));
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
        return looks;
    }
}
