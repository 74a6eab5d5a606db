package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which socket is held by which process: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_holder} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class HolderRecord {
    /** Bytes of one record. */
    public static final int SIZE = 8;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public HolderRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public HolderRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** Index of a socket; less the number of sockets that of a unix socket where there are no more than that. */
    public int sock() {
        return buffer.getInt(base);
    }

    public int process() {
        return buffer.getInt(base + 4);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("sock", new int[] {0, 4});
        layout.put("process", new int[] {4, 4});
        return layout;
    }
}
