package shawk.field;

import java.util.List;

/**
 * The columns that are shown where nobody chose any: the only place that says so. The grouping fields' own columns come
 * before them, and are not repeated.
 */
public final class DefaultColumns {
    /** The monitor's Flows view. */
    public static final List<Field> FLOWS = List.of(
            EndpointFields.DIR,
            CountFields.CONNS,
            CountFields.ESTAB,
            CountFields.OPEN_RATE,
            CountFields.CLOSE_RATE,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            QualityFields.RTT,
            QualityFields.RTT_P95,
            QualityFields.RETRANS_PCT,
            QualityFields.VERDICT);

    /** The monitor's view of single connections; their names say process, ends, direction, state and protocol. */
    public static final List<Field> CONNECTIONS = List.of(
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            QualityFields.RTT,
            QualityFields.RETRANS_PCT,
            QueueFields.RECVQ,
            QueueFields.SENDQ,
            QueueFields.AGE,
            QueueFields.IDLE,
            QualityFields.VERDICT);

    /** The monitor's view of listeners; their names say address, port and protocol. */
    public static final List<Field> LISTENING = List.of(
            OwnerFields.PROCESS,
            OwnerFields.PID,
            QueueFields.RECVQ,
            QueueFields.SENDQ,
            QueueFields.QUEUE_DROPS,
            CountFields.CONNS,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            OwnerFields.USER,
            EndpointFields.NETNS,
            OwnerFields.HOLDERS);

    /** The monitor's view of processes. */
    public static final List<Field> PROCESSES = List.of(
            OwnerFields.USER,
            CountFields.CONNS,
            CountFields.ESTAB,
            CountFields.LISTENERS,
            CountFields.OPEN_RATE,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            QualityFields.RTT,
            QualityFields.RETRANS_PCT,
            QualityFields.VERDICT);

    /** The monitor's view of peers. */
    public static final List<Field> PEERS = List.of(
            OwnerFields.PROCESS,
            EndpointFields.PORT,
            CountFields.CONNS,
            CountFields.OPEN_RATE,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            QualityFields.RTT,
            QualityFields.RTT_P95,
            QualityFields.RETRANS_PCT,
            QualityFields.VERDICT);

    /** The monitor's view of what has ended; the names of single ones say process, ends and direction. */
    public static final List<Field> CLOSED = List.of(
            EndpointFields.DIR,
            CountFields.CLOSED,
            CountFields.FAILED,
            EndedFields.ENDED,
            EndedFields.REASON,
            EndedFields.DURATION,
            EndedFields.DURATION_P95,
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            QualityFields.RTT,
            QualityFields.RETRANS_PCT);

    /** {@code shawk dump} of groups. */
    public static final List<Field> DUMP_GROUPS = List.of(
            EndpointFields.DIR,
            CountFields.CONNS,
            CountFields.ESTAB,
            CountFields.OPEN_RATE,
            CountFields.CLOSE_RATE,
            CountFields.FAIL_RATE,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            QualityFields.RTT,
            QualityFields.RTT_P95,
            QualityFields.RETRANS_PCT,
            QualityFields.VERDICT);

    /** {@code shawk dump -g none}: single connections. A terminal of 80 cells shows who talks to whom. */
    public static final List<Field> DUMP_CONNECTIONS = List.of(
            OwnerFields.PROCESS,
            EndpointFields.PROTO,
            EndpointFields.LADDR,
            EndpointFields.LPORT,
            EndpointFields.RADDR,
            EndpointFields.RPORT,
            EndpointFields.STATE,
            OwnerFields.PID,
            EndpointFields.DIR,
            EndpointFields.PORT,
            OwnerFields.USER,
            OwnerFields.OWNER_PROOF,
            QueueFields.RECVQ,
            QueueFields.SENDQ,
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            QualityFields.RTT,
            QualityFields.RETRANS,
            QualityFields.VERDICT,
            QueueFields.AGE,
            QueueFields.IDLE,
            EndpointFields.NETNS,
            EndpointFields.COOKIE);

    private DefaultColumns() {}
}
