package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A unix socket as the kernel showed it: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_unix} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class UnixRecord {
    /** Bytes of one record. */
    public static final int SIZE = 160;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_NAME}. */
    public static final int HAS_NAME = 1 << 0;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_VFS}. */
    public static final int HAS_VFS = 1 << 1;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_PEER}. */
    public static final int HAS_PEER = 1 << 2;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_QUEUES}. */
    public static final int HAS_QUEUES = 1 << 3;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_UID}. */
    public static final int HAS_UID = 1 << 4;

    /** Bit of {@link #present()}: see {@code SHAWK_UNIX_HAS_SHUTDOWN}. */
    public static final int HAS_SHUTDOWN = 1 << 5;

    /** How many of {@link #nameWord(int)} there are. */
    public static final int NAME_WORDS = 14;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public UnixRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public UnixRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long cookie() {
        return buffer.getLong(base);
    }

    public long netns() {
        return buffer.getLong(base + 8);
    }

    public int present() {
        return buffer.getInt(base + 16);
    }

    /** 0: not accepted yet. */
    public long inode() {
        return buffer.getInt(base + 20) & 0xffffffffL;
    }

    /** Inode of the socket at the other end; 0: none, or one that is not accepted yet. */
    public long peer() {
        return buffer.getInt(base + 24) & 0xffffffffL;
    }

    public long uid() {
        return buffer.getInt(base + 28) & 0xffffffffL;
    }

    /** Bytes; LISTEN: length of the accept queue. */
    public long rqueue() {
        return buffer.getInt(base + 32) & 0xffffffffL;
    }

    /** Bytes; LISTEN: its limit. */
    public long wqueue() {
        return buffer.getInt(base + 36) & 0xffffffffL;
    }

    /** Of the file it is bound to. */
    public long vfsInode() {
        return buffer.getInt(base + 40) & 0xffffffffL;
    }

    public long vfsDev() {
        return buffer.getInt(base + 44) & 0xffffffffL;
    }

    /** SOCK_STREAM 1, SOCK_DGRAM 2, SOCK_SEQPACKET 5. */
    public int type() {
        return buffer.get(base + 48) & 0xff;
    }

    /** As of TCP: 1 ESTABLISHED, 7 CLOSE (not connected), 10 LISTEN. */
    public int state() {
        return buffer.get(base + 49) & 0xff;
    }

    /** 1: nothing more is received, 2: nothing more is sent. */
    public int shutdown() {
        return buffer.get(base + 50) & 0xff;
    }

    /** Bytes of name; 0: not bound. */
    public int nameLen() {
        return buffer.get(base + 51) & 0xff;
    }

    /** Any bytes, not NUL-terminated; an abstract name begins with NUL. Empty: not bound. */
    public RawText name() {
        return RawText.of(buffer, base + 52, Math.min(nameLen(), 108));
    }

    /** A part of the padded name as a number, to compare without making an object. */
    public long nameWord(int index) {
        int offset = base + 52 + 8 * index;
        return index < NAME_WORDS - 1 ? buffer.getLong(offset) : buffer.getInt(offset);
    }

    /** Whether the kernel gave the groups of fields whose bits are set in {@code bits}. */
    public boolean has(int bits) {
        return (present() & bits) == bits;
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("cookie", new int[] {0, 8});
        layout.put("netns", new int[] {8, 8});
        layout.put("present", new int[] {16, 4});
        layout.put("inode", new int[] {20, 4});
        layout.put("peer", new int[] {24, 4});
        layout.put("uid", new int[] {28, 4});
        layout.put("rqueue", new int[] {32, 4});
        layout.put("wqueue", new int[] {36, 4});
        layout.put("vfs_inode", new int[] {40, 4});
        layout.put("vfs_dev", new int[] {44, 4});
        layout.put("type", new int[] {48, 1});
        layout.put("state", new int[] {49, 1});
        layout.put("shutdown", new int[] {50, 1});
        layout.put("name_len", new int[] {51, 1});
        layout.put("name", new int[] {52, 108});
        return layout;
    }
}
