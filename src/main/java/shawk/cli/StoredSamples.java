package shawk.cli;

import shawk.model.Snapshot;

/**
 * Samples that are stored as they come.
 *
 * @param intervalNanos that was asked for
 */
record StoredSamples(Samples real, HandFlush flush, long intervalNanos) implements WrappedSamples {
    @Override
    public Snapshot next() throws Failure {
        Snapshot snapshot = real.next();
        flush.take(snapshot, real.intervalNanos(intervalNanos));
        return snapshot;
    }
}
