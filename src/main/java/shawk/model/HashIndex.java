package shawk.model;

import java.util.Arrays;

/**
 * Finds numbers by hash: open addressing, linear probing, removal without tombstones. The caller knows what a number
 * stands for and compares; equal hashes are common. Used by one thread.
 *
 * <pre>
 * for (int slot = index.first(hash); index.id(slot) >= 0; slot = index.next(slot)) {
 *     if (index.hash(slot) == hash &amp;&amp; isIt(index.id(slot))) …
 * }
 * </pre>
 */
public final class HashIndex {
    private static final int EMPTY = -1;

    private int[] ids;
    private int[] hashes;
    private int mask;
    private int size;

    public HashIndex(int expected) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4);
        ids = new int[capacity];
        hashes = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(ids, EMPTY);
    }

    /** Mixes {@code value} into {@code hash}; start with a seed that nobody outside knows. */
    public static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 32;
    }

    /** The 32 bits of a mixed hash that this index takes. */
    public static int fold(long hash) {
        long last = hash * 0xd6e8feb86659fd93L;
        return (int) (last >>> 32);
    }

    public int first(int hash) {
        return hash & mask;
    }

    public int next(int slot) {
        return slot + 1 & mask;
    }

    /** The number in {@code slot}, -1 at the end of a chain. */
    public int id(int slot) {
        return ids[slot];
    }

    public int hash(int slot) {
        return hashes[slot];
    }

    public int size() {
        return size;
    }

    public void add(int hash, int id) {
        if (2 * (size + 1) > ids.length) {
            grow();
        }
        place(hash, id);
        size++;
    }

    private void place(int hash, int id) {
        int slot = first(hash);
        while (ids[slot] != EMPTY) {
            slot = next(slot);
        }
        ids[slot] = id;
        hashes[slot] = hash;
    }

    private void grow() {
        int[] oldIds = ids;
        int[] oldHashes = hashes;
        ids = new int[2 * oldIds.length];
        hashes = new int[ids.length];
        mask = ids.length - 1;
        Arrays.fill(ids, EMPTY);
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != EMPTY) {
                place(oldHashes[i], oldIds[i]);
            }
        }
    }

    /** Takes {@code id} out; it must have been added under {@code hash}. */
    public void remove(int hash, int id) {
        int slot = first(hash);
        while (ids[slot] != id) {
            if (ids[slot] == EMPTY) {
                throw new IllegalStateException("no number " + id);
            }
            slot = next(slot);
        }
        closeGap(slot);
        size--;
    }

    /** Moves later members of the chain forward, so that no search ends at the gap too early. */
    private void closeGap(int start) {
        int gap = start;
        int slot = next(gap);
        while (ids[slot] != EMPTY) {
            int home = first(hashes[slot]);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                ids[gap] = ids[slot];
                hashes[gap] = hashes[slot];
                gap = slot;
            }
            slot = next(slot);
        }
        ids[gap] = EMPTY;
    }

    public void clear() {
        Arrays.fill(ids, EMPTY);
        size = 0;
    }
}
