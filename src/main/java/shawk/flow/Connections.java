package shawk.flow;

import java.util.Arrays;
import shawk.model.Direction;
import shawk.model.HashIndex;
import shawk.model.OwnerProof;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketTable;

/**
 * What is remembered of each socket from sample to sample, one array a property, under small numbers that are used
 * again once a socket is gone. Identity: namespace and cookie, and where the kernel counts them which connection of the
 * socket it is; without a cookie namespace, protocol and end points, and the inode where end points alone are not
 * unique. Used by one thread.
 */
final class Connections {
    /** A life that is none: a listener, or a socket that is of no connection. */
    static final byte LIFE_NONE = 0;

    /** SYN_SENT. */
    static final byte LIFE_ATTEMPT = 1;

    /** SYN_RECV. */
    static final byte LIFE_HALF_OPEN = 2;

    static final byte LIFE_OPEN = 3;
    /** Counted as ended; the socket lingers. */
    static final byte LIFE_ENDED = 4;

    /** Direction not decided, or by ports alone. */
    static final byte GUESSED = 0;

    /** Direction by a listener that was there. */
    static final byte LISTENER_SEEN = 1;

    /** Direction by who sent the SYN. */
    static final byte SYN_KNOWN = 2;

    static final byte UNDECIDED = 0;

    /** It is a connection of its own. */
    static final byte COUNTS = 1;

    /** An MPTCP socket of the same sample counts, and this does not. */
    static final byte PART = 2;

    static final long ABSENT = SocketTable.ABSENT;
    static final int NOBODY = -1;

    private static final long CONNECTED_TCP = 1L << 40;

    final EndColumns ends = new EndColumns(0);
    long[] inode = new long[0];
    /** Which connection of its socket; 0 = not told. */
    long[] ordinal = new long[0];

    Protocol[] protocol = new Protocol[0];
    RowKind[] kind = new RowKind[0];
    byte[] progress = new byte[0];
    int[] hash = new int[0];

    /** Sequence of the sample that had it last; 0 = free. */
    long[] seen = new long[0];

    /** Whether the sample before had it too, so that counters can be compared. */
    boolean[] interval = new boolean[0];

    /** Which part of a dump it stands in: one of {@link shawk.model.RawSample#TCP4} and so on. */
    byte[] part = new byte[0];

    /** Row in the sample that is being folded. */
    int[] row = new int[0];

    byte[] life = new byte[0];
    /** Whether it began after a sample that looked where it is. */
    boolean[] beginningSeen = new boolean[0];
    /** When it was opened, on the samples' clock; {@link #ABSENT} = not seen. */
    long[] openedNanos = new long[0];
    /** Sequence of the sample that has counted its opening; 0: none has. */
    long[] openedAt = new long[0];
    /** Whether the kernel has counted its opening, and will say so when it has ended. */
    boolean[] told = new boolean[0];

    Direction[] direction = new Direction[0];
    byte[] certainty = new byte[0];
    /** Whether the counters of the sample before said that this side had sent the SYN. */
    boolean[] synSeenOnce = new boolean[0];
    /** Service port, -1 = unknown. */
    int[] port = new int[0];
    /** Number in {@link Processes}, or {@link #NOBODY}. */
    int[] owner = new int[0];

    OwnerProof[] proof = new OwnerProof[0];

    /** Whether an MPTCP socket counts in its place; {@link #UNDECIDED} as long as it was not looked for. */
    byte[] subflow = new byte[0];

    /** Of a unix socket the number of its own name's text; 0 = none. */
    int[] path = new int[0];

    /** The connection at the other end of this sample's, -1 = not known; see {@link Peers}. */
    int[] peer = new int[0];

    final Counters last = new Counters();

    private final HashIndex index = new HashIndex(1024);
    private final long seed;
    private int[] free = new int[0];
    private int freeCount;
    private int used;

    /** Counters as the sample before had them; {@link #ABSENT} = not known. */
    static final class Counters {
        long[] acked = new long[0];
        long[] received = new long[0];
        long[] retrans = new long[0];
        long[] segsOut = new long[0];
        long[] busy = new long[0];
        long[] rwndLimited = new long[0];
        long[] sndbufLimited = new long[0];
        long[] recvq = new long[0];
        /** What the columns of amounts of an interval have shown by now, as against what the kernel counts as shown. */
        long[] shownAcked = new long[0];

        long[] shownReceived = new long[0];
        long[] shownRetrans = new long[0];

