package shawk.cli;

import java.util.List;
import shawk.model.Snapshot;
import shawk.store.AgentStatus;
import shawk.store.Batch;
import shawk.store.Gatherer;
import shawk.store.HostIdentity;
import shawk.store.flush.Flusher;

/**
 * Where snapshots become batches: each of a run goes through here, and every flush interval what has changed goes to
 * the flusher. Used by the thread that makes snapshots; by another only once that has ended.
 */
final class FlushTap {
    private final Gatherer gatherer;
    private final Flusher flusher;
    private final long flushNanos;
    private final String version;
    private long dueNanos;
    private boolean begun;
    private volatile boolean soon;
    private Snapshot last = Snapshot.EMPTY;
    private long intervalNanos;
    private long lostOfAll;

    /**
     * Nothing is gathered yet.
     *
     * @param run of the agent, see {@link Gatherer}
     * @param flushNanos between two flushes
     */
    FlushTap(HostIdentity host, int run, long seed, Flusher flusher, long flushNanos) {
        this.gatherer = new Gatherer(host, run, seed);
        this.flusher = flusher;
        this.flushNanos = flushNanos;
        this.version = Versions.query().of("shawk");
    }

    /** Snapshots show a part of what there is. */
    void partial() {
        gatherer.partial();
    }

    /** What the source of the next snapshot has lost, where that snapshot shows a part and cannot tell. */
    void lost(long all) {
        lostOfAll = all;
    }

    /**
     * Takes in a snapshot.
     *
     * @param interval that lies between two, nanoseconds
     */
    void take(Snapshot snapshot, long interval) {
        gatherer.take(snapshot);
        last = snapshot;
        intervalNanos = interval;
        long now = snapshot.monotonicNanos();
        if (!begun) {
            begun = true;
            dueNanos = now + flushNanos;
        } else if (soon || now - dueNanos >= -interval / 2) {
            soon = false;
            flusher.offer(gatherer.batches(status()));
            dueNanos = Math.max(dueNanos + flushNanos, now + flushNanos / 2);
        }
    }

    /** The next snapshot is stored at once. Any thread may ask. */
    void soon() {
        soon = true;
    }

    /** Whether that has not come yet. */
    boolean awaitsSnapshot() {
        return soon;
    }

    /** The run is over: what is left goes to the flusher. */
    void finish() {
        if (begun) {
            List<Batch> rest = gatherer.finish(status());
            flusher.offer(rest);
        }
    }

    private AgentStatus status() {
        return new AgentStatus(
                last.wallMicros(),
                version,
                last.source(),
                last.exactCounts(),
                intervalNanos / 1_000,
                Math.max(lostOfAll, last.lost()),
                flusher.status().spoolBytes());
    }
}
