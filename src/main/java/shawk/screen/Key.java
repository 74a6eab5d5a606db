package shawk.screen;

import org.jspecify.annotations.Nullable;

/**
 * One key press as a terminal tells it. Immutable.
 *
 * @param kind which key
 * @param codePoint of {@link Kind#CHAR} the character, of {@link Kind#CTRL} the lower-case letter held with Ctrl; else
 *     0
 */
public record Key(Kind kind, int codePoint) {
    /** Which key. */
    public enum Kind {
        CHAR,
        CTRL,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        TAB,
        BACK_TAB,
        BACKSPACE,
        DELETE,
        F1,
        F2,
        F3,
        F4,
        F5,
        F6,
        F7,
        F8,
        F9,
        F10,
        F11,
        F12
    }

    /** A character as it is typed. */
    public static Key of(int codePoint) {
        return new Key(Kind.CHAR, codePoint);
    }

    /** A letter held with Ctrl. */
    public static Key ctrl(char letter) {
        return new Key(Kind.CTRL, letter);
    }

    /** A key that has a name of its own. */
    public static Key of(Kind kind) {
        return new Key(kind, 0);
    }

    /** The key of a label, whatever its case where that is a name; null where there is none. */
    public static @Nullable Key parse(String label) {
        if (label.codePointCount(0, label.length()) == 1) {
            int character = label.codePointAt(0);
            return character > ' ' && character != 0x7f ? of(character) : null;
        }
        if (label.equalsIgnoreCase("space")) {
            return of(' ');
        }
        if (label.length() == 6 && label.regionMatches(true, 0, "Ctrl-", 0, 5)) {
            char letter = Character.toLowerCase(label.charAt(5));
            // These are what the keys Backspace, Tab and Enter send.
            return letter >= 'a' && letter <= 'z' && "hijm".indexOf(letter) < 0 ? ctrl(letter) : null;
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.CHAR && kind != Kind.CTRL && of(kind).label().equalsIgnoreCase(label)) {
                return of(kind);
            }
        }
        return null;
    }

    /** As it stands in hints, help and man page, e.g. {@code Ctrl-B}, {@code PgUp}, {@code /}. */
    public String label() {
        return switch (kind) {
            case CHAR -> codePoint == ' ' ? "Space" : Character.toString(codePoint);
            case CTRL -> "Ctrl-" + Character.toString(Character.toUpperCase(codePoint));
            case UP -> "Up";
            case DOWN -> "Down";
            case LEFT -> "Left";
            case RIGHT -> "Right";
            case PAGE_UP -> "PgUp";
            case PAGE_DOWN -> "PgDn";
            case HOME -> "Home";
            case END -> "End";
            case ENTER -> "Enter";
            case ESCAPE -> "Esc";
            case TAB -> "Tab";
            case BACK_TAB -> "Shift-Tab";
            case BACKSPACE -> "Backspace";
            case DELETE -> "Delete";
            default -> kind.name();
        };
    }
}
