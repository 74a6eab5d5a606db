package shawk.zk.stats;

import shawk.model.SafeText;

/**
 * How the capture fares: what came in and where it went. Immutable.
 *
 * @param source what is captured, for a person: an interface and ports, or a file
 * @param over whether nothing will come any more
 * @param dropped packets that the kernel had no room for
 * @param in bytes of streams that were captured, each once
 * @param decoded of these, bytes of messages
 * @param ignored bytes of no interest
 * @param malformed bytes in which no message was recognised
 * @param evicted bytes of streams that were let go for want of room
 * @param gap bytes that were sent and never captured
 */
public record Capture(
        SafeText source,
        boolean over,
        long dropped,
        long in,
        long decoded,
        long ignored,
        long malformed,
        long evicted,
        long gap) {
    /** Nothing yet. */
    public static final Capture NONE = new Capture(SafeText.EMPTY, false, 0, 0, 0, 0, 0, 0, 0);

    /** The same, and nothing will come any more. */
    public Capture ended() {
        return new Capture(source, true, dropped, in, decoded, ignored, malformed, evicted, gap);
    }
}
