package shawk.flow;

import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Family;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.model.UnixRecord;
import shawk.model.Verdict;

/** Writes what a socket record says into the columns of a row. Used by one thread. */
final class RowWriter {
    private static final long ABSENT = SocketTable.ABSENT;
    private static final long UNSET_32 = 0xffff_ffffL;
    private static final long SSTHRESH_UNSET = 0x7fff_ffffL;
    private static final long BILLION = 1_000_000_000L;

    private final Connections connections;
    private final Processes processes;
    private final Texts texts;
    private final Verdicts verdicts;
    private SocketTable.Builder table = new SocketTable.Builder(0);
    private boolean exact;
    private long sequence;
    private long elapsedNanos;
    private long nowNanos;

    RowWriter(Connections connections, Processes processes, Texts texts) {
        this.connections = connections;
        this.processes = processes;
        this.texts = texts;
        this.verdicts = new Verdicts(connections.last);
    }

    /**
     * Begins a table. {@code newElapsedNanos}: since the sample before, 0 = there is none; {@code nowExact}: the kernel
     * counts.
     */
    void begin(
            SocketTable.Builder newTable, long newSequence, long newNowNanos, long newElapsedNanos, boolean nowExact) {
        table = newTable;
        exact = nowExact;
        sequence = newSequence;
        nowNanos = newNowNanos;
        elapsedNanos = newElapsedNanos;
    }

    /** Writes who the socket is and whose. */
    void writeIdentity(int row, int id, SocketKey key, SocketRecord r) {
        table.set(Column.PROTOCOL, row, key.protocol.ordinal());
        table.set(Column.FAMILY, row, family(key.lHigh, key.lLow).ordinal());
        table.set(Column.STATE, row, key.state.ordinal());
        table.set(Column.KIND, row, kind(id, key).ordinal());
        table.set(Column.DIRECTION, row, connections.direction[id].ordinal());
        table.set(Column.NETNS, row, key.netns);
        table.set(Column.COOKIE, row, key.cookie == 0 ? ABSENT : key.cookie);
        table.set(Column.INODE, row, key.inode == 0 ? ABSENT : key.inode);
        writeUser(row, key, r);
        table.set(Column.LADDR_HIGH, row, key.lHigh);
        table.set(Column.LADDR_LOW, row, key.lLow);
        table.set(Column.LPORT, row, key.lport);
        if (key.hasPeer()) {
            table.set(Column.RADDR_HIGH, row, key.rHigh);
            table.set(Column.RADDR_LOW, row, key.rLow);
            table.set(Column.RPORT, row, key.rport);
        }
        int port = connections.port[id];
        if (port >= 0) {
            table.set(Column.PORT, row, port);
            table.set(Column.SERVICE, row, texts.service(key.protocol, port));
        }
        int owner = connections.owner[id];
        if (owner != Connections.NOBODY) {
            table.set(Column.OWNER, row, processes.place(owner));
        }
        table.set(Column.OWNER_PROOF, row, connections.proof[id].ordinal());
        if (key.token != 0) {
            table.set(Column.MPTCP_TOKEN, row, key.token);
        }
    }

    /** Of an MPTCP connection the MPTCP socket counts, not the TCP sockets that it is made of. */
    private RowKind kind(int id, SocketKey key) {
        boolean counted = key.kind == RowKind.CONNECTION || key.kind == RowKind.LISTENER;
        return counted && connections.subflow[id] == Connections.PART ? RowKind.SUBFLOW : key.kind;
    }

    /** Of a socket without inode the kernel says user 0, whoever had it. */
    private void writeUser(int row, SocketKey key, SocketRecord r) {
        if (key.inode != 0) {
            table.set(Column.UID, row, r.uid());
            table.set(Column.USER, row, texts.userNumber(r.uid()));
        }
    }

    /** An IPv4 address in IPv6 notation is IPv4. */
    static Family family(long high, long low) {
        return Address.isV4(high, low) ? Family.IPV4 : Family.IPV6;
    }

