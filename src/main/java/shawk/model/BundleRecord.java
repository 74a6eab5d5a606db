package shawk.model;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts of what ended in one interval: a flyweight over a record of a raw sample.
 *
 * <p>Layout: {@code struct shawk_bundle} of {@code native/include/shawk.h}, which gives each field's meaning. Wrap it
 * around one record after another; it holds no data of its own and is used by one thread.
 */
public final class BundleRecord {
    /** Bytes of one record. */
    public static final int SIZE = 152;

    private ByteBuffer buffer;
    private int base;

    /** A flyweight over the first record of {@code buffer}, which is in native byte order. */
    public BundleRecord(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to record {@code index}. */
    public BundleRecord at(int index) {
        base = index * SIZE;
        return this;
    }

    /** 0: counted without room for more than protocol and direction. */
    public long netns() {
        return buffer.getLong(base + 0);
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long laddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 8));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long laddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 16));
    }

    /** First eight bytes of the address, as a big-endian number. */
    public long raddrHigh() {
        return Long.reverseBytes(buffer.getLong(base + 24));
    }

    /** Last eight bytes of the address, as a big-endian number. */
    public long raddrLow() {
        return Long.reverseBytes(buffer.getLong(base + 32));
    }

    /** Of the closed ones, those whose opening was seen. */
    public long opened() {
        return buffer.getLong(base + 40);
    }

    /** Of these, those that no sample has shown. */
    public long openedNow() {
        return buffer.getLong(base + 48);
    }

    public long closed() {
        return buffer.getLong(base + 56);
    }

    public long failed() {
        return buffer.getLong(base + 64);
    }

    /** Payload of the closed ones, from their beginning on. */
    public long txBytes() {
        return buffer.getLong(base + 72);
    }

    public long rxBytes() {
        return buffer.getLong(base + 80);
    }

    /** Of these, what no sample has shown. */
    public long txNow() {
        return buffer.getLong(base + 88);
    }

    public long rxNow() {
        return buffer.getLong(base + 96);
    }

    public long retrans() {
        return buffer.getLong(base + 104);
    }

    public long segsOut() {
        return buffer.getLong(base + 112);
    }

    /** Smoothed, at the end, of {@link #rttCount()} connections. */
    public long rttSumMicros() {
        return buffer.getLong(base + 120);
    }

    /** Of {@link #opened()} connections. */
    public long durationSumMicros() {
        return buffer.getLong(base + 128);
    }

    public long rttCount() {
        return buffer.getInt(base + 136) & 0xffffffffL;
    }

    /** Its owner: number of a process of the sample, plus 1; 0: nobody is known. */
    public int process() {
        return buffer.getInt(base + 140);
    }

    /** Of the service; 0: not known. */
    public int port() {
        return buffer.getShort(base + 144) & 0xffff;
    }

    /** IPPROTO_TCP. */
    public int protocol() {
        return buffer.get(base + 146) & 0xff;
    }

    /** AF_INET, AF_INET6. */
    public int family() {
        return buffer.get(base + 147) & 0xff;
    }

    /** As {@link EventRecord#direction()}. */
    public int direction() {
        return buffer.get(base + 148) & 0xff;
    }

    /** The weakest, as {@link EventRecord#proof()}. */
    public int proof() {
        return buffer.get(base + 149) & 0xff;
    }

    /** As {@link SocketRecord#mptcp()}. */
    public int mptcp() {
        return buffer.get(base + 150) & 0xff;
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    public static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("netns", new int[] {0, 8});
        layout.put("laddr", new int[] {8, 16});
        layout.put("raddr", new int[] {24, 16});
        layout.put("opened", new int[] {40, 8});
        layout.put("opened_now", new int[] {48, 8});
        layout.put("closed", new int[] {56, 8});
        layout.put("failed", new int[] {64, 8});
        layout.put("tx_bytes", new int[] {72, 8});
        layout.put("rx_bytes", new int[] {80, 8});
        layout.put("tx_now", new int[] {88, 8});
        layout.put("rx_now", new int[] {96, 8});
        layout.put("retrans", new int[] {104, 8});
        layout.put("segs_out", new int[] {112, 8});
        layout.put("rtt_sum_us", new int[] {120, 8});
        layout.put("duration_sum_us", new int[] {128, 8});
        layout.put("rtt_count", new int[] {136, 4});
        layout.put("process", new int[] {140, 4});
        layout.put("port", new int[] {144, 2});
        layout.put("protocol", new int[] {146, 1});
        layout.put("family", new int[] {147, 1});
        layout.put("direction", new int[] {148, 1});
        layout.put("proof", new int[] {149, 1});
        layout.put("mptcp", new int[] {150, 1});
        return layout;
    }
}
