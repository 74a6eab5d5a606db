package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.at;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.LinkTotals;
import shawk.model.Names;
import shawk.support.HostileNames;
import shawk.support.RawSampleBuilder;

/** What the interfaces carried. */
final class LinksTest {
    private static void check(String expected, RawSampleBuilder... samples) {
        StringBuilder out = new StringBuilder();
        for (LinkTotals link : Folds.last(samples).links()) {
            out.append(link.name())
                    .append(' ')
                    .append(link.rxBytes())
                    .append(' ')
                    .append(link.txBytes());
            out.append(' ')
                    .append(link.rxRate())
                    .append(' ')
                    .append(link.txRate())
                    .append(';');
        }
        assertThat(out).hasToString(expected);
    }

    @Test
    void ratesNeedTwoSamples() {
        check("eth0 100 200 NaN NaN;", at(1).link(2, "eth0", 100, 200));
        check("eth0 300 900 50.0 175.0;", at(1).link(2, "eth0", 100, 200), at(5).link(2, "eth0", 300, 900));
    }

    @Test
    void aCounterThatWentBackHasNoRate() {
        check("eth0 99 200 NaN 0.0;", at(1).link(2, "eth0", 100, 200), at(2).link(2, "eth0", 99, 200));
    }

    @Test
    void anotherInterfaceHasNoRate() {
        check("eth1 300 900 NaN NaN;", at(1).link(2, "eth0", 100, 200), at(2).link(2, "eth1", 300, 900));
        check("eth0 300 900 NaN NaN;", at(1).link(2, "eth0", 100, 200), at(2).link(3, "eth0", 300, 900));
        check("eth0 300 900 NaN NaN;", at(1).link(2, "eth0", 100, 200), at(2), at(3).link(2, "eth0", 300, 900));
    }

    @Test
    void packetsErrorsAndState() {
        RawSampleBuilder before = at(1).link(2, "eth0", 0, 0).linkField("rx_packets", 10);
        RawSampleBuilder after = at(3).link(2, "eth0", 0, 0)
                .linkField("rx_packets", 30)
                .linkField("tx_packets", 4)
                .linkField("rx_errors", 5)
                .linkField("tx_errors", 6)
                .linkField("rx_dropped", 7)
                .linkField("tx_dropped", 8)
                .linkField("flags", 0);
        LinkTotals link = Folds.last(before, after).links().get(0);
        assertThat(List.of(link.rxPacketRate(), link.txPacketRate())).containsExactly(10.0, 2.0);
        assertThat(List.of(link.rxErrors(), link.txErrors(), link.rxDrops(), link.txDrops()))
                .containsExactly(5L, 6L, 7L, 8L);
        assertThat(link.up()).isFalse();
    }

    @Test
    void inTheKernelsOrderAndNoMoreThanTheBound() {
        RawSampleBuilder sample = at(1);
        for (int i = 0; i < 5; i++) {
            sample.link(9 - i, "if" + i, i, i);
        }
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(9, 9, 9, 9, 9, 3, 9, 9), 7);
        assertThat(table.fold(sample.build()).links())
                .extracting(link -> link.name().value())
                .containsExactly("if0", "if1", "if2");
    }

    @Test
    void aHarmfulNameIsMadeHarmless() {
        String name = Folds.last(at(1).link(2, "e\033[2Jth", 0, 0))
                .links()
                .get(0)
                .name()
                .value();
        assertThat(HostileNames.harmIn(name)).isNegative();
    }
}
