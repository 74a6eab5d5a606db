package shawk.zk.proto;

/**
 * Bounds of decoding.
 *
 * @param maxMessage bytes of a client message that are believed: {@code jute.maxbuffer} and what its server adds
 * @param maxOpen requests of a connection that wait for a reply
 * @param keep bytes of a request that are kept for its reply
 * @param timeoutMicros after which a request counts as unanswered; 0 = never
 */
public record DecodeLimits(int maxMessage, int maxOpen, int keep, long timeoutMicros) {
    /** As ZooKeeper and the tools have them when nothing is said. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(1_048_575 + 1_024, 10_000, 1 << 16, 0);
}