    /** {@code owner}: the process at the other end, or {@link Connections#NOBODY}. */
    void writePeer(int row, int owner) {
        if (owner != Connections.NOBODY) {
            table.set(Column.PEER_OWNER, row, processes.place(owner));
        }
    }

    /** {@code counterpart}: the ends of the true other end; where they are as the socket has them nothing is said. */
    void writeTranslation(int row, SocketKey key, Ends counterpart) {
        int port = counterpart.ports >>> 16;
        if (counterpart.lLow != key.rLow || counterpart.lHigh != key.rHigh || port != key.rport) {
            table.set(Column.NAT_RADDR_HIGH, row, counterpart.lHigh);
            table.set(Column.NAT_RADDR_LOW, row, counterpart.lLow);
            table.set(Column.NAT_RPORT, row, port);
        }
        int localPort = counterpart.ports & 0xffff;
        if (counterpart.rLow != key.lLow || counterpart.rHigh != key.lHigh || localPort != key.lport) {
            table.set(Column.NAT_LADDR_HIGH, row, counterpart.rHigh);
            table.set(Column.NAT_LADDR_LOW, row, counterpart.rLow);
            table.set(Column.NAT_LPORT, row, localPort);
        }
    }

    void writeInterface(int row, long text) {
        table.set(Column.IFACE, row, text);
    }

    /** Writes queues, timer, memory, life cycle, and, of a connection, tcp_info; then remembers the counters. */
    void writeMeasures(int row, int id, SocketKey key, SocketRecord r, boolean interval) {
        boolean connection = key.kind == RowKind.CONNECTION;
        boolean queues = key.protocol != Protocol.MPTCP || key.kind == RowKind.LISTENER;
        if (queues && r.has(SocketRecord.HAS_QUEUES)) {
            table.set(Column.RECVQ, row, r.rqueue());
            table.set(Column.SENDQ, row, hasSendQueue(key) ? r.wqueue() : ABSENT);
        }
        if (r.has(SocketRecord.HAS_DROPS) && key.state == SocketState.LISTEN) {
            table.set(Column.QUEUE_DROPS, row, r.drops());
        }
        if (r.has(SocketRecord.HAS_MEMINFO) && key.kind != RowKind.TIME_WAIT) {
            long sending = key.protocol != Protocol.UDP ? r.wmemQueued() : r.wmem();
            table.set(Column.MEM, row, r.rmem() + sending + r.fwdAlloc() + r.optmem());
        }
        if (key.protocol == Protocol.TCP && key.hasPeer()) {
            writeTimer(row, r);
        }
        Verdict verdict = verdicts.of(id, key, r, interval);
        if (verdict != null) {
            table.set(Column.VERDICT, row, verdict.ordinal());
            table.set(Column.VERDICT_PART, row, verdicts.part());
            table.set(Column.VERDICT_WHOLE, row, verdicts.whole());
        }
        if (connection && key.protocol == Protocol.TCP && r.has(SocketRecord.HAS_INFO)) {
            writeInfo(row, r);
            writeOptionalInfo(row, r);
        }
        if (connection && r.has(SocketRecord.HAS_LIFE)) {
            table.set(Column.ORDINAL, row, r.ordinal());
            table.set(Column.CONNECT_MICROS, row, r.connectMicros() == 0 ? ABSENT : r.connectMicros());
        }
        writeBytes(row, id, key, r, interval);
        remember(id, r);
        writeLife(row, id, key.hasPeer());
    }

    /** Procfs, which has no cookies, does not give the limit of an accept queue. */
    static boolean hasSendQueue(SocketKey key) {
        return key.state != SocketState.LISTEN || key.cookie != 0;
    }

    private void writeTimer(int row, SocketRecord r) {
        TimerKind timer = TimerKind.of(r.timer());
        table.set(Column.TIMER, row, timer.ordinal());
        if (timer != TimerKind.NONE) {
            table.set(Column.TIMER_MILLIS, row, Math.min(r.timerMillis(), Integer.MAX_VALUE));
        }
    }

