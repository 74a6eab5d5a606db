package shawk.tcp;

/** Where packets come from: an interface or a file. Used by one thread. */
public interface Packets extends AutoCloseable {
    /** What {@link #next} hands out. */
    enum Outcome {
        /** There are packets in the batch. */
        PACKETS,
        /** None came in the time given. */
        NONE,
        /** The file is at its end; nothing will come any more. */
        END
    }

    /**
     * Fills {@code batch} with what has come, at most {@code waitMillis} later.
     *
     * @throws PacketsException where the interface or file gives no more; what was handed out before counts
     */
    Outcome next(PacketBatch batch, int waitMillis) throws PacketsException;

    /** Packets that passed the filter but that the kernel had no room for, since the start; 0 for a file. */
    long dropped();

    @Override
    void close();
}
