package shawk.store.flush;

/**
 * How a flusher fares. Immutable.
 *
 * @param state what it is at
 * @param flushes how often all that waited was stored, since the start
 * @param rows rows that the last flush stored
 * @param millis time that it took
 * @param stored rows stored since the start
 * @param rejected rows that the store set aside since the start
 * @param spoolBytes what the spool takes on disk
 * @param waiting whether batches wait there
 * @param lostBatches batches lost since the start
 * @param lostFlows rows of flows in them
 * @param error one line: what is wrong; empty = nothing
 */
public record FlushStatus(
        State state,
        long flushes,
        long rows,
        long millis,
        long stored,
        long rejected,
        long spoolBytes,
        boolean waiting,
        long lostBatches,
        long lostFlows,
        String error) {

    /** What a flusher is at. */
    public enum State {
        /** Nothing has been stored yet, and nothing has gone wrong. */
        BEGINNING,
        /** The last flush came into the store. */
        STORED,
        /** The store is away: what comes waits in the spool. */
        AWAY,
        /** The store takes nothing from this program; what comes waits in the spool, and it is asked again. */
        REFUSED,
        /** Another agent has taken this host over: nothing is sent any more. */
        FENCED
    }
}
