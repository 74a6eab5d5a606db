package shawk.cli;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Degradation;
import shawk.model.Direction;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** Samples of a host that never was: {@code rows} connections of two processes, a second apart. */
final class MadeUpSamples implements Samples {
    private final List<Degradation> degradations;
    private final Snapshot snapshot;
    private long taken;
    private boolean closed;

    MadeUpSamples(int rows, Degradation... degradations) {
        this.degradations = new ArrayList<>(List.of(degradations));
        SnapshotBuilder made = new SnapshotBuilder();
        int[] owners = {made.process(1, "nginx"), made.process(2, "java")};
        for (int i = 0; i < rows; i++) {
            made.socket().owner(owners[i % 2]).direction(Direction.OUT).remote("192.0.2." + (1 + i % 250), 443);
        }
        this.snapshot = made.build();
    }

    long taken() {
        return taken;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public Snapshot next() {
        taken++;
        Snapshot s = snapshot;
        return new Snapshot(
                taken,
                s.source(),
                s.wallMicros() + taken * 1_000_000,
                s.monotonicNanos(),
                taken == 1 ? 0 : s.elapsedNanos(),
                s.exactCounts(),
                s.lost(),
                s.table(),
                s.processes(),
                s.holders(),
                s.namespaces(),
                s.links(),
                s.texts(),
                s.processTexts(),
                s.ended(),
                s.meters(),
                degradations);
    }

    @Override
    public void close() {
        closed = true;
    }
}
