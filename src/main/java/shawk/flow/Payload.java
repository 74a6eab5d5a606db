package shawk.flow;

import shawk.model.Direction;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * Payload bytes out of tcp_info, and who sent the SYN.
 *
 * <p>{@code bytes_acked} counts the SYN of an active opener once it is acknowledged, and the FIN, whose acknowledgement
 * leads to FIN_WAIT2 (later states have no tcp_info). {@code bytes_received} counts the peer's FIN, which leads to
 * CLOSE_WAIT, LAST_ACK or CLOSING, and never its SYN. {@code bytes_sent} and {@code bytes_retrans} count payload alone:
 * where nothing is in flight their difference is the payload acknowledged, and what {@code bytes_acked} has beyond it
 * tells whether a SYN was sent from here.
 */
final class Payload {
    /** {@link #synSent}: the counters do not tell. */
    static final int UNTOLD = -1;

    private static final long ACKED = SocketRecord.HAS_INFO | SocketRecord.HAS_BYTES;
    private static final long SENT = ACKED | SocketRecord.HAS_BYTES_SENT;

    private Payload() {}

    /** 1: this side sent the SYN; 0: the other did; {@link #UNTOLD}. */
    static int synSent(SocketRecord r, SocketState state) {
        if (!r.has(SENT) || r.unacked() != 0 || !isEstablishedOnce(state)) {
            return UNTOLD;
        }
        long beyond = r.bytesAcked() - finAcked(state) - (r.bytesSent() - r.bytesRetrans());
        return beyond == 0 || beyond == 1 ? (int) beyond : UNTOLD;
    }

    private static boolean isEstablishedOnce(SocketState state) {
        return state != SocketState.SYN_SENT && state != SocketState.SYN_RECV && state != SocketState.NEW_SYN_RECV;
    }

    private static int finAcked(SocketState state) {
        return state == SocketState.FIN_WAIT2 ? 1 : 0;
    }

    /** Payload bytes that the peer has acknowledged, {@link SocketTable#ABSENT} where that cannot be told exactly. */
    static long acknowledged(SocketRecord r, SocketState state, Direction direction) {
        if (!r.has(ACKED)) {
            return SocketTable.ABSENT;
        }
        if (!isEstablishedOnce(state)) {
            return 0;
        }
        long acked = r.bytesAcked() - finAcked(state);
        if (synSent(r, state) != UNTOLD) {
            return r.bytesSent() - r.bytesRetrans();
        }
        return switch (direction) {
            case OUT -> Math.max(0, acked - 1);
            case IN -> acked;
            default -> byWhatIsInFlight(r, state, acked);
        };
    }

    private static long byWhatIsInFlight(SocketRecord r, SocketState state, long acked) {
        if (!r.has(SENT | SocketRecord.HAS_MIN_RTT | SocketRecord.HAS_QUEUES)) {
            return SocketTable.ABSENT;
        }
        boolean finQueued =
                state == SocketState.FIN_WAIT1 || state == SocketState.CLOSING || state == SocketState.LAST_ACK;
        long inFlight = r.wqueue() - r.notsentBytes() - (finQueued ? 1 : 0);
        long payload = r.bytesSent() - r.bytesRetrans() - inFlight;
        return acked - payload == 0 || acked - payload == 1 ? payload : SocketTable.ABSENT;
    }

    /** Payload bytes received in order. */
    static long received(SocketRecord r, SocketState state) {
        if (!r.has(ACKED)) {
            return SocketTable.ABSENT;
        }
        boolean finReceived =
                state == SocketState.CLOSE_WAIT || state == SocketState.LAST_ACK || state == SocketState.CLOSING;
        return Math.max(0, r.bytesReceived() - (finReceived ? 1 : 0));
    }
}
