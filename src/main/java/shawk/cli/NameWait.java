package shawk.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shawk.enrich.ReverseNames;
import shawk.model.Address;
import shawk.pivot.Pivot;
import shawk.view.dump.Dump;

/** Gives the names of hosts that a dump is about to write a little time. Used by one thread. */
final class NameWait {
    private static final long MOST_NANOS = 1_000_000_000L;
    /** A signal is not kept waiting longer. */
    private static final long STEP_NANOS = 50_000_000L;

    private final ReverseNames names;
    private final long mostNanos;

    /**
     * A wait before every sample.
     *
     * @param intervalNanos between two samples, of which it takes half at most; 0 = there is one
     */
    NameWait(ReverseNames names, long intervalNanos) {
        this.names = names;
        this.mostNanos = intervalNanos == 0 ? MOST_NANOS : Math.min(MOST_NANOS, intervalNanos / 2);
    }

    /** Asks for the names in {@code pivot}'s rows, the first rows first, and waits for them. */
    void before(Dump dump, Pivot pivot, Stops stops) throws IOException {
        List<Address> remotes = new ArrayList<>(dump.remotes(pivot, ReverseNames.QUEUED_MAX));
        // What is asked for last is looked up first.
        for (int i = remotes.size() - 1; i >= 0; i--) {
            names.find(remotes.get(i).high(), remotes.get(i).low());
        }
        long end = System.nanoTime() + mostNanos;
        try {
            for (long left = mostNanos; left > 0 && !stops.stopped(); left = end - System.nanoTime()) {
                if (names.await(Math.min(STEP_NANOS, left))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
