package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a connection: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_event} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class EventRecord {
    /** Bytes of one record. */
    public static final int SIZE = 128;

    /** Value of {@link #kind()}: a connection became ESTABLISHED. */
    public static final int OPENED = 1;

    /** Value of {@link #kind()}: a connection ended. */
    public static final int CLOSED = 2;

    /** Value of {@link #kind()}: an attempt ended before it was ESTABLISHED. */
    public static final int FAILED = 3;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public EventRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public EventRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** When it happened. */
    public long monotonicNanos() {
        return buffer.getLong(base + 0);
    }

    public long netns() {
        return buffer.getLong(base + 8);
    }

    public long cookie() {
        return buffer.getLong(base + 16);
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long laddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 24));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long laddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 32));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long raddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 40));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long raddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 48));
    }

    /** Of a failed attempt when it began; 0: not seen. */
    public long openedNanos() {
        return buffer.getLong(base + 56);
    }

    /** Payload acknowledged. */
    public long txBytes() {
        return buffer.getLong(base + 64);
    }

    /** Payload received. */
    public long rxBytes() {
        return buffer.getLong(base + 72);
    }

    /** Which connection of its socket, from 1. */
    public long ordinal() {
        return buffer.getInt(base + 80) & 0xffffffffL;
    }

    /** Its owner: number of a process of the sample, plus 1; 0: nobody is known. */
    public int process() {
        return buffer.getInt(base + 84);
    }

    public long uid() {
        return buffer.getInt(base + 88) & 0xffffffffL;
    }

    public int ifindex() {
        return buffer.getInt(base + 92);
    }

    /** Smoothed; 0: none. */
    public long rttMicros() {
        return buffer.getInt(base + 96) & 0xffffffffL;
    }

    /** 2^32 - 1: none. */
    public long minRttMicros() {
        return buffer.getInt(base + 100) & 0xffffffffL;
    }

    /** 0: not seen, or opened from the other end. */
    public long connectMicros() {
        return buffer.getInt(base + 104) & 0xffffffffL;
    }

    public long retrans() {
        return buffer.getInt(base + 108) & 0xffffffffL;
    }

    public long segsOut() {
        return buffer.getInt(base + 112) & 0xffffffffL;
    }

    public int lport() {
        return buffer.getShort(base + 116) & 0xffff;
    }

    public int rport() {
        return buffer.getShort(base + 118) & 0xffff;
    }

    /** {@link #OPENED}, {@link #CLOSED} or {@link #FAILED}. */
    public int kind() {
        return buffer.get(base + 120) & 0xff;
    }

    /** IPPROTO_TCP. */
    public int protocol() {
        return buffer.get(base + 121) & 0xff;
    }

    /** AF_INET, AF_INET6. */
    public int family() {
        return buffer.get(base + 122) & 0xff;
    }

    /** SHAWK_DIRECTION_*: 0 unknown, 1 out, 2 in. */
    public int direction() {
        return buffer.get(base + 123) & 0xff;
    }

    /** SHAWK_PROOF_*: 0 unknown, 1 inferred, 2 proven. */
    public int proof() {
        return buffer.get(base + 124) & 0xff;
    }

    /** Ordinal of {@link EndReason}. */
    public int reason() {
        return buffer.get(base + 125) & 0xff;
    }

    /** As {@link SocketRecord#mptcp()}. */
    public int mptcp() {
        return buffer.get(base + 126) & 0xff;
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("monotonic_ns", new int[] {0, 8});
        layout.put("netns", new int[] {8, 8});
        layout.put("cookie", new int[] {16, 8});
        layout.put("laddr", new int[] {24, 16});
        layout.put("raddr", new int[] {40, 16});
        layout.put("opened_ns", new int[] {56, 8});
        layout.put("tx_bytes", new int[] {64, 8});
        layout.put("rx_bytes", new int[] {72, 8});
        layout.put("ordinal", new int[] {80, 4});
        layout.put("process", new int[] {84, 4});
        layout.put("uid", new int[] {88, 4});
        layout.put("ifindex", new int[] {92, 4});
        layout.put("rtt_us", new int[] {96, 4});
        layout.put("min_rtt_us", new int[] {100, 4});
        layout.put("connect_us", new int[] {104, 4});
        layout.put("retrans", new int[] {108, 4});
        layout.put("segs_out", new int[] {112, 4});
        layout.put("lport", new int[] {116, 2});
        layout.put("rport", new int[] {118, 2});
        layout.put("kind", new int[] {120, 1});
        layout.put("protocol", new int[] {121, 1});
        layout.put("family", new int[] {122, 1});
        layout.put("direction", new int[] {123, 1});
        layout.put("proof", new int[] {124, 1});
        layout.put("reason", new int[] {125, 1});
        layout.put("mptcp", new int[] {126, 1});
        return layout;
    }
}
