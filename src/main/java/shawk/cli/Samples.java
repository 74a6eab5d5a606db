package shawk.cli;

import shawk.model.Snapshot;

/** Where a run's snapshots come from: each call looks at the sockets anew. Used by one thread. */
interface Samples extends AutoCloseable {
    /** The next snapshot; where nothing at all can be seen, why, and what to do. */
    Snapshot next() throws Failure;

    /** Whether there is one more; a host always has. */
    default boolean hasNext() throws Failure {
        return true;
    }

    /** Whether samples come as time goes by, so that the next one has to be waited for. */
    default boolean live() {
        return true;
    }

    /** What lies between two samples where {@code asked} was asked for. */
    default long intervalNanos(long asked) {
        return asked;
    }

    /** Whether there is somebody to ask who is at other ends. */
    default boolean asksPeers() {
        return false;
    }

    /** Waits until what was asked about other ends is known, but no longer than {@code nanos}. */
    default void awaitPeers(long nanos) {}

    @Override
    void close();
}
