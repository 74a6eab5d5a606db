package shawk.nativelib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An interface or a file that packets are taken from, by libpcap. {@link #take} fills {@link #buffer} with records and,
 * behind them, bytes. Used by one thread at a time, but for {@link #interrupt()}.
 */
public final class PcapHandle implements AutoCloseable {
    /** Records that one {@link #take} can fill. */
    public static final int RECORDS = 4_096;

    /** Bytes of a record. */
    public static final int RECORD_SIZE = 24;

    /** Places in a record: microseconds since the epoch, 8 bytes. */
    public static final int MICROS = 0;

    /** Bytes that were captured, 4 bytes, as all that follow. */
    public static final int CAPTURED = 8;

    /** Bytes on the wire. */
    public static final int WIRE = 12;

    /** Link type, {@code DLT_*}. */
    public static final int LINK = 16;

    /** Where its bytes begin in the buffer. */
    public static final int OFFSET = 20;

    private static final int LINE = 512;
    private static final int DATA_BYTES = 4 << 20;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(RECORDS * RECORD_SIZE + DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Object closing = new Object();
    private long handle;

    private PcapHandle(long handle) {
        this.handle = handle;
    }

    /** Why there is nothing to be had. */
    public enum Reason {
        /** All of a file was read. */
        END(61),
        /** A file ends inside a packet. */
        CUT(42),
        /** It is no capture, or stops being one. */
        DAMAGED(74),
        /** It was compressed. */
        COMPRESSED(80),
        NO_SUCH_INTERFACE(19),
        INTERFACE_DOWN(100),
        NOT_PERMITTED(Errno.EPERM),
        NO_SUCH_FILE(Errno.ENOENT),
        NOT_READABLE(Errno.EACCES),
        A_FOLDER(21),
        /** The filter does not compile. */
        NO_FILTER(Errno.EINVAL),
        /** What only the line tells. */
        OTHER(0);

        private final int errno;

        Reason(int errno) {
            this.errno = errno;
        }

        /** What {@code e} comes to. */
        public static Reason of(NativeException e) {
            for (Reason each : values()) {
                if (each.errno == e.errno() && each != OTHER) {
                    return each;
                }
            }
            return OTHER;
        }
    }

    /**
     * Begins to capture on an interface of this network namespace, or on all of them.
     *
     * @param name of the interface, or {@code any}
     * @param ringBytes of the kernel's ring; 0 = 32 MiB
     * @throws NativeException with the errno and libpcap's line, as {@link Reason} tells
     */
    public static PcapHandle openLive(String name, int ringBytes) throws NativeException {
        PcapLibrary.load();
        long[] opened = new long[1];
        byte[] why = new byte[LINE];
        check(
                PcapBindings.shawk_pcap_open_live(NativeLibrary.cString(name), ringBytes, opened, why, why.length),
                PcapLibrary.text(why));
        return new PcapHandle(opened[0]);
    }

    /** A pcap or pcapng file; {@code -} = stdin, of which the header is waited for. */
    public static PcapHandle openFile(String path) throws NativeException {
        PcapLibrary.load();
        long[] opened = new long[1];
        byte[] why = new byte[LINE];
        check(
                PcapBindings.shawk_pcap_open_file(NativeLibrary.cString(path), opened, why, why.length),
                PcapLibrary.text(why));
        return new PcapHandle(opened[0]);
    }

    private static int check(int result, String line) throws NativeException {
        if (result < 0) {
            throw new NativeException(-result, line.isEmpty() ? Errno.text(-result) : line, "");
        }
        return result;
    }

    /** The link type, {@code DLT_*}. */
    public int link() {
        return PcapBindings.shawk_pcap_link(checked());
    }

    /** What is let through, in libpcap's language; empty = everything. */
    public void filter(String expression) throws NativeException {
        byte[] why = new byte[LINE];
        check(
                PcapBindings.shawk_pcap_filter(checked(), NativeLibrary.cString(expression), why, why.length),
                PcapLibrary.text(why));
    }

    /**
     * Packets that there are, at most {@code waitMillis} later.
     *
     * @return how many records there are in {@link #buffer}; 0 where none has come
     * @throws NativeException where nothing comes any more
     */
    public int take(int waitMillis) throws NativeException {
        int result = PcapBindings.shawk_pcap_take(checked(), buffer, buffer.capacity(), RECORDS, waitMillis);
        if (result < 0) {
            byte[] why = new byte[LINE];
            PcapBindings.shawk_pcap_why(checked(), why, why.length);
            check(result, PcapLibrary.text(why));
        }
        return result;
    }

    /** What {@link #take} has filled: {@link #RECORDS} records, of which those counted, and bytes. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Since the start: packets that passed the filter, those of them that were dropped, those an interface dropped. */
    public long[] queryStats() {
        long[] stats = new long[3];
        PcapBindings.shawk_pcap_stats(checked(), stats);
        return stats;
    }

    /** Ends the wait of the {@link #take} under way, or of the next one. Any thread; after the end it does nothing. */
    public void interrupt() {
        synchronized (closing) {
            if (handle != 0) {
                PcapBindings.shawk_pcap_interrupt(handle);
            }
        }
    }

    private long checked() {
        if (handle == 0) {
            throw new IllegalStateException("the capture is closed");
        }
        return handle;
    }

    /** Ends the capture; closing twice does nothing. */
    @Override
    public void close() {
        synchronized (closing) {
            long ending = handle;
            handle = 0;
            if (ending != 0) {
                PcapBindings.shawk_pcap_close(ending);
            }
        }
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("shawk_pcap_packet.micros", new int[] {MICROS, 8});
        layout.put("shawk_pcap_packet.captured", new int[] {CAPTURED, 4});
        layout.put("shawk_pcap_packet.wire", new int[] {WIRE, 4});
        layout.put("shawk_pcap_packet.link", new int[] {LINK, 4});
        layout.put("shawk_pcap_packet.offset", new int[] {OFFSET, 4});
        layout.put("shawk_pcap_stats.received", new int[] {0, 8});
        layout.put("shawk_pcap_stats.dropped", new int[] {8, 8});
        layout.put("shawk_pcap_stats.interface_dropped", new int[] {16, 8});
        return layout;
    }
}
