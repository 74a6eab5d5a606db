package shawk.zk.tally;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, many times: exact count, sum, least and greatest, percentiles to within a part in a hundred
 * (or in a thousand). Times are microseconds, 0 or more; what took longer than an hour counts as an hour in
 * percentiles. Nothing is allocated but when a time comes that is longer than all before it. Used by one thread.
 */
public final class Latencies {
    private static final long MOST = 3_600_000_000L;

    private final int digits;
    private @Nullable Histogram histogram;
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long greatest;

    /** None yet. {@code digits} of a percentile are right: 1 to 3; each makes it ten times as large. */
    public Latencies(int digits) {
        this.digits = digits;
    }

    /** One more. */
    public void add(long micros) {
        long time = Math.max(0, micros);
        count++;
        sum += time;
        least = Math.min(least, time);
        greatest = Math.max(greatest, time);
        histogram().recordValue(Math.min(time, MOST));
    }

    /** All of {@code other}, which stays as it is. */
    public void add(Latencies other) {
        if (other.histogram == null || other.count == 0) {
            return;
        }
        count += other.count;
        sum += other.sum;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        histogram().add(other.histogram);
    }

    /** Forgets them all. */
    public void clear() {
        if (count > 0 && histogram != null) {
            histogram.reset();
        }
        count = 0;
        sum = 0;
        least = Long.MAX_VALUE;
        greatest = 0;
    }

    /** How many there were. */
    public long count() {
        return count;
    }

    /** All together, in microseconds. */
    public long sumMicros() {
        return sum;
    }

    /** The shortest; 0 where there was none. */
    public long leastMicros() {
        return count == 0 ? 0 : least;
    }

    /** The longest; 0 where there was none. */
    public long greatestMicros() {
        return greatest;
    }

    /** The mean; {@code NaN} where there was none. */
    public double meanMicros() {
        return count == 0 ? Double.NaN : (double) sum / count;
    }

    /**
     * The time that {@code percent} of them did not exceed; {@code NaN} where there was none.
     *
     * @param percent 0 to 100
     */
    public double percentileMicros(double percent) {
        if (histogram == null || count == 0) {
            return Double.NaN;
        }
        return (double) Math.max(least, Math.min(greatest, histogram.getValueAtPercentile(percent)));
    }

    /** How many took {@code micros} or less, as nearly as percentiles are right. */
    public long countUpTo(long micros) {
        return histogram == null || count == 0 || micros < 0
                ? 0
                : histogram.getCountBetweenValues(0, Math.min(micros, MOST));
    }

    private Histogram histogram() {
        if (histogram == null) {
            histogram = new Histogram(digits);
            histogram.setAutoResize(true);
        }
        return histogram;
    }
}
