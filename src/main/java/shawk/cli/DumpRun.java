package shawk.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.field.PeerFields;
import shawk.model.Snapshot;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.view.dump.Dump;

/**
 * The samples of one dump, an interval apart, until there are enough or a signal ends it. The times are multiples of
 * the interval after the first, so that what a sample takes adds nothing up; times that were missed are left out.
 */
final class DumpRun {
    /** What a run waits for who is at the other ends. */
    private static final long PEERS_NANOS = 1_000_000_000L;

    private final Samples samples;
    private final DumpSettings settings;
    private final PivotSpec pivots;
    private final Dump dump;
    private final @Nullable NameWait wait;
    private final Stops stops;
    private final Notices notices;
    private final DebugLog log;

    /**
     * {@code pivots} decides which rows there are, {@code settings} how many samples and when.
     *
     * @param wait what comes between a sample and writing it; null = nothing
     */
    DumpRun(
            Samples samples,
            DumpSettings settings,
            PivotSpec pivots,
            Dump dump,
            @Nullable NameWait wait,
            Stops stops,
            Notices notices,
            DebugLog log) {
        this.samples = samples;
        this.settings = settings;
        this.pivots = pivots;
        this.dump = dump;
        this.wait = wait;
        this.stops = stops;
        this.notices = notices;
        this.log = log;
    }

    /** Runs to the end, and ends the output in good order; the status says whether a signal was the end. */
    int run() throws IOException, Failure {
        try {
            write();
        } catch (Failure e) {
            dump.end();
            throw e;
        }
        dump.end();
        return stops.status(settings.count() == 0);
    }

    private void write() throws IOException, Failure {
        long interval = settings.view().intervalNanos();
        long due = System.nanoTime();
        boolean peers = samples.asksPeers();
        if (settings.rates() || peers) {
            Snapshot first = samples.next();
            notices.degradations(first.degradations());
            if (peers) {
                askPeers(first);
            }
            due = settings.rates() ? due + interval : System.nanoTime();
            waitUntil(due);
        }
        for (long number = 1; !stops.stopped() && samples.hasNext(); number++) {
            Snapshot snapshot = samples.next();
            notices.degradations(snapshot.degradations());
            Pivot pivot = Pivots.of(snapshot, pivots);
            if (wait != null) {
                wait.before(dump, pivot, stops);
            }
            dump.sample(pivot, number);
            log.line("sample " + number + ": " + snapshot.table().sockets() + " sockets written");
            if (number == settings.count()) {
                return;
            }
            due = samples.live() ? next(due, samples.intervalNanos(interval), System.nanoTime()) : due;
            waitUntil(due);
        }
    }

    /** Who is at the other ends is known by the next sample. */
    private void askPeers(Snapshot snapshot) {
        Filter filter = pivots.filter();
        Filter.RowTest test = filter == null ? row -> true : filter.on(snapshot);
        for (int row = 0; row < snapshot.table().size(); row++) {
            if (test.matches(row)) {
                PeerFields.PEER_PROCESS.low().read(snapshot, row);
            }
        }
        samples.awaitPeers(PEERS_NANOS);
    }

    private void waitUntil(long due) {
        if (samples.live()) {
            stops.waitUntil(due);
        }
    }

    /** The first time of the schedule that is still to come. */
    static long next(long due, long interval, long now) {
        long missed = Math.max(0, (now - due) / interval);
        return due + (missed + 1) * interval;
    }
}
