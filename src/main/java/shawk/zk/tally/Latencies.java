package shawk.zk.tally;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, many times: exact count, sum, least and greatest, percentiles to within a part in a hundred
 * (or in a thousand). Times are microseconds, 0 or more; what took longer than an hour counts as an hour in
 * percentiles. Hardly anything is allocated but when a time comes that is longer than all before it. Used by one
 * thread.
 */
public final class Latencies {
    private static final long MOST = 3_600_000_000L;
    /** So few are kept one by one where that was asked for. */
    private static final int FEW = 64;

    private final int digits;
    private final boolean sparse;
    private @Nullable Histogram histogram;
    /** As long as there is no histogram, what would be in it. */
    private long[] few = new long[0];

    private int kept;
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long greatest;

    /** None yet. {@code digits} of a percentile are right: 1 to 3; each makes it ten times as large. */
    public Latencies(int digits) {
        this(digits, false);
    }

    /**
     * The same.
     *
     * @param sparse whether the first ones are kept one by one: for many of these that have few times each, as a
     *     histogram takes thousands of bytes for a single one
     */
    Latencies(int digits, boolean sparse) {
        this.digits = digits;
        this.sparse = sparse;
    }

    /** One more. */
    public void add(long micros) {
        long time = Math.max(0, micros);
        count++;
        sum += time;
        least = Math.min(least, time);
        greatest = Math.max(greatest, time);
        record(Math.min(time, MOST));
    }

    private void record(long time) {
        if (histogram != null || !sparse || kept == FEW) {
            histogram().recordValue(time);
            return;
        }
        if (kept == few.length) {
            few = Arrays.copyOf(few, Math.max(4, 2 * kept));
        }
        few[kept++] = time;
    }

    /** All of {@code other}, which stays as it is. */
    public void add(Latencies other) {
        if (other.count == 0) {
            return;
        }
        count += other.count;
        sum += other.sum;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        if (other.histogram != null) {
            histogram().add(other.histogram);
        }
        for (int i = 0; i < other.kept; i++) {
            record(other.few[i]);
        }
    }

    /** Forgets them all. */
    public void clear() {
        if (sparse && count <= FEW) {
            histogram = null;
        } else if (histogram != null) {
            histogram.reset();
        }
        kept = 0;
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
        if (count == 0) {
            return Double.NaN;
        }
        if (histogram == null) {
            long[] sorted = Arrays.copyOf(few, kept);
            Arrays.sort(sorted);
            int rank = (int) Math.ceil(percent / 100 * kept);
            return (double) Math.min(greatest, sorted[Math.max(0, Math.min(rank, kept) - 1)]);
        }
        return (double) Math.max(least, Math.min(greatest, histogram.getValueAtPercentile(percent)));
    }

    /** How many took {@code micros} or less, as nearly as percentiles are right. */
    public long countUpTo(long micros) {
        if (histogram == null) {
            return Arrays.stream(few, 0, kept).filter(time -> time <= micros).count();
        }
        return count == 0 || micros < 0 ? 0 : histogram.getCountBetweenValues(0, Math.min(micros, MOST));
    }

    private Histogram histogram() {
        if (histogram == null) {
            histogram = new Histogram(digits);
            histogram.setAutoResize(true);
            for (int i = 0; i < kept; i++) {
                histogram.recordValue(few[i]);
            }
            kept = 0;
            few = new long[0];
        }
        return histogram;
    }
}
