package shawk.tcp;

import org.jspecify.annotations.Nullable;

/** A connection as {@link Streams} knows it. Its ends are A and B, A the lower one. Used by one thread. */
final class Flow {
    final long aHigh;
    final long aLow;
    final int aPort;
    final long bHigh;
    final long bLow;
    final int bPort;

    /** Where it is in the order of use, of all or of those that are over. */
    final Recency.Place use = new Recency.Place(this);

    /** Where it is in the order of use of those that hold memory. */
    final Recency.Place holder = new Recency.Place(this);

    boolean clientIsA;

    /** Whether it was seen from its beginning. */
    boolean whole;

    /** Null = nobody is interested. */
    @Nullable
    Conversation conversation;

    /** The following two are null where nobody is interested. */
    @Nullable
    Half toServer;

    @Nullable
    Half toClient;

    /** Whether its conversation has been told that it is over. */
    boolean over;

    /** Whether an RST said so. */
    boolean reset;

    /** Segments with new data since it was over. */
    int late;

    /** Bytes of memory that its halves hold. */
    int memory;

    /** Where it is among those with a hole; -1 = it has none. */
    int holeIndex = -1;

    Flow(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
        this.aHigh = aHigh;
        this.aLow = aLow;
        this.aPort = aPort;
        this.bHigh = bHigh;
        this.bLow = bLow;
        this.bPort = bPort;
    }

    boolean isBetween(long high, long low, int port, long otherHigh, long otherLow, int otherPort) {
        return aPort == port
                && bPort == otherPort
                && aLow == low
                && bLow == otherLow
                && aHigh == high
                && bHigh == otherHigh;
    }

    /** What its ends have done when nothing more is expected. */
    Conversation.End howItEnded() {
        if (reset) {
            return Conversation.End.RST;
        }
        boolean closed = toServer != null && toServer.isOver() && toClient != null && toClient.isOver();
        return closed ? Conversation.End.FIN : Conversation.End.OVER;
    }

    /** With the names of client and server. */
    Connection connection() {
        return clientIsA
                ? Connection.of(aHigh, aLow, aPort, bHigh, bLow, bPort)
                : Connection.of(bHigh, bLow, bPort, aHigh, aLow, aPort);
    }
}