    private void writeInfo(int row, SocketRecord r) {
        if (r.rttMicros() != 0) {
            table.set(Column.RTT, row, r.rttMicros());
            table.set(Column.RTTVAR, row, r.rttvarMicros());
        }
        table.set(Column.RETRANS, row, r.totalRetrans());
        table.set(Column.CWND, row, r.sndCwnd());
        if (r.sndSsthresh() < SSTHRESH_UNSET) {
            table.set(Column.SSTHRESH, row, r.sndSsthresh());
        }
        table.set(Column.MSS, row, r.sndMss());
        table.set(Column.IDLE_MILLIS, row, Verdicts.idleMillis(r));
    }

    private void writeOptionalInfo(int row, SocketRecord r) {
        if (r.has(SocketRecord.HAS_CONG)) {
            table.set(Column.CONG, row, texts.congestionControl(r));
        }
        if (r.has(SocketRecord.HAS_SEGS)) {
            table.set(Column.SEGS_OUT, row, r.segsOut());
        }
        if (r.has(SocketRecord.HAS_MIN_RTT) && r.minRttMicros() != UNSET_32) {
            table.set(Column.MIN_RTT, row, r.minRttMicros());
        }
        if (r.has(SocketRecord.HAS_PACING) && r.pacingRate() > 0) {
            table.set(Column.PACING_RATE, row, r.pacingRate());
        }
        if (r.has(SocketRecord.HAS_DELIVERY) && r.deliveryRate() > 0) {
            table.set(Column.DELIVERY_RATE, row, r.deliveryRate());
        }
        if (r.has(SocketRecord.HAS_LIMITS)) {
            table.set(Column.BUSY_MICROS, row, r.busyMicros());
            table.set(Column.RWND_LIMITED_MICROS, row, r.rwndLimitedMicros());
            table.set(Column.SNDBUF_LIMITED_MICROS, row, r.sndbufLimitedMicros());
        }
    }

    private void writeBytes(int row, int id, SocketKey key, SocketRecord r, boolean interval) {
        if (key.kind != RowKind.CONNECTION || key.protocol != Protocol.TCP) {
            return;
        }
        long acked = Payload.acknowledged(r, key.state, connections.direction[id]);
        long received = Payload.received(r, key.state);
        table.set(Column.TX_BYTES, row, acked);
        table.set(Column.RX_BYTES, row, received);
        boolean fresh = connections.openedAt[id] == sequence;
        Connections.Counters last = connections.last;
        table.set(Column.TX_RATE, row, rate(acked, fresh ? 0 : interval ? last.acked[id] : ABSENT));
        table.set(Column.RX_RATE, row, rate(received, fresh ? 0 : interval ? last.received[id] : ABSENT));
        writeAmounts(row, id, r, acked, received);
        last.acked[id] = acked;
        last.received[id] = received;
    }

    /** A second; absent where either count is, or where the counter went back by more than a SYN and a FIN. */
    private long rate(long now, long before) {
        if (elapsedNanos <= 0 || now == ABSENT || before == ABSENT || now < before - 2) {
            return ABSENT;
        }
        return Math.round(Math.max(0, now - before) * ((double) BILLION / elapsedNanos));
    }

    /**
     * Writes what no sample has shown before. Where the kernel counts, it will count as not shown what stands in a
     * record that it did not make.
     */
    private void writeAmounts(int row, int id, SocketRecord r, long acked, long received) {
        boolean told = r.has(SocketRecord.HAS_LIFE);
        if (exact && !told) {
            return;
        }
        boolean fresh = told && r.openedNanos() != 0 && r.fresh() != 0;
        boolean unseen = fresh || connections.beginningSeen[id] || connections.openedAt[id] == sequence;
        long otherwise = unseen ? 0 : ABSENT;
        Connections.Counters last = connections.last;
        long retrans = r.has(SocketRecord.HAS_INFO) ? r.totalRetrans() : ABSENT;
        table.set(Column.TX_NOW, row, since(acked, last.shownAcked[id], otherwise));
        table.set(Column.RX_NOW, row, since(received, last.shownReceived[id], otherwise));
        table.set(Column.RETRANS_NOW, row, since(retrans, last.shownRetrans[id], otherwise));
        last.shownAcked[id] = acked == ABSENT ? last.shownAcked[id] : acked;
        last.shownReceived[id] = received == ABSENT ? last.shownReceived[id] : received;
        last.shownRetrans[id] = retrans == ABSENT ? last.shownRetrans[id] : retrans;
    }

