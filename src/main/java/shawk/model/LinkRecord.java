package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An interface of the own namespace, with its counters: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_link} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class LinkRecord {
    /** Bytes of one record. */
    public static final int SIZE = 112;

    /** Bit of {@link #flags()}: the interface is up. */
    public static final int UP = 1;

    /** Bit of {@link #flags()}: it is the loopback. */
    public static final int LOOPBACK = 8;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public LinkRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public LinkRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long netns() {
        return buffer.getLong(base);
    }

    /** IFLA_STATS64, since the interface came up. */
    public long rxBytes() {
        return buffer.getLong(base + 8);
    }

    public long txBytes() {
        return buffer.getLong(base + 16);
    }

    public long rxPackets() {
        return buffer.getLong(base + 24);
    }

    public long txPackets() {
        return buffer.getLong(base + 32);
    }

    public long rxErrors() {
        return buffer.getLong(base + 40);
    }

    public long txErrors() {
        return buffer.getLong(base + 48);
    }

    public long rxDropped() {
        return buffer.getLong(base + 56);
    }

    public long txDropped() {
        return buffer.getLong(base + 64);
    }

    public int ifindex() {
        return buffer.getInt(base + 72);
    }

    /** IFF_*: 1 up, 8 loopback. */
    public int flags() {
        return buffer.getInt(base + 76);
    }

    /** Bytes. */
    public long mtu() {
        return buffer.getInt(base + 80) & 0xffffffffL;
    }

    /** Ifindex of the bridge, bond or VRF that it belongs to; 0: none. */
    public int master() {
        return buffer.getInt(base + 84);
    }

    /** Ifindex of what it stands upon (VLAN), or of the other end (veth, may be of another namespace). */
    public int lower() {
        return buffer.getInt(base + 88);
    }

    /** ARPHRD_*: 1 Ethernet, 772 loopback. */
    public int type() {
        return buffer.getShort(base + 92) & 0xffff;
    }

    /** IF_OPER_*: 0 unknown, 2 down, 6 up. */
    public int operstate() {
        return buffer.get(base + 94) & 0xff;
    }

    public RawText name() {
        return RawText.paddedAt(buffer, base + 96, 16);
    }

    /** Eight bytes of {@link #name()} as a number, to compare without making an object. */
    public long nameWord(int index) {
        return buffer.getLong(base + 96 + 8 * index);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("rx_bytes", new int[] {8, 8});
        layout.put("tx_bytes", new int[] {16, 8});
        layout.put("rx_packets", new int[] {24, 8});
        layout.put("tx_packets", new int[] {32, 8});
        layout.put("rx_errors", new int[] {40, 8});
        layout.put("tx_errors", new int[] {48, 8});
        layout.put("rx_dropped", new int[] {56, 8});
        layout.put("tx_dropped", new int[] {64, 8});
        layout.put("ifindex", new int[] {72, 4});
        layout.put("flags", new int[] {76, 4});
        layout.put("mtu", new int[] {80, 4});
        layout.put("master", new int[] {84, 4});
        layout.put("lower", new int[] {88, 4});
        layout.put("type", new int[] {92, 2});
        layout.put("operstate", new int[] {94, 1});
        layout.put("name", new int[] {96, 16});
        return layout;
    }
}
