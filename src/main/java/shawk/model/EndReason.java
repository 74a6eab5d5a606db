package shawk.model;

/** What first ended a connection, or why an attempt never became one: {@code enum shawk_reason}, in its order. */
public enum EndReason {
    UNKNOWN("unknown"),
    FIN_LOCAL("fin-local"),
    FIN_REMOTE("fin-remote"),
    /** A reset was received. */
    RST_IN("rst-in"),
    /** Closed here by a reset: linger 0, unread data, AF_UNSPEC. */
    ABORTED("aborted"),
    /** A reset was sent for another cause. */
    RST_OUT("rst-out"),
    /** Of a connection and of an attempt. */
    TIMEOUT("timeout"),
    /** SOCK_DESTROY. */
    DESTROYED("destroyed"),
    /** From here on of attempts only. */
    REFUSED("refused"),
    UNREACHABLE("unreachable"),
    /** Closed before there was an answer. */
    CANCELLED("cancelled"),
    /** No local port was free: no SYN was sent. */
    NO_PORT("no-port");

    private static final EndReason[] ALL = values();

    private final String id;

    EndReason(String id) {
        this.id = id;
    }

    /** Its name in columns, filters and output. */
    public String id() {
        return id;
    }

    /** The reason with this number in a record; {@link #UNKNOWN} where the number is not known here. */
    public static EndReason of(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : UNKNOWN;
    }
}