        private void resize(int capacity) {
            acked = Arrays.copyOf(acked, capacity);
            received = Arrays.copyOf(received, capacity);
            retrans = Arrays.copyOf(retrans, capacity);
            segsOut = Arrays.copyOf(segsOut, capacity);
            busy = Arrays.copyOf(busy, capacity);
            rwndLimited = Arrays.copyOf(rwndLimited, capacity);
            sndbufLimited = Arrays.copyOf(sndbufLimited, capacity);
            recvq = Arrays.copyOf(recvq, capacity);
            shownAcked = Arrays.copyOf(shownAcked, capacity);
            shownReceived = Arrays.copyOf(shownReceived, capacity);
            shownRetrans = Arrays.copyOf(shownRetrans, capacity);
        }

        void set(int id, long value) {
            acked[id] = value;
            received[id] = value;
            retrans[id] = value;
            segsOut[id] = value;
            busy[id] = value;
            rwndLimited[id] = value;
            sndbufLimited[id] = value;
            recvq[id] = value;
            shownAcked[id] = value;
            shownReceived[id] = value;
            shownRetrans[id] = value;
        }
    }

    Connections(long seed) {
        this.seed = seed;
    }

    /** Numbers are below this; those with {@link #seen} 0 are free. */
    int limit() {
        return used;
    }

    int size() {
        return index.size();
    }

    /** The number of the socket, -1 where it is new. */
    int find(SocketKey key) {
        if (key.cookie == 0) {
            return findByEnds(key);
        }
        int known = findSocket(key.netns, key.cookie);
        return known >= 0 ? known : adopt(key);
    }

    /** The number of the connection that has this cookie, these ends and this ordinal; -1 where it is not known. */
    int findSame(SocketKey key) {
        int id = findSocket(key.netns, key.cookie);
        return id >= 0 && ends.sameEnds(id, key) && isSameOrdinal(id, key) ? id : -1;
    }

