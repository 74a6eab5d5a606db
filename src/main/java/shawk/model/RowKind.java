package shawk.model;

/** What a row of a {@link SocketTable} counts as. */
public enum RowKind {
    /** A connection: any TCP state other than LISTEN, CLOSE and TIME_WAIT; a connected UDP socket. */
    CONNECTION,
    /** The timewait timer runs, whatever state is printed. */
    TIME_WAIT,
    /** TCP LISTEN, or a UDP socket that is not connected. */
    LISTENER,
    /** A TCP socket in CLOSE: bound perhaps, but of no connection. */
    CLOSED,
    /** TCP socket that an MPTCP socket of the same sample is made of: that one counts, and this carries its bytes. */
    SUBFLOW,
    /** No socket: counts of ended connections that had owner, direction, local and peer address, and port in common. */
    BUNDLE,
    /** No socket any more: one connection that has ended, or one attempt that has failed; see {@link Ended}. */
    ENDED
}
