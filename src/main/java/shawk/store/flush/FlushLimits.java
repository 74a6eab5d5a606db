package shawk.store.flush;

/**
 * How patient a flusher is.
 *
 * @param firstWaitMillis what lies between a failure and the next try, at first; it doubles with each failure
 * @param longestWaitMillis the most that it grows to
 * @param contentTries how often a batch is offered that the store refuses for its content
 * @param heldBatches batches that are held in memory while the disk does not take them
 * @param maintainMillis what lies between two rounds of what is due now and then
 */
public record FlushLimits(
        long firstWaitMillis, long longestWaitMillis, int contentTries, int heldBatches, long maintainMillis) {
    /** What is taken where nobody says otherwise. */
    public static final FlushLimits USUAL = new FlushLimits(1_000, 60_000, 5, 64, 600_000);

    public FlushLimits {
        if (firstWaitMillis < 1 || longestWaitMillis < firstWaitMillis || contentTries < 1 || heldBatches < 1) {
            throw new IllegalArgumentException("limits");
        }
    }
}
