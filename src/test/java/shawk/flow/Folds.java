package shawk.flow;

import shawk.model.Names;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.Rows;

/** Folds samples one after another. */
final class Folds {
    private Folds() {}

    static FlowTable table() {
        return new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
    }

    /** The snapshot of the last of {@code samples}. */
    static Snapshot last(RawSampleBuilder... samples) {
        FlowTable table = table();
        Snapshot snapshot = Snapshot.EMPTY;
        for (RawSampleBuilder sample : samples) {
            snapshot = table.fold(sample.build());
        }
        return snapshot;
    }

    static Rows rows(RawSampleBuilder... samples) {
        return new Rows(last(samples));
    }
}
