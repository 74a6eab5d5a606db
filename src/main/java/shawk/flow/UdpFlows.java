package shawk.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.FlowRecord;
import shawk.model.HashIndex;
import shawk.model.OwnerProof;
import shawk.model.RawSample;
import shawk.model.RawSection;

/**
 * What UDP sockets send to and receive from each peer, as the kernel counts it, from the first datagram to
 * {@value #IDLE_SECONDS} s after the last. Whoever did it last owns the flow. At the bound the quarter that has been
 * idle longest is forgotten. Used by one thread.
 */
final class UdpFlows {
    static final int NONE = -1;
    static final int IDLE_SECONDS = 60;

    private static final long IDLE_NANOS = IDLE_SECONDS * 1_000_000_000L;

    /** Columns by flow; flows lie side by side, in no order. A remote port of 0: the peer is not known. */
    final EndColumns ends = new EndColumns(16);

    long[] uid = new long[16];
    int[] owner = new int[16];
    OwnerProof[] proof = new OwnerProof[16];
    long[] txBytes = new long[16];
    long[] rxBytes = new long[16];
    private long[] txNow = new long[16];
    private long[] rxNow = new long[16];
    long[] firstNanos = new long[16];
    long[] lastNanos = new long[16];
    /** Sequence of the sample that counted something last. */
    private long[] active = new long[16];
    /** Sequence of the sample in which it was part of a connected socket last. */
    private long[] joined = new long[16];

    private final int bound;
    private final long seed;
    private final Processes processes;
    private final HashIndex index = new HashIndex(16);
    private int size;
    private long sequence;
    private long nowNanos;
    private long forgotten;

    UdpFlows(Processes processes, int bound, long seed) {
        this.processes = processes;
        this.bound = bound;
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** How many were forgotten before their time, since the start. */
    long forgotten() {
        return forgotten;
    }

    /** Takes in what the sample counts, and forgets what has been idle for too long. */
    void read(RawSample sample, long newSequence) {
        sequence = newSequence;
        nowNanos = sample.monotonicNanos();
        ByteBuffer buffer = sample.buffer(RawSection.FLOWS);
        FlowRecord r = new FlowRecord(buffer);
        SocketKey key = new SocketKey();
        for (int i = 0; i < sample.count(RawSection.FLOWS); i++) {
            key.read(r.at(i));
            int known = find(key);
            add(known == NONE ? make(key, r) : known, r);
        }
        keep(nowNanos - IDLE_NANOS);
        if (size > bound) {
            long[] order = Arrays.copyOf(lastNanos, size);
            Arrays.sort(order);
            int before = size;
            keep(order[size - bound * 3 / 4]);
            forgotten += before - size;
        }
    }

    private int make(SocketKey key, FlowRecord r) {
        if (size == uid.length) {
            grow(2 * size);
        }
        int id = size++;
        ends.netns[id] = key.netns;
        ends.cookie[id] = key.cookie;
        ends.setEnds(id, key);
        owner[id] = Connections.NOBODY;
        proof[id] = OwnerProof.UNKNOWN;
        txBytes[id] = 0;
        rxBytes[id] = 0;
        firstNanos[id] = Math.min(nowNanos, r.firstNanos());
        lastNanos[id] = firstNanos[id];
        active[id] = 0;
        joined[id] = 0;
        index.add(hash(id), id);
        return id;
    }

    private void add(int id, FlowRecord r) {
        boolean first = active[id] != sequence;
        txNow[id] = r.txBytes() + (first ? 0 : txNow[id]);
        rxNow[id] = r.rxBytes() + (first ? 0 : rxNow[id]);
        txBytes[id] += r.txBytes();
        rxBytes[id] += r.rxBytes();
        active[id] = sequence;
        uid[id] = r.uid();
        int process = processes.named(r.process());
        boolean later = r.lastNanos() >= lastNanos[id];
        lastNanos[id] = Math.min(nowNanos, Math.max(lastNanos[id], r.lastNanos()));
        if (process != Connections.NOBODY && (later || owner[id] == Connections.NOBODY)) {
            owner[id] = process;
            proof[id] = OwnerProof.PROVEN;
        }
    }

    /** The flow of this socket and peer; {@link #NONE}. */
    int find(SocketKey key) {
        int hashed = hash(key.netns, key.cookie, key.rHigh, key.rLow, key.rport);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (index.hash(slot) == hashed
                    && ends.cookie[id] == key.cookie
                    && ends.netns[id] == key.netns
                    && (ends.ports[id] & 0xffff) == key.rport
                    && ends.rLow[id] == key.rLow
                    && ends.rHigh[id] == key.rHigh) {
                return id;
            }
        }
        return NONE;
    }

