package shawk.source;

import org.jspecify.annotations.Nullable;

/** A source gave nothing at all; the message is one line that says what failed and what to do next. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    public SourceException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * A failure that says nothing about the source if {@code passing}: the host, or this program, was short of memory
     * or descriptors just then.
     */
    SourceException(String message, @Nullable Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    boolean passing() {
        return passing;
    }
}
