package shawk.look;

/** The store did not answer. The message is one line that may be shown: what, which, what to do. */
public final class LookException extends Exception {
    private static final long serialVersionUID = 1L;

    public LookException(String message) {
        super(message);
    }

    public LookException(String message, Throwable cause) {
        super(message, cause);
    }
}
