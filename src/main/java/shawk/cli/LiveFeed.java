package shawk.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import shawk.collect.Collector;
import shawk.collect.CollectorStatus;
import shawk.enrich.ReverseNames;
import shawk.model.AddressNames;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.screen.Pace;
import shawk.screen.SampleFeed;
import shawk.screen.SelfCost;
import shawk.screen.Timeline;

/** The collector as the monitor sees it. Thread-safe. */
final class LiveFeed implements SampleFeed {
    private final Collector collector;
    private final double budgetPercent;
    private final @Nullable Redactor redactor;
    private Snapshot real = Snapshot.EMPTY;
    private Snapshot shown = Snapshot.EMPTY;
    private final TimeTravel timeline;
    private final @Nullable ReverseNames names;
    private final @Nullable HandFlush flush;
    private final SelfCosts costs = new SelfCosts();

    /**
     * A feed without a view yet.
     *
     * @param budgetPercent of one core; 0 = without a bound
     * @param redactor stands between the collector and the view; null = none
     * @param names of remote hosts; null = none are looked up
     * @param flush tells what was stored; null = nothing is
     */
    LiveFeed(
            Collector collector,
            double budgetPercent,
            @Nullable Redactor redactor,
            TimeTravel timeline,
            @Nullable ReverseNames names,
            @Nullable HandFlush flush) {
        this.flush = flush;
        this.names = names;
        this.collector = collector;
        this.budgetPercent = budgetPercent > 0 ? budgetPercent : Double.NaN;
        this.redactor = redactor;
        this.timeline = timeline;
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
        timeline.onNews(wake);
        if (flush != null) {
            flush.onNews(wake);
        }
        if (names != null) {
            names.onNews(wake);
        }
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
    public String said() {
        return flush == null ? "" : flush.news();
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public AddressNames names() {
        return names == null ? AddressNames.NONE : names;
    }

    @Override
    public void statistics(boolean on) {
        collector.setStatistics(on);
    }

    @Override
    public SelfCost self() {
        CollectorStatus status = collector.status();
        return costs.query()
                .withPace(new Pace(
                        status.samples(),
                        status.skipped(),
                        status.sampleNanos(),
                        status.lagNanos(),
                        status.intervalNanos(),
                        budgetPercent));
    }
}