    /** The number of the socket with this cookie; -1 where it is not known. */
    int findSocket(long space, long wanted) {
        int hashed = cookieHash(space, wanted);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (index.hash(slot) == hashed && ends.cookie[id] == wanted && ends.netns[id] == space) {
                return id;
            }
        }
        return -1;
    }

    private boolean isSameOrdinal(int id, SocketKey key) {
        return key.ordinal == 0 || ordinal[id] == 0 || ordinal[id] == key.ordinal;
    }

    /** A socket that was known without a cookie so far, if it is this one: it goes by its cookie from now on. */
    private int adopt(SocketKey key) {
        int id = findByEnds(key);
        if (id >= 0) {
            index.remove(hash[id], id);
            ends.cookie[id] = key.cookie;
            hash[id] = cookieHash(key.netns, key.cookie);
            index.add(hash[id], id);
        }
        return id;
    }

    private int findByEnds(SocketKey key) {
        int hashed = endsHash(key);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (index.hash(slot) == hashed && ends.cookie[id] == 0 && isSameByEnds(id, key)) {
                return id;
            }
        }
        return -1;
    }

    private boolean isSameByEnds(int id, SocketKey key) {
        return ends.netns[id] == key.netns
                && protocol[id] == key.protocol
                && ends.sameEnds(id, key)
                && (isConnectedTcp(key.protocol, key.kind) || inode[id] == key.inode);
    }

    /** The end points of a TCP connection are its own; several sockets may listen, or send datagrams, at one. */
    private static boolean isConnectedTcp(Protocol protocol, RowKind kind) {
        return protocol != Protocol.UDP
                && protocol != Protocol.UNIX
                && (kind == RowKind.CONNECTION || kind == RowKind.TIME_WAIT);
    }

    private int cookieHash(long space, long value) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(seed, value), space));
    }

    private int endsHash(SocketKey key) {
        long tag = isConnectedTcp(key.protocol, key.kind) ? CONNECTED_TCP : key.inode;
        return endsHash(key.netns, key.lHigh, key.lLow, key.rHigh, key.rLow, key.ports(), tag);
    }

    private int endsHash(long space, long lh, long ll, long rh, long rl, int bothPorts, long tag) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, ll), rl);
        mixed = HashIndex.mix(HashIndex.mix(mixed, bothPorts), space);
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(mixed, lh), rh), tag));
    }

    /** Whether the known socket {@code id} still is what it was: neither reconnected nor thrown back in its states. */
    boolean continues(int id, SocketKey key) {
        if (!ends.sameEnds(id, key) || protocol[id] != key.protocol || !isSameOrdinal(id, key)) {
            return false;
        }
        boolean wasConnection = kind[id] == RowKind.CONNECTION || kind[id] == RowKind.TIME_WAIT;
        if (wasConnection != key.hasPeer() || wasConnection && key.progress() < progress[id]) {
            return false;
        }
        return key.cookie != 0 || inode[id] == 0 || key.inode == 0 || inode[id] == key.inode;
    }

    /** A number for a socket that is new. */
    int add(SocketKey key) {
        int id = freeCount > 0 ? free[--freeCount] : used++;
        if (id >= seen.length) {
            resize(Math.max(1024, seen.length + (seen.length >> 1)));
        }
        hash[id] = key.cookie != 0 ? cookieHash(key.netns, key.cookie) : endsHash(key);
        ends.cookie[id] = key.cookie;
        ends.netns[id] = key.netns;
        index.add(hash[id], id);
        return id;
    }

    /** Number {@code id} begins anew, as {@code key}, with no history. */
    void begin(int id, SocketKey key, boolean isBeginningSeen) {
        ends.setEnds(id, key);
        protocol[id] = key.protocol;
        inode[id] = 0;
        ordinal[id] = 0;
        life[id] = LIFE_NONE;
        beginningSeen[id] = isBeginningSeen;
        openedNanos[id] = ABSENT;
        openedAt[id] = 0;
        told[id] = false;
        direction[id] = Direction.UNKNOWN;
        certainty[id] = GUESSED;
        synSeenOnce[id] = false;
        port[id] = -1;
        owner[id] = NOBODY;
        proof[id] = OwnerProof.UNKNOWN;
        interval[id] = false;
        subflow[id] = UNDECIDED;
        path[id] = 0;
        peer[id] = -1;
        part[id] = key.part();
        last.set(id, ABSENT);
    }

    /** Notes what this sample says of {@code id}; an inode stays known when the socket has lost it. */
    void update(int id, SocketKey key, long sequence, int atRow) {
        kind[id] = key.kind;
        progress[id] = (byte) key.progress();
        if (key.inode != 0) {
            inode[id] = key.inode;
        }
        if (key.ordinal != 0) {
            ordinal[id] = key.ordinal;
        }
        seen[id] = sequence;
        row[id] = atRow;
    }

    /** Forgets {@code id}, whose number may be given to another. */
    void remove(int id) {
        index.remove(hash[id], id);
        seen[id] = 0;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(256, 2 * free.length));
        }
        free[freeCount++] = id;
    }

    /** Every socket goes by its end points from now on: the source that comes next gives no cookies. */
    void forgetCookies() {
        index.clear();
        for (int id = 0; id < used; id++) {
            if (seen[id] != 0) {
                ends.cookie[id] = 0;
                long tag = isConnectedTcp(protocol[id], kind[id]) ? CONNECTED_TCP : inode[id];
                hash[id] = endsHash(
                        ends.netns[id],
                        ends.lHigh[id],
                        ends.lLow[id],
                        ends.rHigh[id],
                        ends.rLow[id],
                        ends.ports[id],
                        tag);
                index.add(hash[id], id);
            }
        }
    }

    private void resize(int capacity) {
        ends.resize(capacity);
        inode = Arrays.copyOf(inode, capacity);
        ordinal = Arrays.copyOf(ordinal, capacity);
        protocol = Arrays.copyOf(protocol, capacity);
        kind = Arrays.copyOf(kind, capacity);
        progress = Arrays.copyOf(progress, capacity);
        hash = Arrays.copyOf(hash, capacity);
        seen = Arrays.copyOf(seen, capacity);
        interval = Arrays.copyOf(interval, capacity);
        part = Arrays.copyOf(part, capacity);
        row = Arrays.copyOf(row, capacity);
        life = Arrays.copyOf(life, capacity);
        beginningSeen = Arrays.copyOf(beginningSeen, capacity);
        openedNanos = Arrays.copyOf(openedNanos, capacity);
        openedAt = Arrays.copyOf(openedAt, capacity);
        told = Arrays.copyOf(told, capacity);
        direction = Arrays.copyOf(direction, capacity);
        certainty = Arrays.copyOf(certainty, capacity);
        synSeenOnce = Arrays.copyOf(synSeenOnce, capacity);
        port = Arrays.copyOf(port, capacity);
        owner = Arrays.copyOf(owner, capacity);
        proof = Arrays.copyOf(proof, capacity);
        subflow = Arrays.copyOf(subflow, capacity);
        path = Arrays.copyOf(path, capacity);
        peer = Arrays.copyOf(peer, capacity);
        last.resize(capacity);
    }
}
