package shawk.look;

/** How an edge is known. */
public enum Proof {
    /** Both sides saw the same connection. */
    BOTH("both"),
    /** Only the client's host saw it. */
    CLIENT_ONLY("client-only"),
    /** Only the server's host saw it. */
    SERVER_ONLY("server-only"),
    /** Both sides saw connections that may be the same, and what they kept does not tell. */
    AMBIGUOUS("ambiguous");

    private final String id;

    Proof(String id) {
        this.id = id;
    }

    /** As it is written. */
    public String id() {
        return id;
    }
}
