package shawk.store.local;

/** What the embedded server is wanted for. */
public enum Access {
    /** Who has no data of his own may be let in to root's. */
    READ,
    /** The own server, made where there is none. */
    WRITE
}
