package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The name of an interface that a socket is bound to: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_iface} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class InterfaceRecord {
    /** Bytes of one record. */
    public static final int SIZE = 32;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public InterfaceRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public InterfaceRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long netns() {
        return buffer.getLong(base);
    }

    public int ifindex() {
        return buffer.getInt(base + 8);
    }

    public RawText name() {
        return RawText.paddedAt(buffer, base + 12, 16);
    }

    /** Eight bytes of {@link #name()} as a number, to compare without making an object. */
    public long nameWord(int index) {
        return buffer.getLong(base + 12 + 8 * index);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("ifindex", new int[] {8, 4});
        layout.put("name", new int[] {12, 16});
        layout.put("pad", new int[] {28, 4});
        return layout;
    }
}
