package shawk.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import shawk.collect.Budget;
import shawk.collect.Collector;
import shawk.collect.Ticker;
import shawk.expr.Filter;
import shawk.flow.FlowTable;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.source.Source;
import shawk.store.HostIdentity;
import shawk.store.flush.FlushLimits;
import shawk.store.flush.FlushStatus;
import shawk.store.flush.Flusher;
import shawk.store.flush.StoreOpener;
import shawk.store.spool.Spool;

/** {@code shawk probe}: samples, an interval apart, into the spool, and from there into the CMDB. */
final class ProbeCommand {
    /** What the end may take. */
    private static final long FINAL_MILLIS = 5_000;
    /**
     * What {@code --once} waits for a database that does not even refuse; an embedded one may have to be made first.
     */
    private static final long ONCE_MILLIS = 120_000;

    private static final int SIGTERM = 15;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final long BEAT_NANOS = 500_000_000L;
    private static final long FIRST_NANOS = 20_000_000L;
    /** A sample that is later than its interval by this is none. */
    private static final long LATE_NANOS = 60_000_000_000L;

    private final ProbeSettings settings;
    private final String into;
    private final Notices notices;
    private final FlushLog log;
    private final ServiceManager manager;
    private final FlowTable table = LiveSamples.newStoringTable();
    private final Narrowing narrowing = new Narrowing();
    private final FlowTable narrowed = LiveSamples.newStoringTable();
    private final AtomicLong sampledNanos = new AtomicLong(System.nanoTime());

    /** {@code into} is what the log calls the CMDB. */
    ProbeCommand(ProbeSettings settings, String into, Notices notices, FlushLog log, ServiceManager manager) {
        this.settings = settings;
        this.into = into;
        this.notices = notices;
        this.log = log;
        this.manager = manager;
    }

    /** Runs until a signal ends it, or to the end of {@code --once}; returns the exit status. Owns what it is given. */
    int run(Source source, Spool spool, HostIdentity host, StoreOpener opener) throws Failure {
        Stops stops = new Stops(Thread.currentThread());
        stops.listen();
        return run(source, spool, host, opener, stops);
    }

    /** The same, where signals come as {@code stops} says. */
    int run(Source source, Spool spool, HostIdentity host, StoreOpener opener, Stops stops) throws Failure {
        sayWhat(host);
        int run = spool.beginRun(System.currentTimeMillis() / 1_000);
        FlushLimits limits = FlushLimits.USUAL;
        try (Flusher flusher = new Flusher(spool, host, opener, limits, this::flushed)) {
            FlushTap tap = new FlushTap(host, run, LiveSamples.seed(), flusher, settings.flushNanos());
            if (settings.view().filter() != null) {
                tap.partial();
            }
            Budget budget = LiveSamples.budget(settings.view());
            Collector collector = new Collector(
                    source, table, Duration.ofNanos(settings.view().intervalNanos()), Ticker.SYSTEM, budget);
            collector.handOn(sample -> taken(sample, collector, tap));
            collector.listen(new HeapKeeper()::afterSample);
            flusher.start();
            try (collector) {
                collector.start();
                return settings.once() ? once(collector, flusher, tap, stops) : go(collector, flusher, tap, stops);
            }
        }
    }

    private void sayWhat(HostIdentity host) {
        log.line(
                (settings.once() ? "one sample of " : "agent of ") + host.name().value() + ": "
                        + (settings.streaming() ? "streaming" : "polling") + " by "
                        + settings.view().source()
                        + (settings.once()
                                ? ""
                                : ", a sample every "
                                        + ProbeSettings.text(settings.view().intervalNanos()) + ", a flush every "
                                        + ProbeSettings.text(settings.flushNanos()))
                        + " into " + into);
    }

    /** On the collector's thread. */
    private void taken(RawSample sample, Collector collector, FlushTap tap) {
        Snapshot snapshot = collector.latest();
        notices.degradations(snapshot.degradations());
        Filter filter = settings.view().filter();
        if (filter != null) {
            tap.lost(snapshot.lost());
            snapshot = narrowed.fold(narrowing.narrow(sample, table, filter, snapshot));
        }
        tap.take(snapshot, collector.status().intervalNanos());
        sampledNanos.set(System.nanoTime());
    }

