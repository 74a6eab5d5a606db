package shawk.flow;

import shawk.model.Address;
import shawk.model.BundleRecord;
import shawk.model.Direction;
import shawk.model.EventRecord;
import shawk.model.FlowRecord;
import shawk.model.Protocol;
import shawk.model.RawSample;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.UnixRecord;

/**
 * What of a socket record says who it is, with addresses in the one form of {@link Address}. Refilled for one record
 * after another; used by one thread.
 */
final class SocketKey {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TIMER_TIMEWAIT = 3;
    private static final int SOCK_DGRAM = 2;

    long netns;
    /** 0 = none. */
    long cookie;

    long lHigh;
    long lLow;
    long rHigh;
    long rLow;
    int lport;
    int rport;
    /** 0 = no process can hold it. */
    long inode;

    int ifindex;
    Protocol protocol = Protocol.TCP;
    SocketState state = SocketState.CLOSE;
    RowKind kind = RowKind.CLOSED;
    boolean v6only;
    private boolean v6;
    /** Whether the record is a TCP socket that an MPTCP socket is made of. */
    boolean subflow;
    /** Of MPTCP sockets and their subflows; 0 = none. */
    long token;
    /** Of a unix socket: inode of the one at the other end; 0 = none. */
    long peerInode;
    /** Which connection of its socket; 0 = not told. */
    long ordinal;

    /** Takes the record's identity; false where it is none that can be shown. */
    boolean read(SocketRecord r) {
        int number = r.protocol();
        int family = r.family();
        if (number != Protocol.TCP.number() && number != Protocol.UDP.number()
                || family != AF_INET && family != AF_INET6) {
            return false;
        }
        int mptcp = r.mptcp();
        subflow = mptcp == SocketRecord.MPTCP_SUBFLOW;
        token = mptcp != 0 && r.has(SocketRecord.HAS_MPTCP) ? r.mptcpToken() : 0;
        protocol = mptcp == SocketRecord.MPTCP_SOCKET
                ? Protocol.MPTCP
                : number == Protocol.TCP.number() ? Protocol.TCP : Protocol.UDP;
        SocketState known = SocketState.of(protocol, r.state());
        if (known == null) {
            return false;
        }
        state = known;
        netns = r.netns();
        cookie = r.has(SocketRecord.HAS_COOKIE) ? r.cookie() : 0;
        lport = r.lport();
        rport = r.rport();
        inode = r.has(SocketRecord.HAS_INODE) ? r.inode() : 0;
        ifindex = r.ifindex();
        v6only = r.has(SocketRecord.HAS_V6ONLY) && r.v6only() != 0;
        v6 = family == AF_INET6;
        ordinal = r.has(SocketRecord.HAS_LIFE) ? r.ordinal() : 0;
        setLocal(family, r.laddrHigh(), r.laddrLow());
        setRemote(family, r.raddrHigh(), r.raddrLow());
        kind = kindOf(r.timer());
        return true;
    }

    /** Takes the identity of the connection that an event is of. */
    void read(EventRecord r) {
        protocol = r.mptcp() == SocketRecord.MPTCP_SOCKET ? Protocol.MPTCP : Protocol.TCP;
        state = SocketState.ESTABLISHED;
        kind = RowKind.CONNECTION;
        netns = r.netns();
        cookie = r.cookie();
        ordinal = r.ordinal();
        lport = r.lport();
        rport = r.rport();
        ifindex = r.ifindex();
        setLocal(r.family(), r.laddrHigh(), r.laddrLow());
        setRemote(r.family(), r.raddrHigh(), r.raddrLow());
        forgetSocket();
    }

    /** Takes the ends that all connections of a bundle have, as far as they are told. */
    void read(BundleRecord r) {
        protocol = r.mptcp() == SocketRecord.MPTCP_SOCKET ? Protocol.MPTCP : Protocol.TCP;
        state = SocketState.ESTABLISHED;
        kind = RowKind.CONNECTION;
        netns = r.netns();
        cookie = 0;
        ordinal = 0;
        Direction direction = Attribution.direction(r.direction());
        lport = direction == Direction.IN ? r.port() : 0;
        rport = direction == Direction.OUT ? r.port() : 0;
        ifindex = Listeners.ANY_DEVICE;
        setLocal(r.family(), r.laddrHigh(), r.laddrLow());
        setRemote(r.family(), r.raddrHigh(), r.raddrLow());
        forgetSocket();
    }

