package shawk.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import shawk.collect.Collector;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.nativelib.NativeException;
import shawk.nativelib.SelfUsage;
import shawk.screen.SampleFeed;
import shawk.screen.SelfCost;

/** The collector as the monitor sees it. Thread-safe. */
final class LiveFeed implements SampleFeed {
    private static final int KIB = 1024;
    private static final double NANOS_A_MICRO = 1000;
    /** What the program takes is looked at this often; in between the last answer holds. */
    private static final long COST_NANOS = 1_000_000_000L;

    private final Collector collector;
    private final @Nullable Redactor redactor;
    private Snapshot real = Snapshot.EMPTY;
    private Snapshot shown = Snapshot.EMPTY;
    private SelfCost cost = SelfCost.UNKNOWN;
    private long costNanos;
    private long cpuMicros;

    /** {@code redactor} stands between the collector and the view; null = none. */
    LiveFeed(Collector collector, @Nullable Redactor redactor) {
        this.collector = collector;
        this.redactor = redactor;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same snapshot is redacted once
    public synchronized Snapshot latest() {
        Snapshot latest = collector.latest();
        if (redactor == null || latest.sequence() == 0) {
            return latest;
        }
        if (latest != real) {
            real = latest;
            shown = redactor.redact(latest);
        }
        return shown;
    }

    @Override
    public void onNews(Runnable wake) {
        collector.listen(wake::run);
    }

    @Override
    public void intervalMillis(long millis) {
        collector.setInterval(Duration.ofMillis(millis));
    }

    @Override
    public String failure() {
        return SafeText.of(collector.status().error()).value();
    }

    @Override
    public synchronized SelfCost self() {
        long now = System.nanoTime();
        if (costNanos != 0 && now - costNanos < COST_NANOS) {
            return cost;
        }
        try {
            long cpu = SelfUsage.cpuMicros();
            double percent = costNanos == 0 ? Double.NaN : 100 * NANOS_A_MICRO * (cpu - cpuMicros) / (now - costNanos);
            cost = new SelfCost(percent, SelfUsage.residentKib() * KIB);
            cpuMicros = cpu;
        } catch (NativeException e) {
            cost = SelfCost.UNKNOWN;
        }
        costNanos = now;
        return cost;
    }
}
