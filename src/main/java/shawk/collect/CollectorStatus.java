package shawk.collect;

/**
 * How the collector fares. Immutable.
 *
 * @param samples samples published so far
 * @param failures polls that failed in a row, up to now; 0 = the last one went well
 * @param error one line: why the last poll failed; empty where it did not
 * @param skipped samples left out so far because the one before took longer than the interval
 * @param sampleNanos time that the last sample took, poll and fold
 * @param lagNanos how late the last sample began after its beat
 * @param intervalNanos what lies between two beats now
 */
public record CollectorStatus(
        long samples, int failures, String error, long skipped, long sampleNanos, long lagNanos, long intervalNanos) {
    static final CollectorStatus NONE = new CollectorStatus(0, 0, "", 0, 0, 0, 0);

    CollectorStatus sampled(long nanos) {
        return new CollectorStatus(samples + 1, 0, "", skipped, nanos, lagNanos, intervalNanos);
    }

    CollectorStatus failed(String why) {
        return new CollectorStatus(samples, failures + 1, why, skipped, sampleNanos, lagNanos, intervalNanos);
    }

    CollectorStatus withSkipped(long more) {
        return new CollectorStatus(samples, failures, error, skipped + more, sampleNanos, lagNanos, intervalNanos);
    }

    /** At the beginning of a sample. */
    CollectorStatus at(long lateNanos, long interval) {
        return new CollectorStatus(samples, failures, error, skipped, sampleNanos, lateNanos, interval);
    }
}
