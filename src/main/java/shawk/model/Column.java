package shawk.model;

/**
 * The columns of a {@link SocketTable}, one value a row. Where a value is not known, or means nothing for that row, it
 * is {@link SocketTable#ABSENT}: never 0.
 *
 * <p>"Text" columns hold an index into the snapshot's {@link TextDictionary}; "ordinal" columns that of the enum named.
 */
public enum Column {
    /** Ordinal of {@link Protocol}. */
    PROTOCOL(false),
    /** Ordinal of {@link Family}. */
    FAMILY(false),
    /** Ordinal of {@link SocketState}, as the kernel prints it; absent in a bundle. */
    STATE(false),
    /** Ordinal of {@link RowKind}. */
    KIND(false),
    /** Ordinal of {@link Direction}. */
    DIRECTION(false),
    /** Inode number of the network namespace. */
    NETNS(true),
    /** The kernel's socket cookie; absent where the source has none. */
    COOKIE(true),
    /** Inode number of the socket; absent where no process can hold it. */
    INODE(true),
    /** User that the socket belongs to. */
    UID(true),
    /** Text: name of UID. */
    USER(false),
    LADDR_HIGH(true),
    LADDR_LOW(true),
    /** Absent of a listener and of a UDP socket that is not connected. */
    RADDR_HIGH(true),
    RADDR_LOW(true),
    /** Text: country of RADDR; absent without a database of places. */
    COUNTRY(false),
    /** Text: autonomous system of RADDR; absent as COUNTRY is. */
    ASN(false),
    LPORT(false),
    /** Absent as RADDR is. */
    RPORT(false),
    /** True remote end by conntrack, where that is another than RADDR and RPORT. */
    NAT_RADDR_HIGH(true),
    NAT_RADDR_LOW(true),
    NAT_RPORT(false),
    /** Local end as the true remote end has it, by conntrack, where that is another than LADDR and LPORT. */
    NAT_LADDR_HIGH(true),
    NAT_LADDR_LOW(true),
    NAT_LPORT(false),
    /** Token of the MPTCP socket, of itself and of the TCP sockets that it is made of. */
    MPTCP_TOKEN(true),
    /** Text: name of a unix socket, or where it has none of its peer; an abstract one begins with {@code @}. */
    PATH(false),
    /** The service's port: that of the listening side; absent where it is not known which that is. */
    PORT(false),
    /** Text: name of the service at PORT. */
    SERVICE(false),
    /** Text: bound device, or zone of a link-local address. */
    IFACE(false),
    /** Index into {@link Snapshot#processes()}. */
    OWNER(false),
    /** Ordinal of {@link OwnerProof}. */
    OWNER_PROOF(false),
    /** Process at the other end: index into {@link Snapshot#processes()}; absent where it is not on this host. */
    PEER_OWNER(false),
    /** Text: name of the process at the other end, where that is on another host and known. */
    PEER_PROCESS(false),
    /** Text: name of the host of PEER_PROCESS. */
    PEER_HOST(false),
    /** Ordinal of {@link Verdict}. */
    VERDICT(false),
    /**
     * What the verdict goes by, of the last interval: RWND, SNDBUF: microseconds so limited; RETRANSMITTING: segments
     * repeated, or, without VERDICT_WHOLE, how often the last one; CWND: segments under way; APP: bytes received.
     * Absent where it goes by amounts since the beginning, or by what other columns say.
     */
    VERDICT_PART(false),
    /** That VERDICT_PART is of: RWND, SNDBUF: microseconds with data to send; RETRANSMITTING, CWND: segments. */
    VERDICT_WHOLE(false),
    /** Bytes received and not read yet; LISTEN: connections that wait to be accepted. */
    RECVQ(true),
    /** Bytes not acknowledged yet; LISTEN: limit of the accept queue. */
    SENDQ(true),
    /** LISTEN: connections dropped since the socket was made. */
    QUEUE_DROPS(true),
    /** Ordinal of {@link TimerKind}. */
    TIMER(false),
    /** Milliseconds until the timer fires. */
    TIMER_MILLIS(false),
    /** Bytes of kernel memory: receive, send, forward allocation, options. */
    MEM(true),
    /** Microseconds, smoothed. */
    RTT(true),
    /** Microseconds. */
    RTTVAR(true),
    /** Microseconds. */
    MIN_RTT(true),
    /** Segments retransmitted since the connection began. */
    RETRANS(true),
    /** Segments sent since the connection began. */
    SEGS_OUT(true),
    /** Segments. */
    CWND(true),
    /** Segments; absent while the kernel has set none. */
    SSTHRESH(true),
    /** Bytes. */
    MSS(true),
    /** Bytes per second; absent where unlimited. */
    PACING_RATE(true),
    /** Bytes per second. */
    DELIVERY_RATE(true),
    /** Text: congestion control. */
    CONG(false),
    /** Microseconds with data to send. */
    BUSY_MICROS(true),
    /** Microseconds of these, limited by the receiver's window. */
    RWND_LIMITED_MICROS(true),
    /** Microseconds of these, limited by the send buffer. */
    SNDBUF_LIMITED_MICROS(true),
    /** Payload bytes acknowledged by the peer. */
    TX_BYTES(true),
    /** Payload bytes received. */
    RX_BYTES(true),
    /** Payload bytes per second over the last interval; absent at the first sample. */
    TX_RATE(true),
    RX_RATE(true),
    /** Milliseconds since it was opened; absent where the opening was not seen. */
    AGE_MILLIS(true),
    /** Milliseconds since the last segment either way. */
    IDLE_MILLIS(true),
    /** Microseconds from SYN_SENT to ESTABLISHED; absent where that was not seen, or not on this side. */
    CONNECT_MICROS(true),
    /** ENDED: microseconds from its opening, of an attempt from its beginning, to its end; absent where not seen. */
    DURATION_MICROS(true),
    /** ENDED: ordinal of {@link EndReason}. */
    END_REASON(false),
    /** ENDED: milliseconds since the end. */
    ENDED_MILLIS(true),
    /** Of a single event: ordinal of {@link EventKind}. */
    EVENT(false),
    /** Of a single event: when it happened, on the clock of {@link Snapshot#monotonicNanos()}. */
    EVENT_NANOS(true),
    /** Which connection of its socket it is, from 1; absent where the source does not count them. */
    ORDINAL(true),
    /** Openings seen since the start: 1 or 0 of a socket, the count of a bundle's ended connections. */
    OPENED(true),
    /** Ends seen since the start; absent of a socket; of a single event 1 where it is that. */
    CLOSED(true),
    /** Failed attempts seen since the start; as CLOSED. */
    FAILED(true),
    /** Of OPENED, those in the last interval; absent at the first sample. */
    OPENED_NOW(true),
    CLOSED_NOW(true),
    FAILED_NOW(true),
    /**
     * Payload bytes acknowledged that no sample before has shown; of a bundle those of the last interval. Absent where
     * it is not known what was shown.
     */
    TX_NOW(true),
    /** Payload bytes received, as TX_NOW. */
    RX_NOW(true),
    /** Segments retransmitted, as TX_NOW; of a bundle those of connections that no sample has shown. */
    RETRANS_NOW(true);

    private final boolean wide;

    Column(boolean wide) {
        this.wide = wide;
    }

    /** Whether the values need 64 bits; the others are 0 to 2^31 - 1. */
    boolean wide() {
        return wide;
    }
}
