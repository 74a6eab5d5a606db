package shawk.source;

import org.jspecify.annotations.Nullable;

/** A source gave nothing at all; the message is one line that says what failed and what to do next. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
