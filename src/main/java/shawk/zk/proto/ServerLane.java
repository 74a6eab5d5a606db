package shawk.zk.proto;

/** One direction of a connection of servers: how far it is understood. Used by one thread. */
final class ServerLane {
    /** What is to be made of the next bytes. */
    enum State {
        /** The first bytes of the connection. */
        BEGIN,
        /** A frame begins here. */
        READ,
        /** A frame begins somewhere. */
        SEARCH,
        /** A snapshot. */
        SNAPSHOT,
        /** Nothing that can be read: TLS. */
        IGNORE,
        /** Nothing was understood too often. */
        UNDECODABLE
    }

    /** Malformed frames after which nothing of the direction is believed any more. */
    static final int MOST_MALFORMED = 10;

    final boolean toServer;

    State state;

    /** How many frames could not be read. */
    int malformed;

    /** How many frames were told. */
    long told;

    /** Bytes from where the search began that have to be there before it is worth while to look again. */
    int wake;

    /** Bytes that were passed over since the last frame. */
    long skipped;

    /** Bytes that were offered and wait for others. */
    int held;

    /** Bytes that are missing since the last frame. */
    long missing;

    /** Whether bytes are missing since the last frame, maybe an unknown number. */
    boolean hole;

    /** Whether the next frame is the first one of the connection. */
    boolean fresh;

    /** Whether SASL may come: at the beginning. */
    boolean mayAuthenticate;

    /** Whether what is searched is a snapshot of which bytes are missing. */
    boolean brokenSnapshot;

    ServerLane(boolean toServer, boolean whole) {
        this.toServer = toServer;
        fresh = whole;
        mayAuthenticate = whole;
        state = whole ? State.BEGIN : State.SEARCH;
    }

    /** From here on a frame begins somewhere. */
    void lose() {
        state = State.SEARCH;
        wake = 0;
        fresh = false;
        mayAuthenticate = false;
    }

    /** Whether anything was passed over that nobody has been told of. */
    boolean hasLost() {
        return skipped > 0 || hole;
    }

    void forgetLost() {
        skipped = 0;
        missing = 0;
        hole = false;
        wake = 0;
    }
}
