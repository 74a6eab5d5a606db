package shawk.store.local;

/** The embedded server cannot be used. The message is one line that may be shown: what, which, what to do. */
public final class LocalServerException extends Exception {
    private static final long serialVersionUID = 1L;

    LocalServerException(String message) {
        super(message);
    }

    LocalServerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The one line. */
    public String line() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