    /** Flow {@code id} is that of a connected socket of this sample: it has no row of its own. */
    void join(int id) {
        joined[id] = sequence;
        // Its owner may hold nothing else of this sample, and is still needed in the next.
        if (owner[id] != Connections.NOBODY) {
            processes.place(owner[id]);
        }
    }

    boolean isJoined(int id) {
        return joined[id] == sequence;
    }

    /** Bytes sent in the last interval. */
    long txNow(int id) {
        return active[id] == sequence ? txNow[id] : 0;
    }

    /** Bytes received in the last interval. */
    long rxNow(int id) {
        return active[id] == sequence ? rxNow[id] : 0;
    }

    /** Gives every flow the owner that {@code owners} has at the number of its own. */
    void reassign(int[] owners) {
        for (int id = 0; id < size; id++) {
            if (owner[id] != Connections.NOBODY) {
                owner[id] = owners[owner[id]];
            }
        }
    }

    /** Who serves: the side whose port is not one that the kernel hands out, this one before the other. */
    static Direction direction(int ports, boolean localEphemeral, boolean remoteEphemeral) {
        if (!localEphemeral) {
            return Direction.IN;
        }
        return (ports & 0xffff) == 0 || remoteEphemeral ? Direction.UNKNOWN : Direction.OUT;
    }

    /** Forgets what has been idle since {@code nanos} or longer. */
    private void keep(long nanos) {
        int kept = 0;
        for (int id = 0; id < size; id++) {
            if (lastNanos[id] > nanos) {
                move(id, kept++);
            }
        }
        if (kept < size) {
            size = kept;
            index.clear();
            for (int id = 0; id < size; id++) {
                index.add(hash(id), id);
            }
        }
    }

    private void move(int from, int to) {
        if (from == to) {
            return;
        }
        ends.move(from, to);
        uid[to] = uid[from];
        owner[to] = owner[from];
        proof[to] = proof[from];
        txBytes[to] = txBytes[from];
        rxBytes[to] = rxBytes[from];
        txNow[to] = txNow[from];
        rxNow[to] = rxNow[from];
        firstNanos[to] = firstNanos[from];
        lastNanos[to] = lastNanos[from];
        active[to] = active[from];
        joined[to] = joined[from];
    }

    private void grow(int capacity) {
        ends.resize(capacity);
        uid = Arrays.copyOf(uid, capacity);
        owner = Arrays.copyOf(owner, capacity);
        proof = Arrays.copyOf(proof, capacity);
        txBytes = Arrays.copyOf(txBytes, capacity);
        rxBytes = Arrays.copyOf(rxBytes, capacity);
        txNow = Arrays.copyOf(txNow, capacity);
        rxNow = Arrays.copyOf(rxNow, capacity);
        firstNanos = Arrays.copyOf(firstNanos, capacity);
        lastNanos = Arrays.copyOf(lastNanos, capacity);
        active = Arrays.copyOf(active, capacity);
        joined = Arrays.copyOf(joined, capacity);
    }

    private int hash(int id) {
        return hash(ends.netns[id], ends.cookie[id], ends.rHigh[id], ends.rLow[id], ends.ports[id] & 0xffff);
    }

    private int hash(long space, long socket, long high, long low, int port) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, low), high);
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(mixed, port), socket), space));
    }

    /** Whether flow {@code id} has a peer that is known. */
    boolean hasPeer(int id) {
        return (ends.ports[id] & 0xffff) != 0 && !Address.isWildcard(ends.rHigh[id], ends.rLow[id]);
    }
}
