package shawk.expr;

import shawk.model.SafeText;

/**
 * What somebody typed is no filter, sort key, list of fields or duration. The message is one line, fit to be shown:
 * what is wrong, where, and what to type instead. It has no stack trace, so that parsing at every keystroke stays
 * cheap.
 */
public final class ExprException extends Exception {
    private static final int MAX_QUOTED = 40;

    private final int position;

    private ExprException(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    /** "{@code problem} at column 7", or "{@code problem} at column 7; {@code advice}". */
    static ExprException at(String text, int index, String problem, String advice) {
        int column = text.codePointCount(0, Math.min(index, text.length())) + 1;
        return new ExprException(problem + " at column " + column + (advice.isEmpty() ? "" : "; " + advice), column);
    }

    /** "{@code problem}; {@code advice}", of a value that is wrong as a whole. */
    static ExprException of(String problem, String advice) {
        return new ExprException(problem + "; " + advice, 1);
    }

    /** {@code text} made harmless, shortened, and in quotes. */
    static String quoted(String text) {
        String harmless = SafeText.of(text).value();
        int length = harmless.codePointCount(0, harmless.length());
        String start =
                length > MAX_QUOTED ? harmless.substring(0, harmless.offsetByCodePoints(0, MAX_QUOTED)) : harmless;
        return "'" + start + (length > MAX_QUOTED ? "..." : "") + "'";
    }

    /** Column, from 1, of the character where the text stops making sense. */
    public int position() {
        return position;
    }
}
