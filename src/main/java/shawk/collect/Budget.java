package shawk.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.RawSample;

/**
 * Keeps the program within a share of one core: where its own processor time, all threads and all that a sample brings
 * with it, is more than that, samples come less often, and more often again once they are cheaper; never more often
 * than asked for. What a person at the keyboard sets off is left out of it, and so are the first seconds, in which the
 * JVM warms up: both pass by themselves.
 *
 * <p>Thread-safe.
 */
public final class Budget {
    private static final long NANOS = 1_000_000_000L;
    /** Nothing is judged before. */
    static final long WARM_UP_NANOS = 10 * NANOS;

    /** A judgement rests on so many samples, and so much time. */
    static final int SAMPLES = 3;

    static final long WINDOW_NANOS = 3 * NANOS;
    /** It lengthens the interval no further than this. */
    static final long LONGEST_NANOS = 60 * NANOS;

    /** Where it aims: below the budget, so that it does not go back and forth. */
    private static final double AIM = 0.9;
    /** It shortens the interval again only below that part of the budget. */
    private static final double LOW = 0.7;

    private static final double STEP_UP = 4;
    private static final double STEP_DOWN = 0.5;
    private static final long STEP_NANOS = NANOS / 10;
    private static final double PERCENT_OF_MICROS = 100_000.0;

    private final double percent;
    private final Cpu cpu;
    private final Ticker ticker;
    private double factor = 1;
    private double wouldTake;
    private boolean begun;
    private boolean disturbed;
    private long beganNanos;
    private long lastNanos;
    private long lastMicros;
    private long windowNanos;
    private long windowMicros;
    private int windowSamples;

    /**
     * Nothing is measured yet.
     *
     * @param percent of one core; 0 = without a bound
     */
    public Budget(double percent, Cpu cpu, Ticker ticker) {
        this.percent = percent;
        this.cpu = cpu;
        this.ticker = ticker;
    }

    /** Without a bound. */
    public static Budget none() {
        return new Budget(0, () -> -1, Ticker.SYSTEM);
    }

    /** What lies between two samples where somebody asked for {@code asked}. */
    public synchronized long inForce(long asked) {
        if (factor == 1 || asked >= LONGEST_NANOS) {
            return asked;
        }
        long stretched = (long) Math.ceil(asked * factor / STEP_NANOS) * STEP_NANOS;
        return Math.max(asked, Math.min(LONGEST_NANOS, stretched));
    }

    /** A sample was taken, and there was time for what it brings with it. */
    public synchronized void sampled() {
        if (percent <= 0) {
            return;
        }
        long nanos = ticker.nanos();
        long micros = cpu.micros();
        if (!begun) {
            begun = true;
            beganNanos = nanos;
        } else if (!disturbed && nanos - beganNanos > WARM_UP_NANOS && micros >= lastMicros && lastMicros >= 0) {
            windowNanos += nanos - lastNanos;
            windowMicros += micros - lastMicros;
            windowSamples++;
        }
        disturbed = false;
        lastNanos = nanos;
        lastMicros = micros;
        if (windowSamples >= SAMPLES && windowNanos >= WINDOW_NANOS) {
            judge(PERCENT_OF_MICROS * windowMicros / windowNanos);
            windowNanos = 0;
            windowMicros = 0;
            windowSamples = 0;
        }
    }

    private void judge(double taken) {
        double next = factor;
        if (taken > percent) {
            next = factor * Math.min(STEP_UP, taken / (AIM * percent));
        } else if (factor > 1 && taken < LOW * percent) {
            next = factor * Math.max(STEP_DOWN, taken / (AIM * percent));
        }
        if (next != factor) {
            wouldTake = taken * factor;
            factor = Math.max(1, Math.min(next, (double) LONGEST_NANOS / STEP_NANOS));
        }
    }

    /** Somebody at the keyboard made it work: what was taken since the last sample says nothing. */
    public synchronized void disturbed() {
        disturbed = true;
    }

    /** {@code sample}, which says so where it comes later than {@code asked} for. */
    public RawSample said(RawSample sample, long asked) {
        Degradation late = degradation(asked);
        if (late == null) {
            return sample;
        }
        List<Degradation> all = new ArrayList<>(sample.degradations());
        all.add(late);
        return sample.withDegradations(all);
    }

    private synchronized @Nullable Degradation degradation(long asked) {
        long now = inForce(asked);
        if (now == asked) {
            return null;
        }
        boolean still = wouldTake > percent;
        String reason = still
                ? "that would take about " + number(wouldTake) + " % of a core, and the budget is " + number(percent)
                        + " %: one every " + seconds(now)
                : "that took more than the budget of " + number(percent)
                        + " % of a core, and takes less now: one every " + seconds(now) + " for the moment";
        return new Degradation(
                "budget",
                "a sample every " + seconds(asked),
                reason,
                still ? "raise --budget, or take a longer -i" : "it goes back by itself");
    }

    private static String seconds(long nanos) {
        return nanos < NANOS ? nanos / 1_000_000 + " ms" : number((double) nanos / NANOS) + " s";
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
