package shawk.cli;

import shawk.model.Snapshot;

/** Where a run's snapshots come from: each call looks at the sockets anew. Used by one thread. */
interface Samples extends AutoCloseable {
    /** The next snapshot; where nothing at all can be seen, why, and what to do. */
    Snapshot next() throws Failure;

    @Override
    void close();
}
