package shawk.model;

/** Who opened a connection. */
public enum Direction {
    /** The other side did: this side listens. */
    IN("in"),
    /** This side did. */
    OUT("out"),
    /** No connection: a socket that waits for some (TCP LISTEN, UDP not connected). */
    LISTEN("listen"),
    /** Neither side is known to listen and the ports do not tell. */
    UNKNOWN("unknown");

    private final String id;

    Direction(String id) {
        this.id = id;
    }

    /** Name as filters and dumps write it. */
    public String id() {
        return id;
    }
}
