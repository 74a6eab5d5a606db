package shawk.source;

import org.jspecify.annotations.Nullable;
import shawk.nativelib.NativeException;

/** A source gave nothing at all; the message is one line that says what failed and what to do next. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final String reason;
    private final String fix;

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
        this.reason = message;
        this.fix = "";
    }

    private SourceException(NativeException cause, boolean passing) {
        super(cause.getMessage(), cause);
        this.passing = passing;
        this.reason = cause.reason();
        this.fix = cause.fix();
    }

    /** A native call failed, and so will the next one. */
    public static SourceException of(NativeException cause) {
        return new SourceException(cause, false);
    }

    /** A native call failed; where something was short just then, the next one may not. */
    public static SourceException whilePolling(NativeException cause) {
        return new SourceException(cause, cause.isShortage());
    }

    /** Whether it says nothing about the source. */
    public boolean passing() {
        return passing;
    }

    /** The same, of a source that does not recover. */
    public SourceException lasting() {
        return getCause() instanceof NativeException cause
                ? new SourceException(cause, false)
                : new SourceException(reason, getCause());
    }

    Missed missed() {
        return new Missed(reason, fix);
    }
}
