package shawk.store;

import java.util.Arrays;

/**
 * Ends of connections that the last sample told of one by one. The kernel's counts of them may come with the next one,
 * since the records go on while it reads the counts. Used by one thread.
 */
final class RecentEnds {
    private static final int WIDTH = FlowKey.WIDTH;

    private long[] keys = new long[16 * WIDTH];
    private long[] hashes = new long[16];
    /** By end: whether it is a failed attempt, and whether its flow was there. */
    private byte[] traits = new byte[16];

    private int size;

    /** How many there are. */
    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void add(FlowKey key, long hash, boolean failed, boolean placed) {
        if (size == hashes.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
            hashes = Arrays.copyOf(hashes, 2 * size);
            traits = Arrays.copyOf(traits, 2 * size);
        }
        key.write(keys, size * WIDTH);
        hashes[size] = hash;
        traits[size++] = (byte) ((failed ? 1 : 0) | (placed ? 2 : 0));
    }

    void key(int end, FlowKey out) {
        out.read(keys, end * WIDTH);
    }

    long hash(int end) {
        return hashes[end];
    }

    /** Gives each the process that {@code into} has at the number of its own. */
    void reassign(int[] into, FlowKey scratch) {
        for (int end = 0; end < size; end++) {
            key(end, scratch);
            if (scratch.process < into.length) {
                scratch.process = into[scratch.process];
                scratch.write(keys, end * WIDTH);
            }
        }
    }

    /** Whether it is a failed attempt. */
    boolean isFailed(int end) {
        return (traits[end] & 1) != 0;
    }

    /** Whether its flow had a chunk then. */
    boolean isPlaced(int end) {
        return (traits[end] & 2) != 0;
    }
}
