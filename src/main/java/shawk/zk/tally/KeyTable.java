package shawk.zk.tally;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import shawk.model.RawText;

/**
 * Numbers for keys, which are bytes of any value: the first one is 0, the next one 1. It makes no object where a key is
 * known, and holds no more than it is told to. Used by one thread.
 */
public final class KeyTable {
    /** What {@link #number} says of a key for which there is no room. */
    public static final int FULL = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;
    private static final int LEAST = 64;

    private final int most;
    private final int mostBytes;
    /** Nobody on the wire knows it, and so nobody can send keys that all fall onto one place. */
    private final long seed = new SplittableRandom().nextLong();

    private byte[] bytes = new byte[1024];
    private int used;
    private int[] ends = new int[LEAST];
    private long[] hashes = new long[LEAST];
    private int count;
    /** Number of a key and 1; 0 = free. Twice as many as keys at least. */
    private int[] places = new int[2 * LEAST];

    /**
     * Empty.
     *
     * @param most keys
     * @param mostBytes of all keys together
     */
    public KeyTable(int most, int mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** How many keys there are. */
    public int size() {
        return count;
    }

    /** The number of a key, which gets one where it has none; {@link #FULL} where there is no room. */
    public int number(byte[] key, int from, int length) {
        long hash = hash(key, from, length);
        int place = place(hash, key, from, length);
        if (places[place] != 0) {
            return places[place] - 1;
        }
        return count < most && length <= mostBytes - used ? add(key, from, length, hash, place) : FULL;
    }

    /** The number of a key that has one already; {@link #FULL} where it has none. */
    public int find(byte[] key, int from, int length) {
        return places[place(hash(key, from, length), key, from, length)] - 1;
    }

    /** Where a key is, or would be. */
    private int place(long hash, byte[] key, int from, int length) {
        int mask = places.length - 1;
        int place = (int) (hash >>> 32) & mask;
        while (places[place] != 0) {
            int known = places[place] - 1;
            if (hashes[known] == hash && equal(known, key, from, length)) {
                return place;
            }
            place = place + 1 & mask;
        }
        return place;
    }

    /** The bytes of a key. */
    public RawText text(int number) {
        return RawText.of(Arrays.copyOfRange(bytes, start(number), ends[number]));
    }

    /** Forgets all keys. */
    public void clear() {
        used = 0;
        count = 0;
        Arrays.fill(places, 0);
    }

    /** Hands the bytes of key {@code number} of this one to {@code other}; what it is called there. */
    int moveTo(KeyTable other, int number) {
        int start = start(number);
        return other.number(bytes, start, ends[number] - start);
    }

    private int add(byte[] key, int from, int length, long hash, int place) {
        if (used + length > bytes.length) {
            int room = (int) Math.min(mostBytes, Math.max(2L * bytes.length, used + (long) length));
            bytes = Arrays.copyOf(bytes, room);
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        System.arraycopy(key, from, bytes, used, length);
        used += length;
        ends[count] = used;
        hashes[count] = hash;
        places[place] = ++count;
        if (2 * count > places.length) {
            spread();
        }
        return count - 1;
    }

    private void spread() {
        int[] wider = new int[2 * places.length];
        int mask = wider.length - 1;
        for (int i = 0; i < count; i++) {
            int place = (int) (hashes[i] >>> 32) & mask;
            while (wider[place] != 0) {
                place = place + 1 & mask;
            }
            wider[place] = i + 1;
        }
        places = wider;
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private boolean equal(int known, byte[] key, int from, int length) {
        return Arrays.equals(bytes, start(known), ends[known], key, from, from + length);
    }

    private long hash(byte[] key, int from, int length) {
        long hash = seed ^ length * FACTOR;
        int at = from;
        int end = from + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(key, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | key[at] & 0xff;
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long bits) {
        long product = bits * FACTOR;
        return product ^ product >>> 32;
    }
}
