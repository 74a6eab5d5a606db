package shawk.tcp;

import java.util.Arrays;

/**
 * Bytes of a direction that came before what precedes them: pieces in the order of their positions, none over another.
 * Of what comes twice the first stays. Used by one thread.
 */
final class Pending {
    private final SpareBytes spares;
    private byte[] bytes = SpareBytes.none();

    /** Behind the last byte of {@link #bytes} that was written. */
    private int used;

    /** Bytes of all pieces. */
    private int live;

    private long[] at = new long[16];
    private long[] micros = new long[16];
    private int[] from = new int[16];
    private int[] length = new int[16];

    /** Index of the first piece. */
    private int first;

    /** Index behind the last piece. */
    private int end;

    Pending(SpareBytes spares) {
        this.spares = spares;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** Pieces. */
    int count() {
        return end - first;
    }

    /** Bytes of all pieces. */
    int live() {
        return live;
    }

    /** Bytes of memory. */
    int memory() {
        return bytes.length + at.length * 24;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Position of the first piece, of which there must be one. */
    long firstAt() {
        return at[first];
    }

    /** When the first piece was captured. */
    long firstMicros() {
        return micros[first];
    }

    /** Where the first piece lies in {@link #bytes}. */
    int firstFrom() {
        return from[first];
    }

    /** Bytes of the first piece. */
    int firstLength() {
        return length[first];
    }

    void removeFirst() {
        live -= length[first++];
        if (first == end) {
            release();
        }
    }

    /** Forgets everything. */
    void release() {
        first = 0;
        end = 0;
        live = 0;
        used = 0;
        spares.give(bytes);
        bytes = SpareBytes.none();
    }

    /**
     * Adds what is not there yet of {@code source} from {@code begin} to {@code stop}, which stands at
     * {@code position}; the ledger is told what was new and what was not.
     */
    void add(byte[] source, int begin, int stop, long position, long time, ByteLedger ledger) {
        long s = position;
        long e = position + (stop - begin);
        int i = firstEndingBehind(s);
        while (s < e) {
            if (i == end || at[i] >= e) {
                insert(i, source, begin + (int) (s - position), (int) (e - s), s, time);
                ledger.in += e - s;
                return;
            }
            if (s < at[i]) {
                int n = (int) (at[i] - s);
                ledger.in += n;
                i = insert(i, source, begin + (int) (s - position), n, s, time) + 1;
                s = at[i];
            }
            long o = Math.min(e, at[i] + length[i]);
            compare(source, begin + (int) (s - position), from[i] + (int) (s - at[i]), (int) (o - s), ledger);
            s = o;
            i++;
        }
    }

    private void compare(byte[] source, int begin, int mine, int n, ByteLedger ledger) {
        ledger.repeated += n;
        ledger.differing += differing(source, begin, bytes, mine, n);
    }

    /** How many of {@code n} bytes differ. */
    static int differing(byte[] a, int aFrom, byte[] b, int bFrom, int n) {
        if (Arrays.equals(a, aFrom, aFrom + n, b, bFrom, bFrom + n)) {
            return 0;
        }
        int differ = 0;
        for (int k = 0; k < n; k++) {
            if (a[aFrom + k] != b[bFrom + k]) {
                differ++;
            }
        }
        return differ;
    }

    private int firstEndingBehind(long position) {
        if (first == end || at[end - 1] + length[end - 1] <= position) {
            return end;
        }
        int low = first;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at[middle] + length[middle] > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Adds a piece and gives back its index: earlier pieces may have moved. */
    private int insert(int index, byte[] source, int begin, int n, long position, long time) {
        // First: it moves the bytes of all pieces, and the new one has none yet.
        roomForBytes(n);
        int i = roomForPiece(index);
        System.arraycopy(source, begin, bytes, used, n);
        at[i] = position;
        micros[i] = time;
        from[i] = used;
        length[i] = n;
        used += n;
        live += n;
        return i;
    }

    private int roomForPiece(int index) {
        int i = index;
        if (end == at.length && first > 0) {
            int n = end - first;
            System.arraycopy(at, first, at, 0, n);
            System.arraycopy(micros, first, micros, 0, n);
            System.arraycopy(from, first, from, 0, n);
            System.arraycopy(length, first, length, 0, n);
            i -= first;
            first = 0;
            end = n;
        }
        if (end == at.length) {
            int more = end * 2;
            at = Arrays.copyOf(at, more);
            micros = Arrays.copyOf(micros, more);
            from = Arrays.copyOf(from, more);
            length = Arrays.copyOf(length, more);
        }
        int behind = end - i;
        System.arraycopy(at, i, at, i + 1, behind);
        System.arraycopy(micros, i, micros, i + 1, behind);
        System.arraycopy(from, i, from, i + 1, behind);
        System.arraycopy(length, i, length, i + 1, behind);
        end++;
        return i;
    }

    private void roomForBytes(int n) {
        if (bytes.length - used >= n) {
            return;
        }
        byte[] more = spares.take(Math.max(live + n, Math.min(2 * live, live + (1 << 20))));
        int to = 0;
        for (int i = first; i < end; i++) {
            System.arraycopy(bytes, from[i], more, to, length[i]);
            from[i] = to;
            to += length[i];
        }
        spares.give(bytes);
        bytes = more;
        used = to;
    }
}
