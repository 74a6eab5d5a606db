package shawk.store;

/** A store did not do what it was asked for. The message is one line that may be shown: what, which, what to do. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What the caller can do. */
    public enum Kind {
        /** It is not there, or ended the connection: try again later. Nothing is known to have been stored. */
        AWAY,
        /** Whether it was stored is not known: offer the same batch under the same number again. */
        UNKNOWN,
        /** Another agent has taken this host over: stop, keep what waits. */
        FENCED,
        /** It does not take this batch for what is in it, at least now: after several times set it aside. */
        CONTENT,
        /** It takes nothing from this program: no rights, no scheme, one that is newer, a wrong password. */
        REFUSED
    }

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the caller can do. */
    public Kind kind() {
        return kind;
    }
}
