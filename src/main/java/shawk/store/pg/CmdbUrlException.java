package shawk.store.pg;

/** A URL of a CMDB that cannot be used. The message is one line, without the password: what, and what to write. */
public final class CmdbUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    CmdbUrlException(String message) {
        super(message, null, false, false);
    }

    /** The line. */
    public String line() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
