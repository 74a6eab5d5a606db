package shawk.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.Snapshot;

/** How much a pivot allocates: bounded by numbers a row and numbers a group, never an object of either. */
final class PivotCostTest {
    private static final int ROWS = 60_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Chosen rows, group of each row, rows in order of groups: three ints. */
    @Test
    void fewGroups() {
        Snapshot snapshot = ManyRows.of(ROWS);

        assertThat(bytesOf(() -> pivot(snapshot, Fields.PROCESS, Fields.PEER, Fields.PORT)
                        .root()))
                .isLessThan(24L * ROWS);
    }

    /** As many groups as rows: a hash table that grew to it, and what is sorted. */
    @Test
    void asManyGroupsAsRows() {
        Snapshot snapshot = ManyRows.of(ROWS);

        assertThat(bytesOf(() -> {
                    Level level = pivot(snapshot, EndpointFields.LPORT).root();
                    assertThat(level.size()).isEqualTo(ROWS);
                }))
                .isLessThan(260L * ROWS);
    }

    @Test
    void singleConnections() {
        Snapshot snapshot = ManyRows.of(ROWS);

        assertThat(bytesOf(() -> pivot(snapshot).root())).isLessThan(80L * ROWS);
    }

    @Test
    void readingAndFinding() {
        Level level = pivot(ManyRows.of(ROWS), EndpointFields.LPORT).root();
        Level.Identity identity = level.identity(ROWS / 2);
        level.find(identity);
        KeyValue value = new KeyValue();

        assertThat(bytesOf(() -> {
                    for (int i = 0; i < ROWS; i++) {
                        level.key(Fields.PROCESS, i, value);
                        level.measure(Fields.CONNS, i);
                        level.find(identity);
                    }
                }))
                .isLessThan(48L * ROWS);
    }

    /** What is remembered of rows is made once; a sample then costs what sorting the places takes. */
    @Test
    void aFrozenOrder() {
        Snapshot snapshot = ManyRows.of(ROWS);
        RowMemory memory = new RowMemory();
        memory.freeze();

        assertThat(bytesOf(() -> Pivots.of(pivot(snapshot), memory).root())).isLessThan(100L * ROWS);
        memory.thaw();
        assertThat(bytesOf(() -> Pivots.of(pivot(snapshot), memory).root())).isLessThan(80L * ROWS);
    }

    /** Nothing changed: two positions a row, looked up in what was made with the mark. */
    @Test
    void comparing() {
        Snapshot snapshot = ManyRows.of(ROWS);
        Mark mark = Mark.of(snapshot, pivot(snapshot).spec());

        assertThat(bytesOf(() -> {
                    Level level = new DiffPivot(mark, pivot(snapshot), true).root();
                    assertThat(level.size()).isZero();
                }))
                .isLessThan(100L * ROWS);
    }

    private static Pivot pivot(Snapshot snapshot, KeyField... groupBy) {
        SortKey byConns = new SortKey(Fields.CONNS, true);
        return Pivots.of(snapshot, new PivotSpec(List.of(groupBy), List.of(byConns), null, RowChoice.CONNECTIONS));
    }

    /** The least of several runs: until the compiler has come to it, code makes objects that it does without later. */
    private long bytesOf(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
