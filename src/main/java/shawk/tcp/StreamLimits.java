package shawk.tcp;

/**
 * Bounds of putting streams together.
 *
 * @param maxBuffer bytes of memory for what all streams hold; least recently used connections go
 * @param aboveHole bytes of a direction that are held behind a hole; with more the hole is given up
 * @param perDirection bytes of a direction that are held because no message ends in them; with more they are malformed
 * @param connections that are known at once; least recently used ones go
 * @param ackedMicros after which a hole is given up that the receiver has acknowledged, so that it is one of the
 *     capture alone: longer than packets are captured out of order
 * @param idleMicros after which any other is given up: longer than most retransmissions take
 */
public record StreamLimits(
        long maxBuffer, int aboveHole, int perDirection, int connections, long ackedMicros, long idleMicros) {
    /** Connections that are known at once when nothing is said. */
    public static final int MOST_CONNECTIONS = 1 << 15;

    /** As the tools have them when nothing is said. */
    public static final StreamLimits DEFAULT = of(64L << 20, (1 << 20) + 1_023);

    public StreamLimits {
        if (maxBuffer < 1 || aboveHole < 1 || perDirection < 1 || connections < 1) {
            throw new IllegalArgumentException("a bound below 1");
        }
    }

    /**
     * For messages of at most {@code maxMessage} bytes.
     *
     * @param maxBuffer bytes
     */
    public static StreamLimits of(long maxBuffer, int maxMessage) {
        int whole = (int) Math.min(Integer.MAX_VALUE - (1L << 17), maxMessage + (1L << 16));
        return new StreamLimits(maxBuffer, Math.max(1 << 20, whole), whole, MOST_CONNECTIONS, 100_000, 10_000_000);
    }
}
