package shawk.store;

import java.util.List;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;

/** Samples folded one after another and gathered, and what a store has of it. */
final class Gathering {
    static final HostIdentity HOST = new HostIdentity("0123456789abcdef0123456789abcdef", SafeText.of("h"), "boot");
    static final AgentStatus STATUS = new AgentStatus(5, "1", "ebpf", true, 1_000_000, 0, 0);

    final Kept kept = new Kept();
    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.STORING, 7);
    private final Gatherer gatherer;

    Gathering() {
        this(GatherLimits.DEFAULT);
    }

    Gathering(GatherLimits limits) {
        this.gatherer = new Gatherer(HOST, 1_700_000_000, 7, limits);
    }

    Gathering take(RawSampleBuilder... samples) {
        for (RawSampleBuilder each : samples) {
            take(table.fold(each.build()));
        }
        return this;
    }

    Gathering take(Snapshot snapshot) {
        gatherer.take(snapshot);
        return this;
    }

    Gathering flush() {
        kept.add(gatherer.batches(STATUS));
        return this;
    }

    List<Batch> batches() {
        return gatherer.batches(STATUS);
    }

    Gathering finish() {
        kept.add(gatherer.finish(STATUS));
        return this;
    }
}
