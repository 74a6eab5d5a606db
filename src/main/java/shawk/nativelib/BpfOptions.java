package shawk.nativelib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link BpfProbe} is asked for. Bounds that are 0 are the library's own.
 *
 * @param parts not empty
 * @param netnsInode connections of this network namespace only; 0 = of all
 * @param mostBundles of one interval
 * @param mostTracked connections with an account in the kernel
 * @param mostFlows UDP flows of one interval
 * @param ringBytes for records of single connections, rounded up to a power of two
 */
public record BpfOptions(
        Set<Part> parts, long netnsInode, int mostBundles, int mostTracked, int mostFlows, int ringBytes) {
    private static final int SIZE = 32;

    /** What can be asked for, in the order of the ABI's bits. */
    public enum Part {
        /** Sockets that live, and who holds them. */
        LIVING,
        /** How connections begin and end: counts, and records of those that have ended. */
        TRACE,
        /** What UDP sockets send and receive. */
        FLOWS,
        /** Records of those that begin, too. */
        OPENINGS,
        /** Who holds unix sockets. */
        UNIX,
        /** Of which protocols, this and the next two; none of them: all. */
        TCP,
        UDP,
        MPTCP
    }

    public BpfOptions {
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing to watch");
        }
    }

    static int bits(Set<Part> parts) {
        return parts.stream().mapToInt(part -> 1 << part.ordinal()).sum();
    }

    /** {@code struct shawk_bpf_options}. */
    ByteBuffer toRecord() {
        return ByteBuffer.allocateDirect(SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(0, BpfLibrary.ABI_VERSION)
                .putInt(4, bits(parts))
                .putLong(8, netnsInode)
                .putInt(16, mostBundles)
                .putInt(20, mostTracked)
                .putInt(24, mostFlows)
                .putInt(28, ringBytes);
    }

    /** C field name to {offset, size}, for the test that compares both sides of the edge. */
    static Map<String, int[]> layout() {
        Map<String, int[]> layout = new LinkedHashMap<>();
        layout.put("abi_version", new int[] {0, 4});
        layout.put("parts", new int[] {4, 4});
        layout.put("netns", new int[] {8, 8});
        layout.put("max_bundles", new int[] {16, 4});
        layout.put("max_tracked", new int[] {20, 4});
        layout.put("max_flows", new int[] {24, 4});
        layout.put("ring_bytes", new int[] {28, 4});
        return layout;
    }
}
