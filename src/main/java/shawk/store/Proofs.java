package shawk.store;

import java.util.Arrays;

/** The evidence of each flow's chunk: the smallest hashes of its connections, ascending. Used by one thread. */
final class Proofs {
    private static final int WIDTH = Chunk.EVIDENCE;

    private long[] hashes = new long[64 * WIDTH];
    private byte[] counts = new byte[64];
    /** How many connections are in it, whatever number of hashes each has. */
    private int[] connections = new int[64];
    /** Whether there were more hashes than are kept, or some that are not known. */
    private boolean[] partial = new boolean[64];

    void ensureRoom(int flows) {
        if (flows > counts.length) {
            int capacity = 2 * counts.length;
            hashes = Arrays.copyOf(hashes, capacity * WIDTH);
            counts = Arrays.copyOf(counts, capacity);
            connections = Arrays.copyOf(connections, capacity);
            partial = Arrays.copyOf(partial, capacity);
        }
    }

    void clear(int flow) {
        counts[flow] = 0;
        connections[flow] = 0;
        partial[flow] = false;
    }

    /** Takes in the hash of a connection that was there. Whether anything is other than before. */
    boolean addConnection(int flow, long hash) {
        int before = counts[flow];
        boolean changed = add(flow, hash);
        if (counts[flow] > before) {
            connections[flow]++;
        }
        return changed;
    }

    /** Takes in a further hash, which stands for a connection that has one already, or for none. */
    boolean add(int flow, long hash) {
        int first = flow * WIDTH;
        int count = counts[flow];
        int at = 0;
        while (at < count && hashes[first + at] < hash) {
            at++;
        }
        if (at < count && hashes[first + at] == hash) {
            return false;
        }
        if (count == WIDTH) {
            boolean wasPartial = partial[flow];
            partial[flow] = true;
            if (at == WIDTH) {
                return !wasPartial;
            }
            count--;
        } else {
            counts[flow]++;
        }
        System.arraycopy(hashes, first + at, hashes, first + at + 1, count - at);
        hashes[first + at] = hash;
        return true;
    }

    /** Adds the evidence of {@code from} to that of {@code into}. */
    void merge(int from, int into) {
        boolean single = connections[from] == counts[from];
        for (int i = 0; i < counts[from]; i++) {
            long hash = hashes[from * WIDTH + i];
            if (single) {
                addConnection(into, hash);
            } else {
                add(into, hash);
            }
        }
        partial[into] |= partial[from] || !single;
    }

    /** Whether all of {@code count} connections are in it. */
    boolean hasAll(int flow, long count) {
        return !partial[flow] && connections[flow] >= count;
    }

    long[] of(int flow) {
        return Arrays.copyOfRange(hashes, flow * WIDTH, flow * WIDTH + counts[flow]);
    }
}
