package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import shawk.collect.Budget;
import shawk.flow.FlowTable;
import shawk.flow.SeenEvents;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Direction;
import shawk.model.EventKind;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.source.Source;
import shawk.source.SourceException;

/**
 * Events of this host. Where programs in the kernel tell of each, they are fetched twenty times a second, and the
 * sockets that live are looked at now and then, for who listens; else what polling sees is compared. Used by one
 * thread.
 */
final class LiveEvents implements EventFeed {
    private static final long PAUSE_NANOS = 50_000_000L;
    private static final long POLLED_NANOS = 500_000_000L;
    private static final long WHOLE_NANOS = 1_000_000_000L;
    /** The budget makes events come no later than this: what waits in the kernel has to fit there. */
    private static final long LATEST_NANOS = 500_000_000L;
    /** Looking at all sockets takes at most one part in so many of the time. */
    private static final int SHARE = 20;

    private final Source source;
    private final FlowTable table;
    private final HeapKeeper heap = new HeapKeeper();
    private final Budget budget;
    private final DebugLog log;
    private SeenEvents seen = new SeenEvents(System.nanoTime());
    private boolean watched;
    private boolean begun;
    private long wholeEnd;
    private long wholeTook;
    private long wholes;
    private long dropped;

    /** Owns {@code source} from now on. */
    LiveEvents(Source source, FlowTable table, Budget budget, DebugLog log) {
        this.source = source;
        this.table = table;
        this.budget = budget;
        this.log = log;
    }

    @Override
    public List<Snapshot> next() throws Failure {
        heap.afterSample();
        budget.sampled();
        try {
            return query();
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    private List<Snapshot> query() throws SourceException {
        long since = System.nanoTime() - wholeEnd;
        if (!watched || since >= Math.max(WHOLE_NANOS, SHARE * wholeTook)) {
            return whole(source::poll);
        }
        RawSample part = source.pollEvents();
        if (!RawEvents.watched(part)) {
            return whole(() -> part);
        }
        note(part);
        Snapshot events = table.events(part);
        if (since < SHARE * wholeTook || !hasNewListener(events)) {
            return List.of(RawEvents.with(part.degradations(), events));
        }
        RawSample again = RawEvents.copy(part);
        List<Snapshot> later = whole(source::poll);
        List<Snapshot> all = new ArrayList<>();
        all.add(RawEvents.with(part.degradations(), table.events(again)));
        all.addAll(later);
        return all;
    }

    /** How a whole sample is come by. */
    @FunctionalInterface
    private interface Reading {
        RawSample read() throws SourceException;
    }

    private List<Snapshot> whole(Reading reading) throws SourceException {
        long start = System.nanoTime();
        RawSample sample = reading.read();
        note(sample);
        Snapshot snapshot = table.fold(sample);
        List<Snapshot> events;
        if (watched) {
            events = List.of(RawEvents.with(snapshot.degradations(), table.events()));
            seen = new SeenEvents(start);
        } else {
            events = polled(snapshot);
        }
        long took = System.nanoTime() - start;
        // The first one loads what the others find loaded.
        wholeTook = wholes++ == 0 ? 0 : took;
        wholeEnd = start + took;
        log.line("all sockets by " + sample.source() + " in " + took / 1000 + " us");
        return events;
    }

    private void note(RawSample sample) {
        boolean now = RawEvents.watched(sample);
        if (begun && now != watched) {
            log.line("events " + (now ? "are told of" : "are found by comparing samples"));
        }
        watched = now;
        begun = true;
        dropped = watched ? Math.max(dropped, RawEvents.dropped(sample)) : dropped;
    }

    private List<Snapshot> polled(Snapshot snapshot) {
        List<Degradation> all = new ArrayList<>(snapshot.degradations());
        all.add(new Degradation(
                "polled",
                "connections that live for less than " + POLLED_NANOS / 1_000_000
                        + " ms, durations, and why connections ended",
                "source " + snapshot.source() + " sees what is there when it looks",
                "use --source ebpf; see `shawk doctor`"));
        return polled(seen, table, snapshot, all);
    }

    /** What two samples differ in; where that is nothing, no events, and what was not seen. */
    static List<Snapshot> polled(SeenEvents seen, FlowTable table, Snapshot snapshot, List<Degradation> degradations) {
        List<Snapshot> all = new ArrayList<>();
        for (Snapshot each : seen.since(snapshot, table::isUnread)) {
            all.add(RawEvents.with(degradations, each));
        }
        if (all.isEmpty()) {
            all.add(RawEvents.with(degradations, Snapshot.EMPTY));
        }
        return all;
    }

    /** Whether something came in for a listener that no sample has shown yet. */
    private static boolean hasNewListener(Snapshot events) {
        SocketTable rows = events.table();
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.has(Column.OWNER, row)
                    && rows.value(Column.DIRECTION, row) == Direction.IN.ordinal()
                    && rows.value(Column.EVENT, row) != EventKind.FAILED.ordinal()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long pauseNanos() {
        return watched
                ? Math.min(LATEST_NANOS, budget.inForce(PAUSE_NANOS))
                : Math.max(budget.inForce(POLLED_NANOS), SHARE * wholeTook);
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        source.close();
    }
}
