package shawk.tcp;

/** No packets can be had; the message is one line: what, and what to do next. */
public final class PacketsException extends Exception {
    private static final long serialVersionUID = 1;

    public PacketsException(String message) {
        super(message);
    }
}
