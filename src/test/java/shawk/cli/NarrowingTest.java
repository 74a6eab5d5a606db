package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** What a recording with a filter has. */
final class NarrowingTest {
    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1);
    private final Narrowing narrowing = new Narrowing();

    private RawSample narrow(RawSample sample) throws Exception {
        Filter filter = FilterParser.parse("rport = 443");
        Snapshot snapshot = table.fold(sample);
        return narrowing.narrow(
                sample, table, filter.on(snapshot), snapshot.table().sockets());
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
}
