package shawk.pivot;

import java.util.Arrays;

/**
 * Numbers the different (parent, high, low) triples that it is given 0, 1, 2, … in order of their first appearance.
 * Open addressing over arrays of numbers: no object a key. Used by one thread.
 */
final class KeyTable {
    private static final int FREE = -1;

    private final long seed;
    private int[] slots;
    private int[] parents;
    private long[] highs;
    private long[] lows;
    private int size;

    /**
     * An empty table.
     *
     * @param expected a guess at the number of keys; it grows where there are more
     * @param seed changes which keys collide, so that a peer cannot choose addresses that all do
     */
    KeyTable(int expected, long seed) {
        int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, expected)) << 1);
        this.seed = seed;
        this.slots = new int[capacity * 2];
        this.parents = new int[capacity];
        this.highs = new long[capacity];
        this.lows = new long[capacity];
        Arrays.fill(slots, FREE);
    }

    /** How many different keys there are. */
    int size() {
        return size;
    }

    long high(int number) {
        return highs[number];
    }

    long low(int number) {
        return lows[number];
    }

    int parent(int number) {
        return parents[number];
    }

    /** The number of a key, a new one where it has none yet. */
    int number(int parent, long high, long low) {
        int mask = slots.length - 1;
        int slot = hash(parent, high, low) & mask;
        while (slots[slot] != FREE) {
            int number = slots[slot];
            if (lows[number] == low && highs[number] == high && parents[number] == parent) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        if (size == lows.length) {
            grow();
            return number(parent, high, low);
        }
        slots[slot] = size;
        parents[size] = parent;
        highs[size] = high;
        lows[size] = low;
        return size++;
    }

    /** The number of a key, -1 where it has none. */
    int find(int parent, long high, long low) {
        int mask = slots.length - 1;
        int slot = hash(parent, high, low) & mask;
        while (slots[slot] != FREE) {
            int number = slots[slot];
            if (lows[number] == low && highs[number] == high && parents[number] == parent) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        return FREE;
    }

    /** Whether the key was given before. */
    boolean contains(int parent, long high, long low) {
        return find(parent, high, low) != FREE;
    }

    private void grow() {
        int capacity = lows.length * 2;
        parents = Arrays.copyOf(parents, capacity);
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        slots = new int[capacity * 2];
        Arrays.fill(slots, FREE);
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hash(parents[number], highs[number], lows[number]) & mask;
            while (slots[slot] != FREE) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number;
        }
    }

    private int hash(int parent, long high, long low) {
        return (int) mix(mix(mix(seed ^ low) ^ high) ^ parent);
    }

    /** Spreads every bit over all (the finisher of MurmurHash3). */
    static long mix(long value) {
        long x = value;
        x = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
        return x ^ x >>> 33;
    }
}
