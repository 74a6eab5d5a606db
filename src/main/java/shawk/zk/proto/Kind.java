package shawk.zk.proto;

/** What sort of message it is. */
public enum Kind {
    REQUEST("request"),
    REPLY("reply"),
    EVENT("event"),
    /** A four-letter word, or the answer to one. */
    FOUR_LETTER("4lw"),
    ZAB("zab"),
    FLE("fle"),
    /** Nothing that was sent, but something that has to be said: a gap, bytes that are no message, TLS. */
    NOTE("note");

    private final String id;

    Kind(String id) {
        this.id = id;
    }

    /** The word in machine-readable output. */
    public String id() {
        return id;
    }
}
