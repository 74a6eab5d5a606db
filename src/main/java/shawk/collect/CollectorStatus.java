package shawk.collect;

/**
 * How the collector fares. Immutable.
 *
 * @param samples samples published so far
 * @param failures polls that failed in a row, up to now; 0 = the last one went well
 * @param error one line: why the last poll failed; empty where it did not
 * @param skipped samples left out so far because the one before took longer than the interval
 * @param sampleNanos time that the last sample took, poll and fold
 */
public record CollectorStatus(long samples, int failures, String error, long skipped, long sampleNanos) {
    static final CollectorStatus NONE = new CollectorStatus(0, 0, "", 0, 0);
}
