package shawk.tcp;

import org.jspecify.annotations.Nullable;

/** Who is interested in which connection. Used by one thread. */
@FunctionalInterface
public interface Conversations {
    /**
     * What to do with the bytes of a connection that is seen for the first time.
     *
     * @param whole whether it is seen from its first byte; else bytes begin anywhere, in the middle of a message
     * @param ledger where its bytes are accounted for
     * @return null = nobody is interested, and its bytes are not counted
     */
    @Nullable
    Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros);

    /** The capture is over, and so are all conversations. */
    default void finish() {
        // Most keep nothing back.
    }

    /** Whether a connection between these ports may be of interest; where not, nothing is remembered of it. */
    default boolean mayWant(int port, int otherPort) {
        return true;
    }

    /** Which end of two is the server where no SYN has shown it. Ports are 0 to 65535. */
    default boolean isServerPort(int port) {
        return false;
    }
}
