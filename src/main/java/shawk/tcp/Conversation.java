package shawk.tcp;

/**
 * What is made of the bytes of one connection, in their order. It accounts for every byte that it is done with in the
 * {@link ByteLedger} that it was opened with. Any bytes at all: it never throws, and each call ends. Used by one
 * thread.
 */
public interface Conversation {
    /** Why no more bytes come. */
    enum End {
        FIN,
        RST,
        /** The same ends begin anew. */
        REPLACED,
        /** Idle for longest where there was no more room. */
        EVICTED,
        /** The capture is over. */
        OVER
    }

    /**
     * Bytes of one direction that follow those that are done with.
     *
     * @param toServer whether the client sent them
     * @param bytes holds them from {@code from} to {@code to}, during the call only
     * @param micros when the last of them was captured
     * @return how many are done with, 0 to {@code to - from}; the others are offered again in front of what follows,
     *     and once more when nothing does
     */
    int take(boolean toServer, byte[] bytes, int from, int to, long micros);

    /**
     * {@code length} bytes of that direction are missing, and those not done with before them too: these have been
     * accounted for as malformed by the caller.
     *
     * @param length 0 = unknown
     */
    void gap(boolean toServer, long length, long micros);

    /** That is all. Bytes not done with have been accounted for by the caller. */
    void end(End end, long micros);
}
