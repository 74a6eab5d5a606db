package shawk.tcp;

/** No packets can be had; the message is one line: what, and what to do next. */
public final class PacketsException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean usage;

    public PacketsException(String message) {
        this(message, false);
    }

    /** @param usage whether what was asked for cannot be, whatever there is */
    public PacketsException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    public boolean isUsage() {
        return usage;
    }
}
