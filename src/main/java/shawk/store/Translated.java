package shawk.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.HashIndex;
import shawk.model.SocketTable;

/**
 * What conntrack makes of the ends of flows: own address, peer and service port as the other end has them, each where
 * it is another one. Under small numbers from 1. Used by one thread.
 */
final class Translated {
    /** Nothing is translated. */
    static final int NONE = 0;

    private static final int WIDTH = 5;
    private static final long ABSENT = SocketTable.ABSENT;

    private final int bound;
    private final long seed;
    private HashIndex index = new HashIndex(16);
    private long[] values = new long[16 * WIDTH];
    private int size = 1;

    /** Knows at most {@code bound}; those beyond count as not translated. */
    Translated(int bound, long seed) {
        this.bound = bound;
        this.seed = seed;
    }

    /** The number of a translation; addresses are absent, and the port is -1, where they are not other ones. */
    int number(long lHigh, long lLow, long rHigh, long rLow, int port) {
        if (lLow == ABSENT && rLow == ABSENT && port < 0) {
            return NONE;
        }
        int hash = hash(lHigh, lLow, rHigh, rLow, port);
        for (int slot = index.first(hash); index.id(slot) >= 0; slot = index.next(slot)) {
            int at = index.id(slot) * WIDTH;
            if (index.hash(slot) == hash
                    && values[at] == lHigh
                    && values[at + 1] == lLow
                    && values[at + 2] == rHigh
                    && values[at + 3] == rLow
                    && values[at + 4] == port) {
                return index.id(slot);
            }
        }
        if (size > bound) {
            return NONE;
        }
        if ((size + 1) * WIDTH > values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        int at = size * WIDTH;
        values[at] = lHigh;
        values[at + 1] = lLow;
        values[at + 2] = rHigh;
        values[at + 3] = rLow;
        values[at + 4] = port;
        index.add(hash, size);
        return size++;
    }

    private int hash(long lHigh, long lLow, long rHigh, long rLow, int port) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, rLow), lLow);
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(mixed, rHigh), lHigh), port));
    }

    /** Whether there is no room for a further one. */
    boolean isFull() {
        return size > bound;
    }

    /** Forgets all of them: no flow may have one any more. */
    void clear() {
        index = new HashIndex(16);
        size = 1;
    }

    @Nullable
    Address local(int number) {
        return address(number * WIDTH);
    }

    @Nullable
    Address peer(int number) {
        return address(number * WIDTH + 2);
    }

    private @Nullable Address address(int at) {
        return values[at + 1] == ABSENT ? null : new Address(values[at], values[at + 1]);
    }

    /** -1 = no other one. */
    int port(int number) {
        return (int) values[number * WIDTH + 4];
    }
}
