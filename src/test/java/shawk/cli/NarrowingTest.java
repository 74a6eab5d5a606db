package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.failed;
import static shawk.support.Kernel.flow;
import static shawk.support.Kernel.meter;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Column;
import shawk.model.Meter;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** What a recording with a filter has. */
final class NarrowingTest {
    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1);
    private final Narrowing narrowing = new Narrowing();

    private RawSample narrow(RawSample sample) throws Exception {
        return narrow(sample, "rport = 443");
    }

    private RawSample narrow(RawSample sample, String expression) throws Exception {
        Filter filter = FilterParser.parse(expression);
        Snapshot snapshot = table.fold(sample);
        return narrowing.narrow(sample, table, filter, snapshot);
    }

    private static RawSampleBuilder sample(int second, int port) {
        return RawSampleBuilder.at(second)
                .process(100, 1, "a")
                .process(101, 2, "b")
                .socket(Socket.tcp("10.0.0.1:1000", "10.0.0.2:" + port)
                        .cookie(port)
                        .heldBy(100))
                .socket(Socket.tcp("10.0.0.1:1001", "10.0.0.2:443").cookie(2).heldBy(101));
    }

    private static List<Integer> told(RawSample sample) {
        return sample.details().stream().map(each -> each.id().pid()).toList();
    }

    /** The source tells them once: a process that matches only later has them all the same. */
    @Test
    void detailsComeWithTheirProcess() throws Exception {
        RawSample first = narrow(sample(1, 80)
                .details(100, 1, "/bin/a", "")
                .details(101, 2, "/bin/b", "")
                .build());
        assertThat(first.count(RawSection.SOCKETS)).isEqualTo(1);
        assertThat(told(first)).containsExactly(101);
        assertThat(told(narrow(sample(2, 80).build()))).isEmpty();
        assertThat(told(narrow(sample(3, 443).build()))).containsExactly(100);
        assertThat(told(narrow(sample(4, 443).details(100, 1, "/bin/c", "").build())))
                .containsExactly(100);
        assertThat(told(narrow(sample(5, 80).build()))).isEmpty();
        assertThat(narrow(sample(6, 443).build()).details().get(0).exe().toBytes())
                .asString()
                .isEqualTo("/bin/c");
    }

    private static RawSample seenByTheKernel() {
        return RawSampleBuilder.at(2)
                .process(100, 1, "a")
                .process(101, 2, "b")
                .process(102, 3, "c")
                .process(103, 4, "d")
                .process(104, 5, "e")
                .socket(Socket.tcp("10.0.0.1:1000", "10.0.0.2:80")
                        .cookie(1)
                        .life(1, 1)
                        .by(100, 2))
                .socket(Socket.tcp("10.0.0.1:1001", "10.0.0.2:443")
                        .cookie(2)
                        .life(1, 1)
                        .by(104, 2))
                .kernel(
                        closed(1.9, "10.0.0.1:1002", "10.0.0.2:443").by(103),
                        closed(1.8, "10.0.0.1:1003", "10.0.0.2:80").by(100),
                        failed(1.7, "10.0.0.1:1004", "10.0.0.2:443").by(102),
                        bundle("10.0.0.1", "10.0.0.2", 80, 3).by(100),
                        bundle("10.0.0.1", "10.0.0.2", 443, 4).by(103),
                        flow("10.0.0.1:41005", "10.0.0.2:443", 9).by(102).set("last_ns", 1_500_000_000L),
                        flow("10.0.0.1:41006", "10.0.0.2:53", 9).by(101).set("last_ns", 1_500_000_000L),
                        meter(Meter.ENDED, 7),
                        meter(Meter.FLOWS_MAX, 9))
                .build();
    }

    private static Snapshot folded(RawSample sample) {
        return new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1).fold(sample);
    }

    @Test
    void whatTheKernelSawKeepsItsOwners() throws Exception {
        RawSample narrow = narrow(seenByTheKernel(), "port = 443");
        assertThat(narrow.count(RawSection.SOCKETS)).isEqualTo(1);
        assertThat(narrow.count(RawSection.EVENTS)).isEqualTo(2);
        assertThat(narrow.count(RawSection.BUNDLES)).isEqualTo(1);
        assertThat(narrow.count(RawSection.FLOWS)).isEqualTo(1);
        assertThat(narrow.count(RawSection.PROCESSES)).isEqualTo(3);
        Snapshot snapshot = folded(narrow);
        assertThat(snapshot.exactCounts()).isTrue();
        assertThat(snapshot.degradations()).isEmpty();
        Rows rows = new Rows(snapshot);
        assertThat(rows.owner(0)).isEqualTo("e(104) proven");
        assertThat(rows.ends(1) + " " + rows.owner(1)).isEqualTo("udp 10.0.0.1:41005 10.0.0.2:443 c(102) proven");
        assertThat(rows.owner(2) + " " + rows.value(2, Column.CLOSED)).isEqualTo("d(103) proven 4");
        Rows ended = new Rows(snapshot.ended().rows());
        assertThat(ended.snapshot().table().size()).isEqualTo(2);
        assertThat(ended.owner(0)).isEqualTo("d(103) proven");
        assertThat(ended.owner(1)).isEqualTo("c(102) proven");
    }

    /** The recording is to hold nobody who does not match: bundles have neither a state nor the other port. */
    @Test
    void countsOfWhichTheFilterCannotTellAreLeftOut() throws Exception {
        for (String filter : List.of("rport = 443", "rport = 443 or rtt > 1s", "state != time-wait and rport = 443")) {
            RawSample narrow = narrow(seenByTheKernel(), filter);
            assertThat(narrow.count(RawSection.BUNDLES)).as(filter).isZero();
            assertThat(narrow.count(RawSection.SOCKETS)).as(filter).isEqualTo(1);
        }
        RawSample narrow = narrow(seenByTheKernel());
        assertThat(narrow.count(RawSection.EVENTS)).isEqualTo(2);
        assertThat(folded(narrow).processes())
                .extracting(each -> each.name().value())
                .doesNotContain("a");
    }
}
