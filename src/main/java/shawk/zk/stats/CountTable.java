package shawk.zk.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts and bytes by a key of 64 bits, since the beginning. A key keeps its place until {@link #keep} makes a new
 * table, so that what stood in it at two moments can be subtracted place by place. One thread; what {@link #freeze} and
 * {@link #keys} hand out any thread.
 */
final class CountTable {
    /** The place of what found no room. */
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 256;

    private final int most;
    private final boolean bytesToo;
    private long[] keys = new long[FIRST_SLOTS];
    private long[] counts = new long[FIRST_SLOTS];
    private long[] bytes;
    /** Place + 1; 0 = empty. */
    private int[] slots = new int[FIRST_SLOTS];

    private int size;
    private int limit;

    /**
     * @param most keys
     * @param bytesToo whether bytes are counted
     */
    CountTable(int most, boolean bytesToo) {
        this.most = most;
        this.limit = most;
        this.bytesToo = bytesToo;
        this.bytes = new long[bytesToo ? FIRST_SLOTS : 0];
    }

    /**
     * What a table held at one moment. Immutable; any thread.
     *
     * @param bytes of each place; null = none are counted
     */
    record Frozen(long[] counts, long @Nullable [] bytes) {
        static final Frozen NOTHING = new Frozen(new long[0], null);

        int size() {
            return counts.length;
        }

        /** Count of a place, 0 if it was not there yet. */
        long count(int place) {
            return place < counts.length ? counts[place] : 0;
        }

        long amount(int place) {
            return bytes != null && place < bytes.length ? bytes[place] : 0;
        }

        /** The same with places in another order; {@code places} are those to keep. */
        Frozen rearranged(int[] places) {
            long[] kept = new long[places.length];
            long[] keptBytes = bytes == null ? null : new long[places.length];
            for (int i = 0; i < places.length; i++) {
                kept[i] = count(places[i]);
                if (keptBytes != null) {
                    keptBytes[i] = amount(places[i]);
                }
            }
            return new Frozen(kept, keptBytes);
        }
    }

    /** Spreads the bits of {@code value}. */
    static int mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xd6e8_feb8_6659_fd93L;
        return (int) (mixed ^ mixed >>> 32);
    }

    int size() {
        return size;
    }

    /** Counts one; {@link #NONE} where there is no room for the key, else its place. */
    int count(long key, long amount) {
        int place = place(key);
        if (place != NONE) {
            counts[place]++;
            if (bytesToo) {
                bytes[place] += amount;
            }
        }
        return place;
    }

    /** Whoever counts asks {@link #hasRoom} before a new key, which says no from this size on. */
    void limit(int keys) {
        limit = keys;
    }

    boolean hasRoom() {
        return size < limit;
    }

    /** Whether a key has a place. */
    boolean has(long key) {
        return slots[slot(key)] != 0;
    }

    private int place(long key) {
        int slot = slot(key);
        return slots[slot] != 0 ? slots[slot] - 1 : size == most ? NONE : append(key, slot);
    }

    /** Where a key is, or would be. */
    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = mix(key) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int append(long key, int slot) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
            bytes = bytesToo ? Arrays.copyOf(bytes, size * 2) : bytes;
        }
        int place = size++;
        keys[place] = key;
        slots[slot] = size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return place;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int place = 0; place < size; place++) {
            int slot = mix(keys[place]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = place + 1;
        }
    }

    Frozen freeze() {
        return new Frozen(Arrays.copyOf(counts, size), bytesToo ? Arrays.copyOf(bytes, size) : null);
    }

    /** Keys by place; those beyond the size of what was frozen mean nothing. */
    long[] keys() {
        return keys;
    }

    /** The places whose counts have changed since {@code before}. */
    int[] changed(Frozen before) {
        int[] places = new int[size];
        int kept = 0;
        for (int place = 0; place < size; place++) {
            if (counts[place] != before.count(place)) {
                places[kept++] = place;
            }
        }
        return Arrays.copyOf(places, kept);
    }

    /** A new table of these places, with other keys: {@code renamed[i]} is that of {@code places[i]}. */
    CountTable keep(int[] places, long[] renamed) {
        CountTable kept = new CountTable(most, bytesToo);
        for (int i = 0; i < places.length; i++) {
            int place = kept.place(renamed[i]);
            kept.counts[place] = counts[places[i]];
            if (bytesToo) {
                kept.bytes[place] = bytes[places[i]];
            }
        }
        return kept;
    }
}
