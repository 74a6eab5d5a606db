package shawk.store.spool;

/**
 * How much a spool may take.
 *
 * @param maxBytes of everything in its folder
 * @param segmentBytes of one segment, beyond which another one begins; a single larger batch has a segment of its own
 * @param keptBytes of copies of what could not be read or stored
 */
public record SpoolLimits(long maxBytes, long segmentBytes, long keptBytes) {
    /** What is taken where nobody says otherwise. */
    public static final long USUAL_BYTES = 256L << 20;

    /** The least that makes sense. */
    public static final long LEAST_BYTES = 1 << 20;

    private static final long SEGMENT_MOST = 4 << 20;
    private static final long SEGMENT_LEAST = 4 << 10;
    private static final int SEGMENTS = 64;
    private static final int KEPT_PART = 16;
    /** A frame is such a part of all at most, and as much is left free for writing one anew. */
    private static final int PARTS = 8;

    public SpoolLimits {
        if (maxBytes < PARTS * 2 * segmentBytes
                || segmentBytes < FrameHead.SIZE
                || keptBytes < 0
                || keptBytes > maxBytes / PARTS) {
            throw new IllegalArgumentException("limits " + maxBytes + " " + segmentBytes + " " + keptBytes);
        }
    }

    /** Limits for a spool of {@code maxBytes} in all. */
    public static SpoolLimits of(long maxBytes) {
        long segment = Math.max(SEGMENT_LEAST, Math.min(SEGMENT_MOST, maxBytes / SEGMENTS));
        return new SpoolLimits(maxBytes, segment, maxBytes / KEPT_PART);
    }

    /** The longest frame: a batch beyond is refused. */
    long frameMost() {
        return Math.min(Integer.MAX_VALUE / 2, maxBytes / PARTS);
    }

    /** What the segments may take, so that there is room for copies and for writing one anew. */
    long segmentsMost() {
        return maxBytes - maxBytes / PARTS - keptBytes - 2 * PositionFile.SIZE;
    }
}
