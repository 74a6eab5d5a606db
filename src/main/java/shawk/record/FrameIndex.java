package shawk.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of samples are, and when they were taken: some forty bytes a sample. Frames follow each other
 * without a gap where it is written to a file. Used by one thread.
 */
final class FrameIndex {
    /** Samples of a recording that are looked at: twelve days of one a second. */
    static final int SAMPLES_MAX = 1 << 20;

    private long[] offsets = new long[256];
    private int[] lengths = new int[256];
    private long[] sequences = new long[256];
    private long[] walls = new long[256];
    private long[] nanos = new long[256];
    private int[] crcs = new int[256];
    private boolean[] keys = new boolean[256];
    private int size;
    private long next;
    private long missing;

    int size() {
        return size;
    }

    /** Adds a frame that follows the one before. */
    void add(FrameHead head) {
        add(head, next);
    }

    /** Adds a frame; whether there was room. */
    boolean add(FrameHead head, long offset) {
        if (size == SAMPLES_MAX) {
            return false;
        }
        if (size == offsets.length) {
            int capacity = 2 * size;
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            sequences = Arrays.copyOf(sequences, capacity);
            walls = Arrays.copyOf(walls, capacity);
            nanos = Arrays.copyOf(nanos, capacity);
            crcs = Arrays.copyOf(crcs, capacity);
            keys = Arrays.copyOf(keys, capacity);
        }
        offsets[size] = offset;
        lengths[size] = head.length();
        sequences[size] = head.sequence();
        walls[size] = head.wallMicros();
        nanos[size] = head.monotonicNanos();
        crcs[size] = head.crc();
        keys[size++] = head.kind() == FrameHead.Kind.KEY;
        next = offset + head.frameSize();
        return true;
    }

    /** Samples between the first and the last that are not there, or need one that is not. */
    long missing() {
        return missing;
    }

    long offset(int i) {
        return offsets[i];
    }

    boolean isKey(int i) {
        return keys[i];
    }

    long sequence(int i) {
        return sequences[i];
    }

    long wallMicros(int i) {
        return walls[i];
    }

    FrameHead head(int i) {
        FrameHead.Kind kind = keys[i] ? FrameHead.Kind.KEY : FrameHead.Kind.DELTA;
        return new FrameHead(kind, lengths[i], sequences[i], walls[i], nanos[i], crcs[i]);
    }

    void write(ByteSink out) {
        out.writeVarint(size);
        for (int i = 0; i < size; i++) {
            out.writeVarint(lengths[i]);
            out.writeByte(keys[i] ? 1 : 0);
            out.writeSigned(walls[i] - (i == 0 ? 0 : walls[i - 1]));
            out.writeSigned(nanos[i] - (i == 0 ? 0 : nanos[i - 1]));
            out.writeInt(crcs[i]);
        }
    }

    /** The index of frames that begin at {@code start} and end at {@code end}; null where it is not that of these. */
    static @Nullable FrameIndex read(ByteCursor in, long start, long end) throws MalformedException {
        FrameIndex index = new FrameIndex();
        index.next = start;
        int count = in.readListSize(8);
        long wall = 0;
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            int length = in.readCount(FrameHead.LENGTH_MAX);
            FrameHead.Kind kind = in.readByte() == 1 ? FrameHead.Kind.KEY : FrameHead.Kind.DELTA;
            wall += in.readSigned();
            nanos += in.readSigned();
            if (!index.add(new FrameHead(kind, length, i + 1L, wall, nanos, in.readInt()), index.next)) {
                return null;
            }
        }
        return index.next == end ? index : null;
    }

    /**
     * The same in the order of sequence, each once, from the first key frame on and without what no key frame leads to.
     */
    FrameIndex inOrder() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(sequences[a], sequences[b]));
        FrameIndex sorted = new FrameIndex();
        long expected = -1;
        for (Integer i : order) {
            if (keys[i] && sequences[i] >= expected || sequences[i] == expected) {
                sorted.missing += expected < 0 ? 0 : sequences[i] - expected;
                sorted.add(head(i), offsets[i]);
                expected = sequences[i] + 1;
            }
        }
        return sorted;
    }
}
