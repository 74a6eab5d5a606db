package shawk.store;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import shawk.model.Snapshot;

/**
 * Times what storing costs before anything leaves the process, warm: taking in a sample of 60,000 connections, and
 * making a batch of 10,000 flows that have changed and its bytes. Medians and 95th percentiles in milliseconds.
 */
public final class GatherBench {
    private static final int ROWS = 60_000;
    private static final int FLOWS = 10_000;
    private static final int RUNS = 60;
    private static final double TAKE_MILLIS = 20;

    private GatherBench() {}

    /** Whether a sample keeps to its bound. */
    public static boolean run() {
        Gathering gathering = new Gathering();
        Snapshot[] samples = {ManyFlows.sample(2, ROWS, FLOWS), ManyFlows.sample(3, ROWS, FLOWS)};
        double[][] millis = new double[3][RUNS];
        long[] allocated = new long[RUNS];
        int bytes = 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = -RUNS; i < RUNS; i++) {
            int at = Math.max(i, 0);
            Snapshot sample = samples[i & 1];
            long before = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            gathering.take(sample);
            millis[0][at] = (System.nanoTime() - start) / 1e6;
            allocated[at] = threads.getCurrentThreadAllocatedBytes() - before;
            start = System.nanoTime();
            List<Batch> batches = gathering.batches();
            millis[1][at] = (System.nanoTime() - start) / 1e6;
            start = System.nanoTime();
            bytes = 0;
            for (Batch each : batches) {
                bytes += BatchCodec.encode(each).length;
            }
            millis[2][at] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(allocated);
        print("a sample of 60,000 connections", millis[0], allocated[RUNS / 2]);
        print("a batch of 10,000 changed flows", millis[1], 0);
        print("its bytes, " + bytes / FLOWS + " a flow", millis[2], 0);
        return millis[0][RUNS / 2] <= TAKE_MILLIS;
    }

    private static void print(String what, double[] millis, long allocated) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-45s %6.1f ms (95 of 100 within %5.1f), %5d KiB%n",
                what,
                millis[RUNS / 2],
                millis[RUNS * 95 / 100],
                allocated / 1024);
    }
}
