package shawk.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Arrays that were let go, for who needs one next: streams hold bytes for so short a time that new ones would be most
 * of what is allocated. A few of each size; large ones go. Used by one thread.
 */
final class SpareBytes {
    private static final byte[] NONE = new byte[0];

    private static final int LEAST_BITS = 10;
    private static final int MOST_BITS = 16;
    private static final int EACH = 8;

    private final byte[][][] spare = new byte[MOST_BITS + 1][EACH][];
    private final int[] count = new int[MOST_BITS + 1];

    /** The array of no bytes. */
    static byte[] none() {
        return NONE;
    }

    /** An array of at least {@code least} bytes, of any content. */
    byte[] take(int least) {
        int bits = Math.max(LEAST_BITS, 32 - Integer.numberOfLeadingZeros(Math.max(1, least) - 1));
        if (bits > MOST_BITS) {
            return new byte[bits > 30 ? Math.max(least, Integer.MAX_VALUE - 8) : 1 << bits];
        }
        byte @Nullable [] found = count[bits] > 0 ? spare[bits][--count[bits]] : null;
        return found == null ? new byte[1 << bits] : found;
    }

    /** Takes back what {@link #take} gave, or {@link #none}. */
    void give(byte[] bytes) {
        int bits = 31 - Integer.numberOfLeadingZeros(Math.max(1, bytes.length));
        if (bits >= LEAST_BITS && bits <= MOST_BITS && count[bits] < EACH) {
            spare[bits][count[bits]++] = bytes;
        }
    }
}