    /** On a thread of the flusher's. */
    private void flushed(FlushStatus status, boolean retry) {
        log.flush(status, retry);
        manager.status(FlushLog.text(status) + (status.error().isEmpty() ? "" : "; " + status.error()));
    }

    private int once(Collector collector, Flusher flusher, FlushTap tap, Stops stops) throws Failure {
        int samples = settings.streaming() ? 2 : 1;
        awaitSamples(collector, stops, samples);
        collector.stop();
        tap.finish();
        boolean stored = flusher.drain(ONCE_MILLIS);
        FlushStatus status = flusher.status();
        if (stops.stopped() || stored) {
            return status(stops);
        }
        throw Failure.missing(Failure.plain(status.error().isEmpty() ? "the CMDB does not answer" : status.error())
                + "; the sample waits in the spool, which the next probe sends");
    }

    private void awaitSamples(Collector collector, Stops stops, int samples) throws Failure {
        while (!stops.stopped() && collector.status().samples() < samples) {
            String error = collector.status().error();
            if (!error.isEmpty()) {
                throw Failure.missing(Failure.plain(error));
            }
            stops.waitUntil(System.nanoTime() + 10 * NANOS_OF_MILLI);
        }
    }

    private int go(Collector collector, Flusher flusher, FlushTap tap, Stops stops) throws Failure {
        Failure lasting = null;
        boolean ready = false;
        String failed = "";
        while (!stops.stopped() && lasting == null) {
            stops.waitUntil(System.nanoTime() + (ready ? BEAT_NANOS : FIRST_NANOS));
            if (!ready && collector.latest().sequence() > 0) {
                ready = true;
                ready(collector.latest());
            }
            failed = sayFailed(collector.status().error(), failed);
            if (ready && isAlive(collector, flusher)) {
                manager.alive(System.nanoTime());
            }
            lasting = lasting(flusher.status());
        }
        return end(collector, flusher, tap, stops, lasting);
    }

    private void ready(Snapshot first) {
        log.line(String.format(
                Locale.ROOT,
                "ready: first sample of %,d sockets by %s",
                first.table().sockets(),
                first.source()));
        manager.ready();
    }

    /** What keeps samples from being taken, once. */
    private String sayFailed(String error, String before) {
        if (!error.isEmpty() && !error.equals(before)) {
            log.line("no sample: " + error);
        }
        return error;
    }

    private boolean isAlive(Collector collector, Flusher flusher) {
        long now = System.nanoTime();
        long sample = 2 * collector.status().intervalNanos() + LATE_NANOS;
        return now - sampledNanos.get() < sample && now - flusher.aliveNanos() < LATE_NANOS;
    }

    /** Why there is no sense in going on; null = there is. */
    private static @Nullable Failure lasting(FlushStatus status) {
        if (status.state() == FlushStatus.State.FENCED) {
            return Failure.missing(Failure.plain(status.error())
                    + "; one agent a host: where two machines have the same /etc/machine-id, give one of them its own");
        }
        // Nobody is there yet who relies on it, and somebody is there who reads this. Later it goes on and says so.
        boolean never = status.state() == FlushStatus.State.REFUSED && status.flushes() == 0;
        return never ? Failure.missing(Failure.plain(status.error())) : null;
    }

    private int end(Collector collector, Flusher flusher, FlushTap tap, Stops stops, @Nullable Failure failure)
            throws Failure {
        long began = System.nanoTime();
        manager.stopping();
        log.line("stopping: the final flush has " + FINAL_MILLIS / 1_000 + " s");
        collector.finish();
        tap.finish();
        long left = FINAL_MILLIS - (System.nanoTime() - began) / NANOS_OF_MILLI;
        boolean stored = flusher.drain(Math.max(1, left));
        FlushStatus status = flusher.status();
        log.line(
                stored
                        ? "stopped: all is stored"
                        : "stopped: " + FlushLog.size(status.spoolBytes()) + " wait in the spool for the next run");
        if (failure != null) {
            throw failure;
        }
        return status(stops);
    }

    /** Both ways of asking it to end are its orderly end. */
    private int status(Stops stops) {
        int status = stops.status(!settings.once());
        return status == ExitStatus.SIGNAL + SIGTERM ? ExitStatus.OK : status;
    }
}
