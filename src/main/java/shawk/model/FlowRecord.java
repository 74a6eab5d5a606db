package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one process sent to, and received from, one peer by one UDP socket in one interval: a flyweight over a record of
 * a raw sample.
 *
 * <p>Layout: {@code struct shawk_flow} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class FlowRecord {
    /** Bytes of one record. */
    public static final int SIZE = 112;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public FlowRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public FlowRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    public long netns() {
        return buffer.getLong(base + 0);
    }

    /** Of the socket. */
    public long cookie() {
        return buffer.getLong(base + 8);
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long laddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 16));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long laddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 24));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long raddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 32));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long raddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 40));
    }

    public long txBytes() {
        return buffer.getLong(base + 48);
    }

    public long rxBytes() {
        return buffer.getLong(base + 56);
    }

    public long txPackets() {
        return buffer.getLong(base + 64);
    }

    public long rxPackets() {
        return buffer.getLong(base + 72);
    }

    /** Of this interval. */
    public long firstNanos() {
        return buffer.getLong(base + 80);
    }

    /** Of this interval. */
    public long lastNanos() {
        return buffer.getLong(base + 88);
    }

    /** Its owner: number of a process of the sample, plus 1; 0: nobody is known. */
    public int process() {
        return buffer.getInt(base + 96);
    }

    public long uid() {
        return buffer.getInt(base + 100) & 0xffffffffL;
    }

    public int lport() {
        return buffer.getShort(base + 104) & 0xffff;
    }

    /** 0: the peer is not known. */
    public int rport() {
        return buffer.getShort(base + 106) & 0xffff;
    }

    /** AF_INET, AF_INET6. */
    public int family() {
        return buffer.get(base + 108) & 0xff;
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("cookie", new int[] {8, 8});
        layout.put("laddr", new int[] {16, 16});
        layout.put("raddr", new int[] {32, 16});
        layout.put("tx_bytes", new int[] {48, 8});
        layout.put("rx_bytes", new int[] {56, 8});
        layout.put("tx_packets", new int[] {64, 8});
        layout.put("rx_packets", new int[] {72, 8});
        layout.put("first_ns", new int[] {80, 8});
        layout.put("last_ns", new int[] {88, 8});
        layout.put("process", new int[] {96, 4});
        layout.put("uid", new int[] {100, 4});
        layout.put("lport", new int[] {104, 2});
        layout.put("rport", new int[] {106, 2});
        layout.put("family", new int[] {108, 1});
        return layout;
    }
}
