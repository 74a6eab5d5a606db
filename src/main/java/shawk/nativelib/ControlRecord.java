package shawk.nativelib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code struct shawk_control}: what a sample is asked for and what came of it. Read it after {@link Sampler#sample()};
 * the next sample overwrites it. Used by the sampler's thread.
 */
public final class ControlRecord {
    static final int SIZE = 112;
    static final int SECTIONS = 5;

    private static final int CAPACITIES = 8;
    private static final int COUNTS = 28;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());

    ControlRecord() {
        buffer.putInt(0, NativeLibrary.ABI_VERSION);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    void capacity(int section, int records) {
        buffer.putInt(CAPACITIES + 4 * section, records);
    }

    long count(int section) {
        return Integer.toUnsignedLong(buffer.getInt(COUNTS + 4 * section));
    }

    public int sockets() {
        return buffer.getInt(28);
    }

    public int holders() {
        return buffer.getInt(32);
    }

    public int processes() {
        return buffer.getInt(36);
    }

    public int namespaces() {
        return buffer.getInt(40);
    }

    public int interfaces() {
        return buffer.getInt(44);
    }

    /** When the sockets were read, microseconds since the epoch. */
    public long wallMicros() {
        return buffer.getLong(48);
    }

    /** The same moment on CLOCK_MONOTONIC. */
    public long monotonicNanos() {
        return buffer.getLong(56);
    }

    /** Time taken by reading the sockets. */
    public long socketsNanos() {
        return buffer.getLong(64);
    }

    /** Time taken by the walk for owners. */
    public long ownersNanos() {
        return buffer.getLong(72);
    }

    /** Processes with descriptors, or with unreadable ones; kernel threads are not counted. */
    public int processesSeen() {
        return buffer.getInt(80);
    }

    /** Of these, whose descriptors may not be read. */
    public int processesDenied() {
        return buffer.getInt(84);
    }

    /** Whether procfs is mounted with hidepid, so that there may be processes that were not seen at all. */
    public boolean processesHidden() {
        return buffer.getInt(88) != 0;
    }

    /** Messages or lines that could not be parsed and were left out. */
    public int malformed() {
        return buffer.getInt(92);
    }

    /** 0, or the errno of this protocol and family in the caller's namespace (or in the one that was asked for). */
    public int tcp4Error() {
        return buffer.getInt(96);
    }

    /** As {@link #tcp4Error()}. */
    public int tcp6Error() {
        return buffer.getInt(100);
    }

    /** As {@link #tcp4Error()}. */
    public int udp4Error() {
        return buffer.getInt(104);
    }

    /** As {@link #tcp4Error()}. */
    public int udp6Error() {
        return buffer.getInt(108);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        String[] words = {
            "abi_version", "pad", "sock_capacity", "holder_capacity", "process_capacity", "netns_capacity",
            "iface_capacity", "sock_count", "holder_count", "process_count", "netns_count", "iface_count"
        };
        for (int i = 0; i < words.length; i++) {
            layout.put(words[i], new int[] {4 * i, 4});
        }
        String[] longs = {"wall_us", "monotonic_ns", "sockets_ns", "owners_ns"};
        for (int i = 0; i < longs.length; i++) {
            layout.put(longs[i], new int[] {48 + 8 * i, 8});
        }
        String[] rest = {
            "processes_seen",
            "processes_denied",
            "processes_hidden",
            "malformed",
            "tcp4_error",
            "tcp6_error",
            "udp4_error",
            "udp6_error"
        };
        for (int i = 0; i < rest.length; i++) {
            layout.put(rest[i], new int[] {80 + 4 * i, 4});
        }
        return layout;
    }
}
