package shawk.model;

/** What became of a connection: {@link EventRecord#kind()}, less 1. */
public enum EventKind {
    /** It became ESTABLISHED. */
    OPENED("opened"),
    /** It ended. */
    CLOSED("closed"),
    /** An attempt ended before it was ESTABLISHED. */
    FAILED("failed");

    private final String id;

    EventKind(String id) {
        this.id = id;
    }

    /** Its name in output. */
    public String id() {
        return id;
    }
}
