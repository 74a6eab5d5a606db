package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** A test of a row allocates nothing, whatever the filter asks for. */
final class FilterCostTest {
    private static final int ROWS = 60_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Snapshot snapshot = snapshot();

    private static Snapshot snapshot() {
        SnapshotBuilder builder = new SnapshotBuilder();
        int[] processes = {builder.process(1, "nginx"), builder.process(2, "java")};
        for (int i = 0; i < ROWS; i++) {
            SnapshotBuilder.Row row = builder.socket().owner(processes[i % 2]);
            row.set(Column.RTT, i).set(Column.LPORT, i);
            if (i % 3 == 0) {
                row.remote("2001:db8::" + Integer.toHexString(1 + i % 1000), 443);
            }
        }
        return builder.build();
    }

    @Test
    void noObjectPerRow() throws ExprException {
        check("process = nginx and rtt > 5ms and state = ESTABLISHED", 27_499);
        check("raddr in (10.0.0.0/8, fe80::/10) or port in 8000-8999", 40_000);
        check("process ~ '^(ng|j)' and not holders = java", 30_000);
        check("db8::1 or nothing", 5_460);
        check("raddr ~ '^2001.*:1$'", 20);
        check("443", 60_000);
    }

    private void check(String filter, int expected) throws ExprException {
        Filter parsed = FilterParser.parse(filter);
        parsed.on(snapshot);
        assertThat(count(parsed.on(snapshot))).as(filter).isEqualTo(expected);
        Filter.RowTest test = parsed.on(snapshot);
        count(test);
        long before = threads.getCurrentThreadAllocatedBytes();
        count(test);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated by %s", filter)
                .isLessThan(ROWS / 4);
    }

    private int count(Filter.RowTest test) {
        int matching = 0;
        for (int row = 0; row < ROWS; row++) {
            matching += test.matches(row) ? 1 : 0;
        }
        return matching;
    }
}
