package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import shawk.model.Snapshot;

/** Nothing is made for a row, and a flow that has its place takes no further memory. */
final class GatherCostTest {
    private static final int ROWS = 60_000;
    private static final long BYTES = 100_000;

    @Test
    void aSampleAllocatesNextToNothing() {
        Snapshot[] samples = {
            ManyFlows.sample(2, ROWS, 10_000), ManyFlows.sample(3, ROWS, 10_000), ManyFlows.sample(4, ROWS, 10_000)
        };
        Gathering gathering = new Gathering();
        gathering.take(samples[0]).take(samples[1]);
        gathering.batches();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        gathering.take(samples[2]);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(BYTES);
        assertThat(gathering.batches())
                .first()
                .satisfies(each -> assertThat(each.live()).hasSize(10_000));
    }
}