    /** Takes the ends of a UDP flow. */
    void read(FlowRecord r) {
        protocol = Protocol.UDP;
        state = SocketState.UNCONN;
        kind = RowKind.CONNECTION;
        netns = r.netns();
        cookie = r.cookie();
        ordinal = 0;
        lport = r.lport();
        rport = r.rport();
        ifindex = 0;
        setLocal(r.family(), r.laddrHigh(), r.laddrLow());
        setRemote(r.family(), r.raddrHigh(), r.raddrLow());
        forgetSocket();
    }

    /** No inode, and nothing of MPTCP or unix sockets. */
    private void forgetSocket() {
        inode = 0;
        v6only = false;
        subflow = false;
        token = 0;
        peerInode = 0;
    }

    /** Takes the identity of a unix socket, which has no addresses; false where it is none that can be shown. */
    boolean read(UnixRecord r) {
        protocol = Protocol.UNIX;
        SocketState known = SocketState.of(Protocol.TCP, r.state());
        if (known == null) {
            return false;
        }
        boolean waits = known == SocketState.CLOSE && r.type() == SOCK_DGRAM;
        state = waits ? SocketState.UNCONN : known;
        kind = waits || known == SocketState.LISTEN
                ? RowKind.LISTENER
                : known == SocketState.CLOSE ? RowKind.CLOSED : RowKind.CONNECTION;
        netns = r.netns();
        cookie = r.cookie();
        inode = r.inode();
        peerInode = r.has(UnixRecord.HAS_PEER) ? r.peer() : 0;
        lHigh = SocketTable.ABSENT;
        lLow = SocketTable.ABSENT;
        rHigh = SocketTable.ABSENT;
        rLow = SocketTable.ABSENT;
        lport = 0;
        rport = 0;
        ifindex = 0;
        subflow = false;
        token = 0;
        ordinal = 0;
        return true;
    }

    private void setLocal(int family, long high, long low) {
        lHigh = family == AF_INET ? 0 : high;
        lLow = family == AF_INET ? Address.lowOfV4((int) (high >>> 32)) : low;
    }

    private void setRemote(int family, long high, long low) {
        rHigh = family == AF_INET ? 0 : high;
        rLow = family == AF_INET ? Address.lowOfV4((int) (high >>> 32)) : low;
    }

    private RowKind kindOf(int timer) {
        if (protocol == Protocol.UDP) {
            return state == SocketState.UNCONN ? RowKind.LISTENER : RowKind.CONNECTION;
        }
        if (timer == TIMER_TIMEWAIT || state == SocketState.TIME_WAIT) {
            return RowKind.TIME_WAIT;
        }
        return switch (state) {
            case LISTEN -> RowKind.LISTENER;
            case CLOSE -> RowKind.CLOSED;
            default -> RowKind.CONNECTION;
        };
    }

    /** Whether the record has a remote end. */
    boolean hasPeer() {
        return kind == RowKind.CONNECTION || kind == RowKind.TIME_WAIT;
    }

    /** How far a connection has come: never goes back within one connection. */
    int progress() {
        if (kind == RowKind.TIME_WAIT) {
            return 5;
        }
        return switch (state) {
            case SYN_SENT -> 0;
            case SYN_RECV, NEW_SYN_RECV -> 1;
            case ESTABLISHED -> 2;
            case FIN_WAIT1, CLOSE_WAIT -> 3;
            case FIN_WAIT2, CLOSING, LAST_ACK -> 4;
            default -> 5;
        };
    }

    /** The part of a dump that the record stands in, see {@link RawSample}. */
    byte part() {
        int first =
                switch (protocol) {
                    case TCP -> RawSample.TCP4;
                    case UDP -> RawSample.UDP4;
                    case MPTCP -> RawSample.MPTCP4;
                    case UNIX -> RawSample.UNIX;
                };
        return (byte) (v6 && protocol != Protocol.UNIX ? 2 * first : first);
    }

    int ports() {
        return lport << 16 | rport;
    }
}
