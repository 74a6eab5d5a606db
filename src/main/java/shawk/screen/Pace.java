package shawk.screen;

/**
 * How samples are taken. Immutable.
 *
 * @param samples taken so far
 * @param skipped beats that fell out, since the sample before them took too long
 * @param sampleNanos time that the last one took, up to its snapshot
 * @param lagNanos how late the last one began after its beat
 * @param intervalNanos between two beats, as it is now; 0 = there is no beat
 * @param budgetPercent of one core that the program may take before the interval gets longer; {@code NaN} = any
 */
public record Pace(
        long samples, long skipped, long sampleNanos, long lagNanos, long intervalNanos, double budgetPercent) {
    /** Of a recording that is played: it was somebody else's work. */
    public static final Pace NONE = new Pace(0, 0, 0, 0, 0, Double.NaN);

    private static final double NANOS_PER_MILLI = 1_000_000;

    /** Between two beats, as it is now, where that is longer than {@code askedMillis}; else {@code askedMillis}. */
    long millisInForce(long askedMillis) {
        return Math.max(askedMillis, Math.round(intervalNanos / NANOS_PER_MILLI));
    }
}
