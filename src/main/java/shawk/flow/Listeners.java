package shawk.flow;

import java.util.Arrays;
import shawk.model.Address;
import shawk.model.HashIndex;
import shawk.model.Protocol;

/**
 * The sockets of one sample that wait for connections: TCP LISTEN, and UDP sockets that are not connected. Those at one
 * address and port (SO_REUSEPORT) are one listener, whose owner is that of the youngest holder. Used by one thread.
 */
final class Listeners {
    static final int NONE = -1;

    /** Whatever device a listener is bound to. */
    static final int ANY_DEVICE = -1;

    private static final long V4_ANY = Address.lowOfV4(0);

    private HashIndex index = new HashIndex(256);
    private final long seed;
    private long[] spaces = new long[64];
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] ends = new int[64];
    private int[] ifindexes = new int[64];
    private boolean[] v6only = new boolean[64];
    private int[] owners = new int[64];
    private int size;

    Listeners(long seed) {
        this.seed = seed;
    }

    void clear() {
        index.clear();
        size = 0;
    }

    /** Hands what there is over to {@code former}, and takes its room; there is nothing here then. */
    void handOver(Listeners former) {
        HashIndex otherIndex = former.index;
        former.index = index;
        index = otherIndex;
        long[][] longs = {former.spaces, former.highs, former.lows};
        int[][] ints = {former.ends, former.ifindexes, former.owners};
        boolean[] flags = former.v6only;
        former.spaces = spaces;
        former.highs = highs;
        former.lows = lows;
        former.ends = ends;
        former.ifindexes = ifindexes;
        former.owners = owners;
        former.v6only = v6only;
        former.size = size;
        spaces = longs[0];
        highs = longs[1];
        lows = longs[2];
        ends = ints[0];
        ifindexes = ints[1];
        owners = ints[2];
        v6only = flags;
        clear();
    }

    /** Gives every listener the owner that {@code processes} has at the number of its own. */
    void reassign(int[] processes) {
        for (int id = 0; id < size; id++) {
            if (owners[id] != Connections.NOBODY) {
                owners[id] = processes[owners[id]];
            }
        }
    }

    /** Takes in the listener {@code key}; returns its number, which it shares with others at the same end point. */
    int add(SocketKey key) {
        int end = end(key.protocol, key.lport);
        int hashed = hash(key.netns, key.lHigh, key.lLow, end);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (isAt(id, hashed, slot, key.netns, key.lHigh, key.lLow, end)
                    && ifindexes[id] == key.ifindex
                    && v6only[id] == key.v6only) {
                return id;
            }
        }
        if (size == spaces.length) {
            grow();
        }
        spaces[size] = key.netns;
        highs[size] = key.lHigh;
        lows[size] = key.lLow;
        ends[size] = end;
        ifindexes[size] = key.ifindex;
        v6only[size] = key.v6only;
        owners[size] = Connections.NOBODY;
        index.add(hashed, size);
        return size++;
    }

    private void grow() {
        int capacity = 2 * size;
        spaces = Arrays.copyOf(spaces, capacity);
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        ends = Arrays.copyOf(ends, capacity);
        ifindexes = Arrays.copyOf(ifindexes, capacity);
        v6only = Arrays.copyOf(v6only, capacity);
        owners = Arrays.copyOf(owners, capacity);
    }

    /** The process that accepts for listener {@code id}, or {@link Connections#NOBODY}. */
    int owner(int id) {
        return owners[id];
    }

    void setOwner(int id, int process) {
        owners[id] = process;
    }

    /**
     * The listener that a connection to this end point reaches: at the very address before a wildcard.
     *
     * @param ifindex the device that the connection is bound to; a listener bound to another is none; or
     *     {@link #ANY_DEVICE}
     */
    int find(long space, Protocol protocol, long high, long low, int port, int ifindex) {
        int end = end(protocol, port);
        int exact = findAt(space, high, low, end, ifindex, false);
        if (exact != NONE) {
            return exact;
        }
        boolean v4 = Address.isV4(high, low);
        if (v4) {
            int any = findAt(space, 0, V4_ANY, end, ifindex, false);
            if (any != NONE) {
                return any;
            }
        }
        return findAt(space, 0, 0, end, ifindex, v4);
    }

    private int findAt(long space, long high, long low, int end, int ifindex, boolean dualStack) {
        int hashed = hash(space, high, low, end);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (isAt(id, hashed, slot, space, high, low, end)
                    && (ifindexes[id] == 0 || ifindexes[id] == ifindex || ifindex == ANY_DEVICE)
                    && !(dualStack && v6only[id])) {
                return id;
            }
        }
        return NONE;
    }

    private boolean isAt(int id, int hashed, int slot, long space, long high, long low, int end) {
        return index.hash(slot) == hashed
                && ends[id] == end
                && lows[id] == low
                && highs[id] == high
                && spaces[id] == space;
    }

    private static int end(Protocol protocol, int port) {
        return protocol.ordinal() << 16 | port;
    }

    private int hash(long space, long high, long low, int end) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, low), end);
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(mixed, high), space));
    }
}
