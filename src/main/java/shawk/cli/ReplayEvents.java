package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import shawk.flow.FlowTable;
import shawk.flow.Openings;
import shawk.flow.SeenEvents;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.source.SourceException;
import shawk.source.replay.ReplaySource;

/**
 * Events of a recording: those that it holds and the openings that follow from them, or, where polling made it, what
 * its samples differ in. Used by one thread.
 */
final class ReplayEvents implements EventFeed {
    private final ReplaySource source;
    private final FlowTable table;
    private final Openings openings = new Openings(System.nanoTime());
    private SeenEvents seen = new SeenEvents(System.nanoTime());
    private long droppedBefore = -1;
    private long dropped;

    /** Owns {@code source} from now on. */
    ReplayEvents(ReplaySource source, FlowTable table) {
        this.source = source;
        this.table = table;
    }

    @Override
    public boolean hasNext() throws Failure {
        try {
            return source.hasNext();
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    @Override
    public List<Snapshot> next() throws Failure {
        RawSample sample;
        try {
            sample = source.poll();
        } catch (SourceException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
        if (!RawEvents.watched(sample)) {
            return polled(table.fold(sample));
        }
        seen = new SeenEvents(System.nanoTime());
        dropped = RawEvents.dropped(sample);
        droppedBefore = droppedBefore < 0 ? dropped : droppedBefore;
        Snapshot snapshot = table.fold(openings.complete(sample));
        return List.of(RawEvents.with(snapshot.degradations(), table.events()));
    }

    private List<Snapshot> polled(Snapshot snapshot) {
        List<Degradation> all = new ArrayList<>(snapshot.degradations());
        all.add(new Degradation(
                "polled",
                "connections that lived between two samples of the recording, durations, and why connections ended",
                "they were not watched when it was made",
                "record with --source ebpf"));
        return LiveEvents.polled(seen, table, snapshot, all);
    }

    @Override
    public long dropped() {
        return droppedBefore < 0 ? 0 : dropped - droppedBefore;
    }

    @Override
    public void close() {
        source.close();
    }
}
