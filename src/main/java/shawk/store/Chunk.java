package shawk.store;

/**
 * Ten minutes of one flow, as far as the agent has seen them: amounts are absolute, so that a later chunk with the same
 * key (flow, {@code atMicros}, {@code run}) takes the place of an earlier one. Only minutes in which something was
 * there have an element; all arrays are of the same length, or empty where all of their values are 0.
 *
 * <p>Immutable by convention: the arrays are handed over once and never written again.
 *
 * @param flowId {@link FlowIdentity#id()}
 * @param atMicros when it begins, microseconds since the epoch, a multiple of {@link #LENGTH_MICROS}
 * @param run which run of the agent this is: when it began, seconds since the epoch
 * @param spanMinutes what one element stands for: 1, or more where a spool that was full made them coarser
 * @param minutes for each element the minute from {@code atMicros} at which it begins, ascending
 * @param opened openings
 * @param closed ends
 * @param failed failed attempts
 * @param peak most connections that were there in one sample
 * @param txBytes payload bytes sent
 * @param rxBytes payload bytes received
 * @param rttMicros smoothed round-trip time, mean over samples and connections, microseconds; 0 = not known
 * @param retrans segments sent again
 * @param evidence the smallest {@value #EVIDENCE} of the hashes of the connections that it had, see {@link Evidence},
 *     ascending
 * @param complete whether {@code evidence} has every connection that there was: it had at most so many, and the source
 *     missed none
 */
public record Chunk(
        long flowId,
        long atMicros,
        int run,
        int spanMinutes,
        short[] minutes,
        int[] opened,
        int[] closed,
        int[] failed,
        int[] peak,
        long[] txBytes,
        long[] rxBytes,
        int[] rttMicros,
        int[] retrans,
        long[] evidence,
        boolean complete) {
    /** Minutes of a chunk. */
    public static final int MINUTES = 10;

    /** Length of a chunk, microseconds. */
    public static final long LENGTH_MICROS = MINUTES * 60_000_000L;

    /** Most hashes that a chunk keeps. */
    public static final int EVIDENCE = 8;
}
