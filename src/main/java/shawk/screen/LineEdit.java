package shawk.screen;

import shawk.model.SafeText;

/**
 * A line of text that is being typed. Immutable.
 *
 * @param text what there is
 * @param caret where the next character goes: an index into the text, never inside a surrogate pair
 */
public record LineEdit(String text, int caret) {
    /** Longer lines are not taken: the rest of what is typed or pasted is dropped. */
    public static final int MAX_LENGTH = 1000;

    public static LineEdit of(String text) {
        return new LineEdit(text, text.length());
    }

    /** The line after a key; the same object where the key means nothing here. */
    public LineEdit on(Key key) {
        return switch (key.kind()) {
            case CHAR -> insert(Character.toString(key.codePoint()));
            case BACKSPACE -> cut(before(), caret);
            case DELETE -> cut(caret, after());
            case LEFT -> new LineEdit(text, before());
            case RIGHT -> new LineEdit(text, after());
            case HOME -> new LineEdit(text, 0);
            case END -> new LineEdit(text, text.length());
            case CTRL ->
                switch (key.codePoint()) {
                    case 'a' -> new LineEdit(text, 0);
                    case 'e' -> new LineEdit(text, text.length());
                    case 'u' -> cut(0, caret);
                    case 'k' -> cut(caret, text.length());
                    case 'w' -> cut(wordStart(), caret);
                    default -> this;
                };
            default -> this;
        };
    }

    /** Control characters and the like, which a paste may hold, are not taken: the line is drawn as it is. */
    private LineEdit insert(String more) {
        if (text.length() + more.length() > MAX_LENGTH
                || !SafeText.of(more).value().equals(more)) {
            return this;
        }
        return new LineEdit(text.substring(0, caret) + more + text.substring(caret), caret + more.length());
    }

    private LineEdit cut(int from, int to) {
        return from == to ? this : new LineEdit(text.substring(0, from) + text.substring(to), from);
    }

    private int before() {
        return caret == 0 ? 0 : text.offsetByCodePoints(caret, -1);
    }

    private int after() {
        return caret == text.length() ? caret : text.offsetByCodePoints(caret, 1);
    }

    private int wordStart() {
        int at = caret;
        while (at > 0 && text.charAt(at - 1) == ' ') {
            at--;
        }
        while (at > 0 && text.charAt(at - 1) != ' ') {
            at--;
        }
        return at;
    }
}
