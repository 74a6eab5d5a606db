package shawk.store;

/** Makes a chunk of what a flow has counted. */
final class ChunkMaker {
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private ChunkMaker() {}

    /** The chunk of {@code flow} as it is now; {@code watched}: no connection of it can have been missed. */
    static Chunk of(Flows flows, int flow, boolean watched) {
        Minutes from = flows.minutes;
        int count = 0;
        for (int e = flows.head[flow]; e != Minutes.NONE; e = from.next[e]) {
            count++;
        }
        int[] elements = new int[count];
        short[] minutes = new short[count];
        int[] rtt = new int[count];
        int at = 0;
        for (int e = flows.head[flow]; e != Minutes.NONE; e = from.next[e]) {
            elements[at] = e;
            rtt[at] = rtt(from.rttSum[e], from.rttCount[e]);
            minutes[at++] = from.minute[e];
        }
        return new Chunk(
                flows.id[flow],
                flows.chunk[flow] * Chunk.LENGTH_MICROS,
                flows.run[flow],
                1,
                minutes,
                pick(from.opened, elements),
                pick(from.closed, elements),
                pick(from.failed, elements),
                pick(from.peak, elements),
                pick(from.tx, elements),
                pick(from.rx, elements),
                orEmpty(rtt),
                pick(from.retrans, elements),
                flows.proofs.of(flow),
                watched);
    }

    /** The mean, at least 1 where one is known. */
    private static int rtt(long sum, int count) {
        return count == 0 ? 0 : (int) Math.max(1, Math.min(Integer.MAX_VALUE, sum / count));
    }

    private static int[] pick(int[] column, int[] elements) {
        int[] picked = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            picked[i] = column[elements[i]];
        }
        return orEmpty(picked);
    }

    /** The array, or an empty one where all of it is 0. */
    static int[] orEmpty(int[] values) {
        for (int value : values) {
            if (value != 0) {
                return values;
            }
        }
        return NO_INTS;
    }

    private static long[] pick(long[] column, int[] elements) {
        long[] picked = new long[elements.length];
        for (int i = 0; i < elements.length; i++) {
            picked[i] = column[elements[i]];
        }
        return orEmpty(picked);
    }

    /** The array, or an empty one where all of it is 0. */
    static long[] orEmpty(long[] values) {
        for (long value : values) {
            if (value != 0) {
                return values;
            }
        }
        return NO_LONGS;
    }
}
