package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process that holds a socket of the sample: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_process} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class ProcessRecord {
    /** Bytes of one record. */
    public static final int SIZE = 48;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public ProcessRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public ProcessRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** Clock ticks after boot, /proc/PID/stat field 22. */
    public long start() {
        return buffer.getLong(base);
    }

    /** 0: unknown. */
    public long netns() {
        return buffer.getLong(base + 8);
    }

    /** Thread group. */
    public int pid() {
        return buffer.getInt(base + 16);
    }

    public int ppid() {
        return buffer.getInt(base + 20);
    }

    public int pgid() {
        return buffer.getInt(base + 24);
    }

    /** Effective: owner of /proc/PID. */
    public long uid() {
        return buffer.getInt(base + 28) & 0xffffffffL;
    }

    public RawText comm() {
        return RawText.paddedAt(buffer, base + 32, 16);
    }

    /** Eight bytes of {@link #comm()} as a number, to compare without making an object. */
    public long commWord(int index) {
        return buffer.getLong(base + 32 + 8 * index);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("start", new int[] {0, 8});
        layout.put("netns", new int[] {8, 8});
        layout.put("pid", new int[] {16, 4});
        layout.put("ppid", new int[] {20, 4});
        layout.put("pgid", new int[] {24, 4});
        layout.put("uid", new int[] {28, 4});
        layout.put("comm", new int[] {32, 16});
        return layout;
    }
}
