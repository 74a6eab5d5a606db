package shawk.store;

/**
 * The hash of a connection's ends, by which what two hosts saw is known to be the same connection. It is the same at
 * both ends, on every host and in every version of the program: it is stored.
 */
public final class Evidence {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private Evidence() {}

    /**
     * The hash of a connection between two ends, whichever of them is named first; 0 to 2^63 - 1.
     *
     * @param protocol the number as in {@code IPPROTO_TCP}; of MPTCP that of TCP, since the other end may not know
     */
    public static long of(int protocol, long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
        boolean swap = compare(aHigh, aLow, aPort, bHigh, bLow, bPort) > 0;
        long first = swap ? end(bHigh, bLow, bPort) : end(aHigh, aLow, aPort);
        long second = swap ? end(aHigh, aLow, aPort) : end(bHigh, bLow, bPort);
        return mix(mix(mix(GOLDEN ^ protocol) ^ first) + second * GOLDEN) & Long.MAX_VALUE;
    }

    private static int compare(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
        int order = Long.compareUnsigned(aHigh, bHigh);
        if (order == 0) {
            order = Long.compareUnsigned(aLow, bLow);
        }
        return order == 0 ? Integer.compare(aPort, bPort) : order;
    }

    private static long end(long high, long low, int port) {
        return mix(mix(mix(high) ^ low) ^ (long) port * GOLDEN);
    }

    /** The finaliser of SplitMix64, which is one-to-one: Steele, Lea and Flood, OOPSLA 2014. */
    private static long mix(long value) {
        long mixed = value + GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
