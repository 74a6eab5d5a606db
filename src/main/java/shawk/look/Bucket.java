package shawk.look;

/**
 * What a flow did in a span of time.
 *
 * @param flow which flow
 * @param atMicros when the span begins, microseconds since the epoch
 * @param lengthMicros how long it is
 * @param amounts what was counted, of the window alone
 * @param evidence the smallest hashes of the connections that it had, ascending
 * @param complete whether {@code evidence} has every connection that there was
 */
public record Bucket(
        FlowKey flow, long atMicros, long lengthMicros, Amounts amounts, long[] evidence, boolean complete) {}
