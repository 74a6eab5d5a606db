package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/** An expected end that is no success: one line that says what, which value, and what to do instead. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final int status;

    private Failure(int status, String line) {
        super(line, null, false, false);
        this.status = status;
    }

    /** Wrong usage: exit status 2. */
    static Failure usage(String line) {
        return new Failure(ExitStatus.USAGE, line);
    }

    /** Something needed is missing: exit status 3. */
    static Failure missing(String line) {
        return new Failure(ExitStatus.MISSING, line);
    }

    /** A value that somebody typed, made harmless and short, in quotes. */
    static String quote(String typed) {
        String safe = SafeText.of(typed).value();
        return '\'' + (safe.length() > SHOWN ? safe.substring(0, SHOWN) + "…" : safe) + '\'';
    }

    /** Text from outside, made harmless. */
    static String plain(@Nullable String text) {
        return text == null ? "" : SafeText.of(text).value();
    }

    int status() {
        return status;
    }

    /** The line, without the program's name. */
    String line() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
