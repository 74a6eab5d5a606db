package shawk.tcp;

/**
 * Captured packets, one behind the other in one array, which the next batch fills anew: nothing is allocated per
 * packet. Used by one thread.
 */
public final class PacketBatch {
    /** Bytes of packets. */
    public byte[] bytes = new byte[0];

    /** Number of packets. */
    public int count;

    /** When each was captured, in microseconds since the epoch. */
    public long[] micros = new long[0];

    /** Where each begins in {@link #bytes}. */
    public int[] offset = new int[0];

    /** Bytes of each that were captured. */
    public int[] captured = new int[0];

    /** Bytes that each had on the wire; more than were captured where it was cut. */
    public int[] wire = new int[0];

    /** The link type of each, as in {@link LinkType}: those of a pcapng file may differ. */
    public int[] link = new int[0];
}
