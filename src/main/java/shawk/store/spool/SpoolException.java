package shawk.store.spool;

/** A spool did not do what it was asked for. The message is one line that may be shown. */
public final class SpoolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What the caller can do. */
    public enum Kind {
        /** Another process has the folder. */
        TAKEN,
        /** The folder cannot be used at all. */
        UNUSABLE,
        /** The disk did not take a batch, which is not accepted: offer it again later. */
        DISK,
        /** The batch is larger than what the spool may ever hold. */
        TOO_LARGE
    }

    SpoolException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    SpoolException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the caller can do. */
    public Kind kind() {
        return kind;
    }
}
