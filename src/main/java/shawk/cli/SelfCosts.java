package shawk.cli;

import shawk.nativelib.NativeException;
import shawk.nativelib.SelfUsage;
import shawk.screen.Pace;
import shawk.screen.SelfCost;

/** What the program takes, looked at now and then. Thread-safe. */
final class SelfCosts {
    private static final int KIB = 1024;
    private static final double NANOS_A_MICRO = 1000;
    /** What the program takes is looked at this often; in between the last answer holds. */
    private static final long COST_NANOS = 1_000_000_000L;

    private SelfCost cost = SelfCost.UNKNOWN;
    private long costNanos;
    private long cpuMicros;

    synchronized SelfCost query() {
        long now = System.nanoTime();
        if (costNanos != 0 && now - costNanos < COST_NANOS) {
            return cost;
        }
        try {
            long cpu = SelfUsage.cpuMicros();
            double percent = costNanos == 0 ? Double.NaN : 100 * NANOS_A_MICRO * (cpu - cpuMicros) / (now - costNanos);
            cost = new SelfCost(percent, SelfUsage.residentKib() * KIB, Pace.NONE);
            cpuMicros = cpu;
        } catch (NativeException e) {
            cost = SelfCost.UNKNOWN;
        }
        costNanos = now;
        return cost;
    }
}