    /** What came on top of {@code shown}, or of {@code otherwise} where none was; absent as a rate is. */
    private static long since(long now, long shown, long otherwise) {
        long before = shown == ABSENT ? otherwise : shown;
        return now == ABSENT || before == ABSENT || now < before - 2 ? ABSENT : Math.max(0, now - before);
    }

    private void remember(int id, SocketRecord r) {
        Connections.Counters last = connections.last;
        last.recvq[id] = r.has(SocketRecord.HAS_QUEUES) ? r.rqueue() : ABSENT;
        last.retrans[id] = r.has(SocketRecord.HAS_INFO) ? r.totalRetrans() : ABSENT;
        last.segsOut[id] = r.has(SocketRecord.HAS_SEGS) ? r.segsOut() : ABSENT;
        boolean limits = r.has(SocketRecord.HAS_LIMITS);
        last.busy[id] = limits ? r.busyMicros() : ABSENT;
        last.rwndLimited[id] = limits ? r.rwndLimitedMicros() : ABSENT;
        last.sndbufLimited[id] = limits ? r.sndbufLimitedMicros() : ABSENT;
    }

    /** Writes what a unix socket's record says. */
    void writeUnix(int row, int id, SocketKey key, UnixRecord r, int path) {
        table.set(Column.PROTOCOL, row, key.protocol.ordinal());
        table.set(Column.FAMILY, row, Family.UNIX.ordinal());
        table.set(Column.STATE, row, key.state.ordinal());
        table.set(Column.KIND, row, key.kind.ordinal());
        table.set(Column.DIRECTION, row, connections.direction[id].ordinal());
        table.set(Column.NETNS, row, key.netns);
        table.set(Column.COOKIE, row, key.cookie == 0 ? ABSENT : key.cookie);
        table.set(Column.INODE, row, key.inode == 0 ? ABSENT : key.inode);
        if (r.has(UnixRecord.HAS_UID)) {
            table.set(Column.UID, row, r.uid());
            table.set(Column.USER, row, texts.userNumber(r.uid()));
        }
        if (path != 0) {
            table.set(Column.PATH, row, path);
        }
        if (r.has(UnixRecord.HAS_QUEUES)) {
            table.set(Column.RECVQ, row, r.rqueue());
            table.set(Column.SENDQ, row, r.wqueue());
        }
        int owner = connections.owner[id];
        if (owner != Connections.NOBODY) {
            table.set(Column.OWNER, row, processes.place(owner));
        }
        table.set(Column.OWNER_PROOF, row, connections.proof[id].ordinal());
        writeLife(row, id, key.hasPeer());
    }

    private void writeLife(int row, int id, boolean hasPeer) {
        if (!hasPeer) {
            return;
        }
        boolean open = connections.life[id] == Connections.LIFE_OPEN;
        boolean seen = open && connections.openedAt[id] != 0;
        if (connections.subflow[id] != Connections.PART) {
            table.set(Column.OPENED, row, seen ? 1 : 0);
            if (elapsedNanos > 0) {
                table.set(Column.OPENED_NOW, row, seen && connections.openedAt[id] == sequence ? 1 : 0);
            }
        }
        if (open && connections.openedNanos[id] != ABSENT) {
            table.set(Column.AGE_MILLIS, row, Math.max(0, nowNanos - connections.openedNanos[id]) / 1_000_000);
        }
    }
}
