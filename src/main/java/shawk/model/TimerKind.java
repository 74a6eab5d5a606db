package shawk.model;

/** Which timer of a TCP socket runs, in the order of {@code idiag_timer} ({@code net/ipv4/inet_diag.c}). */
public enum TimerKind {
    NONE("none"),
    ON("on"),
    KEEPALIVE("keepalive"),
    TIMEWAIT("timewait"),
    PERSIST("persist");

    private final String id;

    TimerKind(String id) {
        this.id = id;
    }

    /** Name as {@code ss -o} prints it. */
    public String id() {
        return id;
    }

    /** The kind of kernel number {@code number}; {@link #NONE} for a number that no known kernel uses. */
    public static TimerKind of(int number) {
        return number > 0 && number < VALUES.length ? VALUES[number] : NONE;
    }

    private static final TimerKind[] VALUES = values();
}
