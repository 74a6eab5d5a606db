package shawk.screen;

import shawk.model.Meters;
import shawk.model.Snapshot;

/**
 * How much programs in the kernel ran from one sample that was shown to the next. Not known before two of them were
 * measured. Used by one thread.
 */
final class ProgramRates {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    private Meters before = Meters.NONE;
    private Meters now = Meters.NONE;
    private long sequence;
    private long monotonicNanos;
    private long elapsedNanos;

    /** Takes in what is shown. The same one again changes nothing; after an earlier one all is begun anew. */
    void feed(Snapshot shown) {
        if (shown.sequence() == sequence) {
            return;
        }
        before = shown.sequence() > sequence ? now : Meters.NONE;
        elapsedNanos = shown.monotonicNanos() - monotonicNanos;
        now = shown.meters();
        sequence = shown.sequence();
        monotonicNanos = shown.monotonicNanos();
    }

    /** Whether there are two samples in which the kernel measured. */
    boolean known() {
        return measured(before) && measured(now) && elapsedNanos > 0;
    }

    /** A program that never ran while it was measured looks like one that is not measured; some do run always. */
    private static boolean measured(Meters meters) {
        return meters.programs().stream().anyMatch(program -> program.runs() > 0);
    }

    /** Time that program number {@code index} ran, in per cent of one core; {@code NaN} = not known. */
    double cpuPercent(int index) {
        return PERCENT * runNanos(index) / elapsedNanos;
    }

    /** How often it ran per second; {@code NaN} = not known. */
    double runsPerSecond(int index) {
        return NANOS_PER_SECOND * runs(index) / elapsedNanos;
    }

    /** Time of one run; {@code NaN} = not known, or it did not run. */
    double nanosPerRun(int index) {
        double runs = runs(index);
        return runs > 0 ? runNanos(index) / runs : Double.NaN;
    }

    private double runNanos(int index) {
        return isKnown(index)
                ? now.programs().get(index).runNanos()
                        - before.programs().get(index).runNanos()
                : Double.NaN;
    }

    private double runs(int index) {
        return isKnown(index)
                ? now.programs().get(index).runs()
                        - before.programs().get(index).runs()
                : Double.NaN;
    }

    private boolean isKnown(int index) {
        if (!known() || index >= before.programs().size()) {
            return false;
        }
        Meters.Program then = before.programs().get(index);
        Meters.Program later = now.programs().get(index);
        return then.name().equals(later.name()) && then.runs() <= later.runs();
    }
}
