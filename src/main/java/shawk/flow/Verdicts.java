package shawk.flow;

import org.jspecify.annotations.Nullable;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.model.Verdict;

/**
 * What holds a TCP connection back: the first of these that is so. Amounts are of the last interval where two samples
 * saw the connection, else since its beginning.
 *
 * <ol>
 *   <li>{@code peer-not-reading}: bytes wait to be sent and the persist timer runs, or the peer's window is 0;
 *   <li>{@code retransmitting}: what was sent last is being repeated, or more than {@value #RETRANS_PERCENT} % of the
 *       segments sent were repetitions;
 *   <li>{@code app}, {@code idle}: see below, where no segment has come or gone for {@value #IDLE_MILLIS} ms and none
 *       waits to be sent;
 *   <li>{@code rwnd}, {@code sndbuf}: the receiver's window or the own send buffer was the limit for at least half of
 *       the time with data to send;
 *   <li>{@code cwnd}: data is to be sent and the congestion window is full;
 *   <li>{@code app}: bytes that the own application does not read: it took none in the interval; without an interval
 *       they have waited for {@value #UNREAD_MILLIS} ms;
 *   <li>{@code idle}: no segment for {@value #IDLE_MILLIS} ms;
 *   <li>{@code ok}.
 * </ol>
 *
 * A listener is {@code app} while its accept queue is at least three quarters full, else it has no verdict: there is no
 * connection to be held back. What has no queues and no tcp_info has none, nor has UDP. Used by one thread.
 */
final class Verdicts {
    static final int RETRANS_PERCENT = 1;
    static final int IDLE_MILLIS = 60_000;
    static final int UNREAD_MILLIS = 1_000;

    private static final int TIMER_ON = 1;
    private static final int TIMER_PERSIST = 4;
    private static final long ABSENT = Connections.ABSENT;

    private final Connections.Counters last;
    private long part = ABSENT;
    private long whole = ABSENT;

    Verdicts(Connections.Counters last) {
        this.last = last;
    }

    /** The verdict on socket {@code id}; null where there is none. {@code interval}: the sample before had it too. */
    @Nullable
    Verdict of(int id, SocketKey key, SocketRecord r, boolean interval) {
        part = ABSENT;
        whole = ABSENT;
        if (key.protocol == Protocol.UDP || !r.has(SocketRecord.HAS_QUEUES)) {
            return null;
        }
        if (key.kind == RowKind.LISTENER) {
            boolean full = r.rqueue() > 0 && 4 * r.rqueue() >= 3 * r.wqueue();
            return RowWriter.hasSendQueue(key) && full ? Verdict.APP : null;
        }
        boolean measured = key.kind == RowKind.CONNECTION && key.protocol == Protocol.TCP;
        return measured ? ofConnection(id, key, r, interval) : null;
    }

    /** What the last verdict goes by: {@link shawk.model.Column#VERDICT_PART}. */
    long part() {
        return part;
    }

    /** What that is of: {@link shawk.model.Column#VERDICT_WHOLE}. */
    long whole() {
        return whole;
    }

    /** Keeps what a verdict goes by; amounts that no column has room for are those of no interval. */
    private Verdict by(Verdict verdict, long newPart, long newWhole, boolean kept) {
        if (kept && newPart >= 0 && newPart <= Integer.MAX_VALUE && newWhole <= Integer.MAX_VALUE) {
            part = newPart;
            whole = newWhole;
        }
        return verdict;
    }

    private @Nullable Verdict ofConnection(int id, SocketKey key, SocketRecord r, boolean interval) {
        boolean hasInfo = r.has(SocketRecord.HAS_INFO);
        if (isPeerNotReading(key, r)) {
            return Verdict.PEER_NOT_READING;
        }
        if (r.timer() == TIMER_ON && r.retransmits() > 0) {
            return by(Verdict.RETRANSMITTING, r.retransmits(), ABSENT, true);
        }
        if (!hasInfo) {
            return isUnread(id, key, r, interval) ? Verdict.APP : null;
        }
        boolean idle = idleMillis(r) >= IDLE_MILLIS;
        if (!idle || r.wqueue() > 0) {
            Verdict sending = ofSending(id, r, interval);
            if (sending != null) {
                return sending;
            }
        }
        if (isUnread(id, key, r, interval)) {
            return Verdict.APP;
        }
        return idle ? Verdict.IDLE : Verdict.OK;
    }

    private static boolean isPeerNotReading(SocketKey key, SocketRecord r) {
        if (r.wqueue() == 0) {
            return false;
        }
        boolean closedWindow = key.state != SocketState.SYN_SENT && r.has(SocketRecord.HAS_SND_WND) && r.sndWnd() == 0;
        return r.timer() == TIMER_PERSIST || closedWindow;
    }

    private @Nullable Verdict ofSending(int id, SocketRecord r, boolean interval) {
        long retrans = since(r.totalRetrans(), last.retrans[id], interval);
        long sent = r.has(SocketRecord.HAS_SEGS) ? since(r.segsOut(), last.segsOut[id], interval) : 0;
        if (retrans > 0 && 100 * retrans > RETRANS_PERCENT * sent) {
            return by(Verdict.RETRANSMITTING, retrans, sent, interval && r.has(SocketRecord.HAS_SEGS));
        }
        long busy = 0;
        if (r.has(SocketRecord.HAS_LIMITS)) {
            busy = since(r.busyMicros(), last.busy[id], interval);
            long rwnd = since(r.rwndLimitedMicros(), last.rwndLimited[id], interval);
            long sndbuf = since(r.sndbufLimitedMicros(), last.sndbufLimited[id], interval);
            if (busy > 0 && 2 * Math.max(rwnd, sndbuf) >= busy) {
                return rwnd >= sndbuf
                        ? by(Verdict.RWND, rwnd, busy, interval)
                        : by(Verdict.SNDBUF, sndbuf, busy, interval);
            }
        }
        boolean full = r.unacked() > 0 && r.unacked() >= r.sndCwnd();
        return full && (busy > 0 || !r.has(SocketRecord.HAS_LIMITS))
                ? by(Verdict.CWND, r.unacked(), r.sndCwnd(), true)
                : null;
    }

    /** What came on top since the sample before; all of it where there is no such, or the counter went back. */
    private static long since(long now, long before, boolean interval) {
        return interval && before != ABSENT && now >= before ? now - before : now;
    }

    private boolean isUnread(int id, SocketKey key, SocketRecord r, boolean interval) {
        if (r.rqueue() == 0) {
            return false;
        }
        if (interval && last.recvq[id] != ABSENT && last.received[id] != ABSENT && r.has(SocketRecord.HAS_BYTES)) {
            long arrived = Payload.received(r, key.state) - last.received[id];
            boolean unread = last.recvq[id] > 0 && r.rqueue() - last.recvq[id] >= arrived;
            by(Verdict.APP, arrived, ABSENT, unread);
            return unread;
        }
        return r.has(SocketRecord.HAS_INFO) && r.lastDataRecvMillis() >= UNREAD_MILLIS;
    }

    /** Milliseconds since the last segment either way. */
    static long idleMillis(SocketRecord r) {
        return Math.min(r.lastDataSentMillis(), Math.min(r.lastDataRecvMillis(), r.lastAckRecvMillis()));
    }
}
