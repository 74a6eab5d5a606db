package shawk.view.tui;

import com.googlecode.lanterna.TextCharacter;
import java.util.HashMap;
import java.util.Map;
import shawk.screen.Style;
import shawk.text.DisplayWidth;

/** How a cell looks: Lanterna's character for a code point in a style, each made once. Used by one thread. */
final class Palette {
    private static final int ASCII = 128;

    /** Distinct characters that are no ASCII and are kept; at the bound all are forgotten. */
    private static final int MAX_OTHERS = 8_192;

    private final Map<Style, Looks.Look> looks;
    private final TextCharacter[] ascii = new TextCharacter[Style.values().length * ASCII];
    private final Map<Long, TextCharacter> others = new HashMap<>();

    Palette(Map<Style, Looks.Look> looks) {
        this.looks = looks;
    }

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
        Looks.Look look = looks.getOrDefault(style, Looks.PLAIN);
        TextCharacter character = TextCharacter.fromString(
                Character.toString(codePoint), look.foreground(), look.background(), look.modifiers())[0];
        return new Cell(character, DisplayWidth.of(codePoint) == 2);
    }
}
