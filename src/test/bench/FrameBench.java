package shawk.screen;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import shawk.model.Snapshot;
import shawk.support.MadeUpFlows;

/**
 * Times frames of 200x60 with 60,000 made-up connections behind them, warm: after a key, and after a new sample, which
 * filters, groups and sorts anew. Medians and 95th percentiles in milliseconds, and what a frame allocates.
 */
public final class FrameBench {
    private static final int ROWS = 60_000;
    private static final int RUNS = 60;
    private static final double BOUND_MILLIS = 20;

    private FrameBench() {}

    /** What is looked at: the keys that lead there from the start. */
    private record Look(String what, List<String> keys) {}

    /** Whether every frame after a key keeps to its bound. */
    public static boolean run() {
        boolean good = true;
        for (Look look : List.of(
                new Look("1 flows", List.of()),
                new Look("1 flows, all unfolded", List.of("*")),
                new Look("2 connections", List.of("2")),
                new Look("2 connections by RTT", List.of("2", "T")),
                new Look("5 processes", List.of("5")),
                new Look("6 peers", List.of("6")))) {
            good &= frames(look);
        }
        return good;
    }

    private static boolean frames(Look look) {
        List<Snapshot> samples = List.of(MadeUpFlows.sample(2, ROWS, 1), MadeUpFlows.sample(3, ROWS, 2));
        Driver driver = Driver.of(samples.get(0)).size(200, 60);
        driver.press(look.keys().toArray(String[]::new)).grid();
        double key = time(look.what() + ", after a key", i -> driver.press(i % 2 == 0 ? "Ctrl-D" : "g").grid());
        time(look.what() + ", after a sample", i -> driver.sample(samples.get(Math.floorMod(i, 2))).grid());
        return key <= BOUND_MILLIS;
    }

    @FunctionalInterface
    private interface Work {
        void run(int round);
    }

    /** The median. */
    private static double time(String what, Work work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] millis = new double[RUNS];
        long[] bytes = new long[RUNS];
        for (int i = -RUNS; i < RUNS; i++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            work.run(i);
            millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
            bytes[Math.max(i, 0)] = threads.getCurrentThreadAllocatedBytes() - allocated;
        }
        Arrays.sort(millis);
        Arrays.sort(bytes);
        System.out.printf(
                Locale.ROOT,
                "%-45s %6.1f ms (95 of 100 within %5.1f), %5d KiB%n",
                what,
                millis[RUNS / 2],
                millis[RUNS * 95 / 100],
                bytes[RUNS / 2] / 1024);
        return millis[RUNS / 2];
    }
}
