package shawk.store;

import shawk.model.Snapshot;

/**
 * Of which chunks every connection is known: from their beginning on the source has missed none. Used by one thread.
 */
final class Completeness {
    private long lost;
    private boolean begun;
    private boolean partial;
    /** The first chunk since the epoch of which that can be so. */
    private long from = Long.MAX_VALUE;

    /**
     * Takes in what a sample says of itself; whether nothing was missed since the one before. If something was, that is
     * so of the chunk that was open then; {@link #blemish} says it of the one that is open since.
     */
    boolean take(Snapshot snapshot, Clock clock) {
        boolean unbroken = begun && snapshot.exactCounts() && snapshot.lost() == lost;
        begun = true;
        lost = snapshot.lost();
        if (!unbroken && clock.chunk() != Flows.NO_CHUNK) {
            blemish(clock);
        }
        return unbroken;
    }

    /** Something of the chunk that is open may have been missed. */
    void blemish(Clock clock) {
        from = clock.chunk() + 1;
    }

    /** Samples are a part of what there is. */
    void partial() {
        partial = true;
    }

    /** Whether nothing was missed in a chunk, as far as it has come. */
    boolean isWatched(long chunk) {
        return !partial && chunk >= from;
    }
}
