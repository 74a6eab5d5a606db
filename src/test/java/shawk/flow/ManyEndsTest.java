package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.meter;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.Rows;

/** Thousands of processes and connections a second come and go: counts stay, and nothing grows. */
final class ManyEndsTest {
    private static final int FORKS = 2_000;
    private static final int SECONDS = 30;

    /** One connection of each of {@link #FORKS} processes that are gone already. */
    private static RawSample forks(int second) {
        RawSampleBuilder sample = RawSampleBuilder.at(second).source("ebpf");
        sample.kernel(meter(Meter.ENDED, (long) FORKS * second), meter(Meter.ESTABLISHED, (long) FORKS * second));
        for (int i = 0; i < FORKS; i++) {
            int pid = 1000 + (second * FORKS + i) % 30_000;
            sample.process(pid, (long) second * FORKS + i, "worker");
        }
        List<Integer> pids = new ArrayList<>();
        for (int i = 0; i < FORKS; i++) {
            pids.add(1000 + (second * FORKS + i) % 30_000);
        }
        for (int pid : pids) {
            sample.kernel(bundle("10.0.0.1", "10.0.0.2", 80, 1).by(pid));
        }
        return sample.build();
    }

    @Test
    void processesThatHaveEndedRollUp() {
        FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
        Snapshot snapshot = Snapshot.EMPTY;
        for (int second = 1; second <= SECONDS; second++) {
            snapshot = table.fold(forks(second));
            int kept = FlowLimits.DEFAULT.endedProcesses() + FORKS + 1;
            assertThat(snapshot.processes()).hasSizeLessThanOrEqualTo(kept);
            assertThat(snapshot.table().size()).isLessThanOrEqualTo(kept);
            assertThat(snapshot.degradations()).isEmpty();
        }
        int total = FORKS * SECONDS;
        Rows rows = new Rows(snapshot);
        assertThat(rows.counts())
                .isEqualTo("opened " + total + "+" + FORKS + " closed " + total + "+" + FORKS + " failed 0+0");
        assertThat(snapshot.processes().stream().map(each -> each.name().value()))
                .containsOnly("worker");
    }

    @Test
    void bundlesBeyondTheBoundLoseTheirEndsButNoCounts() {
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(1000, 1000, 1000, 100, 1000), 7);
        Snapshot snapshot = Snapshot.EMPTY;
        for (int second = 1; second <= 20; second++) {
            RawSampleBuilder sample = RawSampleBuilder.at(second).process(10, 1, "client");
            sample.kernel(meter(Meter.ENDED, 50L * second), meter(Meter.ESTABLISHED, 50L * second));
            for (int i = 0; i < 50; i++) {
                sample.kernel(bundle("10.0.0.1", "10.0." + second + "." + i, 80, 1)
                        .by(10)
                        .set("tx_bytes", 3));
            }
            snapshot = table.fold(sample.build());
            assertThat(snapshot.table().size()).isLessThanOrEqualTo(100);
        }
        Rows rows = new Rows(snapshot);
        assertThat(rows.counts()).isEqualTo("opened 1000+50 closed 1000+50 failed 0+0");
        assertThat(rows.sum(Column.TX_BYTES)).isEqualTo(3000);
        assertThat(snapshot.degradations()).extracting(Degradation::id).containsExactly("bundles");
        assertThat(snapshot.exactCounts()).isTrue();
    }

    private static RawSample quiet(int second) {
        return RawSampleBuilder.at(second).kernel(meter(Meter.RING_BYTES, 0)).build();
    }

    private static RawSample loud(int second, int count) {
        RawSampleBuilder sample = RawSampleBuilder.at(second).kernel(meter(Meter.RING_BYTES, 0));
        for (int i = 0; i < count; i++) {
            sample.kernel(closed(second - i / 1e6, "10.0.0.1:" + (1 + i), "10.0.0.2:80"));
        }
        return sample.build();
    }

    private static long allocatedBy(FlowTable table, RawSample sample) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Snapshot snapshot = table.fold(sample);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(snapshot.ended().total()).isNotNegative();
        return allocated;
    }

    @Test
    void aFullLogCostsASampleNothing() {
        FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
        table.fold(loud(1, 20_000));
        RawSample quiet = quiet(2);
        allocatedBy(table, quiet);
        assertThat(allocatedBy(table, quiet)).isLessThan(20_000);
        assertThat(table.fold(quiet(3)).ended().rows().table().size()).isEqualTo(FlowLimits.DEFAULT.ended());
    }
}
