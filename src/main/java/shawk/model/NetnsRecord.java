package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network namespace that was looked at, or could not be: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_netns} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class NetnsRecord {
    /** Bytes of one record. */
    public static final int SIZE = 88;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public NetnsRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public NetnsRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long inode() {
        return buffer.getLong(base);
    }

    /** 0, or the errno that kept its sockets from being seen. */
    public int error() {
        return buffer.getInt(base + 8);
    }

    /** Ip_local_port_range; 0 0: unknown. */
    public int portLow() {
        return buffer.getShort(base + 12) & 0xffff;
    }

    public int portHigh() {
        return buffer.getShort(base + 14) & 0xffff;
    }

    /** A process that lives in it, 0 = only named. */
    public int pid() {
        return buffer.getInt(base + 16);
    }

    /** 1: the caller's own. */
    public int self() {
        return buffer.get(base + 20) & 0xff;
    }

    /** Parts of the dump that failed here while others did not, as a set of {@link RawSample#TCP4} and so on. */
    public int unread() {
        return buffer.get(base + 21) & 0xff;
    }

    /** File name under /run/netns, or empty. */
    public RawText name() {
        return RawText.paddedAt(buffer, base + 24, 64);
    }

    /** Eight bytes of {@link #name()} as a number, to compare without making an object. */
    public long nameWord(int index) {
        return buffer.getLong(base + 24 + 8 * index);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("inode", new int[] {0, 8});
        layout.put("error", new int[] {8, 4});
        layout.put("port_low", new int[] {12, 2});
        layout.put("port_high", new int[] {14, 2});
        layout.put("pid", new int[] {16, 4});
        layout.put("self", new int[] {20, 1});
        layout.put("unread", new int[] {21, 1});
        layout.put("name", new int[] {24, 64});
        return layout;
    }
}
