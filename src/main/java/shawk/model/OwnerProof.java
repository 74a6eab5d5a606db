package shawk.model;

/** How the owner of a socket is known, from best to worst. */
public enum OwnerProof {
    /** The only process seen to hold the socket in this sample; or the one that the kernel saw at work on it. */
    PROVEN("proven"),
    /** One of several holders, the holder of the listener, or the holder in an earlier sample of the same socket. */
    INFERRED("inferred"),
    /** Nobody could be named. */
    UNKNOWN("unknown");

    private final String id;

    OwnerProof(String id) {
        this.id = id;
    }

    /** Name as filters and dumps write it. */
    public String id() {
        return id;
    }
}
