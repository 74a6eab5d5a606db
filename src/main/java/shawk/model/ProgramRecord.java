package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program in the kernel: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_program} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class ProgramRecord {
    /** Bytes of one record. */
    public static final int SIZE = 56;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public ProgramRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public ProgramRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public RawText name() {
        return RawText.paddedAt(buffer, base + 0, 24);
    }

    /** 0 unless statistics are on. */
    public long runNanos() {
        return buffer.getLong(base + 24);
    }

    /** 0 unless statistics are on. */
    public long runs() {
        return buffer.getLong(base + 32);
    }

    /** Runs that the kernel left out. */
    public long misses() {
        return buffer.getLong(base + 40);
    }

    /** That the verifier has processed; 0: not told. */
    public long instructions() {
        return buffer.getInt(base + 48) & 0xffffffffL;
    }

    /** 0: at work; else the errno that keeps it out. */
    public int error() {
        return buffer.getInt(base + 52);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("name", new int[] {0, 24});
        layout.put("run_ns", new int[] {24, 8});
        layout.put("runs", new int[] {32, 8});
        layout.put("misses", new int[] {40, 8});
        layout.put("instructions", new int[] {48, 4});
        layout.put("error", new int[] {52, 4});
        return layout;
    }
}
