package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A figure about the reading itself: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_meter} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class MeterRecord {
    /** Bytes of one record. */
    public static final int SIZE = 16;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public MeterRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public MeterRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** Ordinal of {@link Meter}; others are not known here. */
    public int id() {
        return buffer.getInt(base + 0);
    }

    public long value() {
        return buffer.getLong(base + 8);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("id", new int[] {0, 4});
        layout.put("value", new int[] {8, 8});
        return layout;
    }
}
