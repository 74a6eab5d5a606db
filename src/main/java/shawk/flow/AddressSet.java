package shawk.flow;

import java.util.Arrays;
import shawk.model.HashIndex;

/** Addresses by namespace: those that some socket of the sample is bound to are local. Used by one thread. */
final class AddressSet {
    private final HashIndex index = new HashIndex(64);
    private final long seed;
    private long[] spaces = new long[64];
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int size;

    AddressSet(long seed) {
        this.seed = seed;
    }

    void clear() {
        index.clear();
        size = 0;
    }

    /** Whether it is new. */
    boolean add(long space, long high, long low) {
        if (contains(space, high, low)) {
            return false;
        }
        if (size == spaces.length) {
            spaces = Arrays.copyOf(spaces, 2 * size);
            highs = Arrays.copyOf(highs, 2 * size);
            lows = Arrays.copyOf(lows, 2 * size);
        }
        spaces[size] = space;
        highs[size] = high;
        lows[size] = low;
        index.add(hash(space, high, low), size++);
        return true;
    }

    boolean contains(long space, long high, long low) {
        int hashed = hash(space, high, low);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (index.hash(slot) == hashed && lows[id] == low && highs[id] == high && spaces[id] == space) {
                return true;
            }
        }
        return false;
    }

    private int hash(long space, long high, long low) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(seed, low), high), space));
    }
}
