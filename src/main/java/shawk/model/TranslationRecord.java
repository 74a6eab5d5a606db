package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection that conntrack translates: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_translation} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap
 * it around one record after another; it holds no data of its own and is used by one thread.
 */
public final class TranslationRecord {
    /** Bytes of one record. */
    public static final int SIZE = 88;

    /** Bit of {@link #status()}: the source is translated. */
    public static final int SOURCE = 0x10;

    /** Bit of {@link #status()}: the destination is translated. */
    public static final int DESTINATION = 0x20;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public TranslationRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public TranslationRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** Where it was read. */
    public long netns() {
        return buffer.getLong(base);
    }

    public int origSport() {
        return buffer.getShort(base + 72) & 0xffff;
    }

    public int origDport() {
        return buffer.getShort(base + 74) & 0xffff;
    }

    public int replySport() {
        return buffer.getShort(base + 76) & 0xffff;
    }

    public int replyDport() {
        return buffer.getShort(base + 78) & 0xffff;
    }

    /** IPS_*: 0x10 source translated, 0x20 destination translated. */
    public int status() {
        return buffer.getInt(base + 80);
    }

    public int family() {
        return buffer.get(base + 84) & 0xff;
    }

    public int protocol() {
        return buffer.get(base + 85) & 0xff;
    }

    public int zone() {
        return buffer.getShort(base + 86) & 0xffff;
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long origSrcHigh() {
        return Long.reverseBytes(buffer.getLong(base + 8));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long origSrcLow() {
        return Long.reverseBytes(buffer.getLong(base + 16));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long origDstHigh() {
        return Long.reverseBytes(buffer.getLong(base + 24));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long origDstLow() {
        return Long.reverseBytes(buffer.getLong(base + 32));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long replySrcHigh() {
        return Long.reverseBytes(buffer.getLong(base + 40));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long replySrcLow() {
        return Long.reverseBytes(buffer.getLong(base + 48));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long replyDstHigh() {
        return Long.reverseBytes(buffer.getLong(base + 56));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long replyDstLow() {
        return Long.reverseBytes(buffer.getLong(base + 64));
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("orig_src", new int[] {8, 16});
        layout.put("orig_dst", new int[] {24, 16});
        layout.put("reply_src", new int[] {40, 16});
        layout.put("reply_dst", new int[] {56, 16});
        layout.put("orig_sport", new int[] {72, 2});
        layout.put("orig_dport", new int[] {74, 2});
        layout.put("reply_sport", new int[] {76, 2});
        layout.put("reply_dport", new int[] {78, 2});
        layout.put("status", new int[] {80, 4});
        layout.put("family", new int[] {84, 1});
        layout.put("protocol", new int[] {85, 1});
        layout.put("zone", new int[] {86, 2});
        return layout;
    }
}
