package shawk.pivot;

/** Which sockets are rows, where the filter says nothing of {@code state}. */
public enum RowChoice {
    /** Connections alone. Listeners, TIME_WAIT and closed sockets count where a field counts them, but show no row. */
    CONNECTIONS,
    /** Connections and listeners: what a process has open. */
    OPEN,
    /** Every socket. */
    ALL,
    /**
     * Listeners alone, whatever the filter names; ungrouped, each is an entry that consists of the connections that
     * reached it.
     */
    LISTENERS,
    /** Connections that have ended and attempts that failed, one by one: the rows of {@code Snapshot.ended()}. */
    ENDED,
    /** No socket: who wants to know of the moment, not of its rows. */
    NONE
}
