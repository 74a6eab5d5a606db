package shawk.cli;

import shawk.model.Snapshot;

/**
 * Samples that are stored as they come.
 *
 * @param intervalNanos that was asked for
 */
record StoredSamples(Samples real, HandFlush flush, long intervalNanos) implements Samples {
    @Override
    public Snapshot next() throws Failure {
        Snapshot snapshot = real.next();
        flush.take(snapshot, real.intervalNanos(intervalNanos));
        return snapshot;
    }

    @Override
    public boolean hasNext() throws Failure {
        return real.hasNext();
    }

    @Override
    public boolean live() {
        return real.live();
    }

    @Override
    public long intervalNanos(long asked) {
        return real.intervalNanos(asked);
    }

    @Override
    public void close() {
        real.close();
    }
}
