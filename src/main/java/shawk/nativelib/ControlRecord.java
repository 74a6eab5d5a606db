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
    static final int SIZE = 224;

    private static final int SECTIONS = Sampler.Section.values().length;
    private static final int CAPACITIES = 8;
    private static final int COUNTS = CAPACITIES + 4 * SECTIONS;
    private static final int TIMES = COUNTS + 4 * SECTIONS;
    private static final int WALK = TIMES + 8 * 7;
    private static final int ERRORS = WALK + 4 * 5;

    /** What is read of a namespace, part by part, in the order of the ABI. */
    public enum Part {
        TCP4,
        TCP6,
        UDP4,
        UDP6,
        MPTCP4,
        MPTCP6,
        UNIX,
        TRANSLATIONS,
        LINKS
    }

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());

    ControlRecord() {
        buffer.putInt(0, NativeLibrary.ABI_VERSION);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    void capacity(Sampler.Section section, int records) {
        buffer.putInt(CAPACITIES + 4 * section.ordinal(), records);
    }

    /** Records needed; after a sample that fitted those that there are. */
    long needed(Sampler.Section section) {
        return Integer.toUnsignedLong(buffer.getInt(COUNTS + 4 * section.ordinal()));
    }

    /** Records of a section. */
    public int count(Sampler.Section section) {
        return buffer.getInt(COUNTS + 4 * section.ordinal());
    }

    /** When the sockets were read, microseconds since the epoch. */
    public long wallMicros() {
        return buffer.getLong(TIMES);
    }

    /** The same moment on CLOCK_MONOTONIC. */
    public long monotonicNanos() {
        return buffer.getLong(TIMES + 8);
    }

    /** Time taken by reading the sockets, and all else but the owners. */
    public long socketsNanos() {
        return buffer.getLong(TIMES + 16);
    }

    /** Of that, by unix sockets. */
    public long unixNanos() {
        return buffer.getLong(TIMES + 24);
    }

    /** Of that, by conntrack; 0: the translations are those of the sample before. */
    public long translationsNanos() {
        return buffer.getLong(TIMES + 32);
    }

    /** Of that, by the counters of the interfaces. */
    public long linksNanos() {
        return buffer.getLong(TIMES + 40);
    }

    /** Time taken by the walk for owners. */
    public long ownersNanos() {
        return buffer.getLong(TIMES + 48);
    }

    /** Processes with descriptors, or with unreadable ones; kernel threads are not counted. */
    public int processesSeen() {
        return buffer.getInt(WALK);
    }

    /** Of these, whose descriptors may not be read. */
    public int processesDenied() {
        return buffer.getInt(WALK + 4);
    }

    /** Whether procfs is mounted with hidepid, so that there may be processes that were not seen at all. */
    public boolean processesHidden() {
        return buffer.getInt(WALK + 8) != 0;
    }

    /** Messages or lines that could not be parsed and were left out. */
    public int malformed() {
        return buffer.getInt(WALK + 12);
    }

    /** Namespaces whose conntrack table was not read to its end. */
    public int translationsCut() {
        return buffer.getInt(WALK + 16);
    }

    /** 0, or the errno of this part in the caller's namespace (or in the one that was asked for). */
    public int error(Part part) {
        return buffer.getInt(ERRORS + 4 * part.ordinal());
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("abi_version", new int[] {0, 4});
        layout.put("pad", new int[] {4, 4});
        layout.put("capacities", new int[] {CAPACITIES, 4 * SECTIONS});
        layout.put("counts", new int[] {COUNTS, 4 * SECTIONS});
        put(layout, TIMES, 8, "wall_us", "monotonic_ns", "sockets_ns", "unix_ns", "translations_ns", "links_ns");
        put(layout, TIMES + 48, 8, "owners_ns");
        put(layout, WALK, 4, "processes_seen", "processes_denied", "processes_hidden", "malformed");
        put(layout, WALK + 16, 4, "translations_cut");
        layout.put("errors", new int[] {ERRORS, 4 * Part.values().length});
        return layout;
    }

    private static void put(Map<String, int[]> layout, int offset, int size, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            layout.put(fields[i], new int[] {offset + size * i, size});
        }
    }
}
