package shawk.cli;

import java.util.List;
import shawk.model.Snapshot;

/** Where a run's events come from. Used by one thread. */
interface EventFeed extends AutoCloseable {
    /**
     * What has happened since the last call, in this order, as snapshots whose rows are single events; where nothing at
     * all can be seen, why, and what to do.
     */
    List<Snapshot> next() throws Failure;

    /** Whether there is more to come; of a host always. */
    default boolean hasNext() throws Failure {
        return true;
    }

    /** How long to wait before the next call, in nanoseconds. */
    default long pauseNanos() {
        return 0;
    }

    /** Events that were dropped before they could be read, since the first call. */
    default long dropped() {
        return 0;
    }

    @Override
    void close();
}
