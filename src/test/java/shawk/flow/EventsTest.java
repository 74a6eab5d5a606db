package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.failed;
import static shawk.support.Kernel.opened;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.EndReason;
import shawk.model.EventKind;
import shawk.model.Names;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Single events of a sample: in order, each with who it is of. */
final class EventsTest {
    private static final String LOCAL = "10.0.0.1:40000";
    private static final String REMOTE = "10.0.0.2:80";

    private static Rows events(RawSampleBuilder... samples) {
        FlowTable table = Folds.table();
        for (RawSampleBuilder sample : samples) {
            table.fold(sample.build());
        }
        return new Rows(table.events());
    }

    /** {@code closed 10.0.0.1:1 10.0.0.2:80 out 80 curl(10) proven}, in order. */
    private static void check(List<String> expected, RawSampleBuilder... samples) {
        Rows rows = events(samples);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows.snapshot().table().size(); row++) {
            lines.add(EventKind.values()[(int) rows.value(row, Column.EVENT)].id() + " " + rows.ends(row) + " "
                    + rows.direction(row) + " " + rows.owner(row));
        }
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void comeInTheOrderOfTheirTimes() {
        check(
                List.of(
                        "opened tcp 10.0.0.1:40000 10.0.0.2:80 out 80 curl(10) proven",
                        "failed tcp 10.0.0.1:40001 10.0.0.2:81 out 81 curl(10) proven",
                        "closed tcp 10.0.0.1:40000 10.0.0.2:80 out 80 curl(10) proven"),
                at(1),
                at(3).process(10, 5, "curl")
                        .kernel(
                                closed(2.5, LOCAL, REMOTE).cookie(1).by(10),
                                opened(1.5, LOCAL, REMOTE).cookie(1).by(10),
                                failed(2, "10.0.0.1:40001", "10.0.0.2:81")
                                        .cookie(2)
                                        .by(10)));
    }

    @Test
    void orderHoldsOverLongIntervalsToo() {
        check(
                List.of(
                        "failed tcp 10.0.0.1:1 10.0.0.2:80 out 80 - unknown",
                        "failed tcp 10.0.0.1:2 10.0.0.2:80 out 80 - unknown",
                        "failed tcp 10.0.0.1:3 10.0.0.2:80 out 80 - unknown"),
                at(100_000)
                        .kernel(
                                failed(90_000, "10.0.0.1:3", REMOTE),
                                failed(80_000, "10.0.0.1:2", REMOTE),
                                failed(1, "10.0.0.1:1", REMOTE)));
    }

    @Test
    void whatTheKernelLeavesOpenIsInferred() {
        Socket listener = listen("0.0.0.0:80").cookie(9).inode(9).heldBy(20);
        List<String> inferred = List.of("closed tcp 10.0.0.1:80 10.0.0.2:40000 in 80 nginx(20) inferred");
        check(
                inferred,
                at(1).process(20, 5, "nginx")
                        .socket(listener)
                        .kernel(closed(1, "10.0.0.1:80", "10.0.0.2:40000")
                                .cookie(1)
                                .in()));
        check(
                inferred,
                at(1).process(20, 5, "nginx")
                        .socket(listener)
                        .kernel(closed(1, "10.0.0.1:80", "10.0.0.2:40000")
                                .cookie(1)
                                .set("direction", 0)));
        check(
                List.of("closed tcp 10.0.0.1:40000 10.0.0.2:80 out 80 curl(10) inferred"),
                at(1).process(10, 5, "curl")
                        .socket(tcp(LOCAL, REMOTE).cookie(1).inode(1).heldBy(10)),
                at(2).kernel(closed(1.5, LOCAL, REMOTE).cookie(1).set("direction", 0)));
        check(
                List.of("closed tcp 10.0.0.1:40000 10.0.0.2:40000 unknown - - unknown"),
                at(1).kernel(closed(1, LOCAL, "10.0.0.2:40000").set("direction", 0)));
    }

    @Test
    void processesAreTakenFromTheSampleAlone() {
        check(
                List.of("closed tcp 10.0.0.1:40000 10.0.0.2:80 out 80 - unknown"),
                at(1).process(10, 5, "curl").kernel(closed(1, LOCAL, REMOTE).set("process", 2)));
        check(
                List.of("closed tcp 10.0.0.1:40000 10.0.0.2:80 out 80 - unknown"),
                at(1).process(10, 5, "curl").kernel(closed(1, LOCAL, REMOTE).set("process", -1)));
    }

    @Test
    void whatIsNoEventIsLeftOut() {
        check(List.of(), at(1).kernel(closed(1, LOCAL, REMOTE).set("kind", 9)));
        check(List.of(), at(1).kernel(closed(1, LOCAL, REMOTE)), at(2));
    }

    @Test
    void whatAnEventSays() {
        Rows rows = events(
                at(1),
                at(3).kernel(
                                closed(2.5, LOCAL, REMOTE)
                                        .cookie(1)
                                        .reason(EndReason.RST_IN)
                                        .set("tx_bytes", 7)
                                        .set("rx_bytes", 9)
                                        .set("rtt_us", 300)
                                        .set("min_rtt_us", 200)
                                        .set("connect_us", 150)
                                        .set("retrans", 1)
                                        .set("ordinal", 3),
                                failed(2.75, LOCAL, REMOTE).set("opened_ns", 2_740_000_000L)));
        assertThat(rows.kind(0)).isEqualTo(RowKind.ENDED);
        assertThat(rows.value(0, Column.END_REASON)).isEqualTo(EndReason.RST_IN.ordinal());
        assertThat(rows.value(0, Column.EVENT_NANOS)).isEqualTo(2_500_000_000L);
        assertThat(rows.value(0, Column.ENDED_MILLIS)).isEqualTo(500);
        assertThat(rows.value(0, Column.DURATION_MICROS)).isEqualTo(1_000_000);
        assertThat(rows.value(0, Column.TX_BYTES)).isEqualTo(7);
        assertThat(rows.value(0, Column.RX_BYTES)).isEqualTo(9);
        assertThat(rows.value(0, Column.RTT)).isEqualTo(300);
        assertThat(rows.value(0, Column.MIN_RTT)).isEqualTo(200);
        assertThat(rows.value(0, Column.CONNECT_MICROS)).isEqualTo(150);
        assertThat(rows.value(0, Column.RETRANS)).isEqualTo(1);
        assertThat(rows.value(0, Column.ORDINAL)).isEqualTo(3);
        assertThat(rows.value(1, Column.DURATION_MICROS)).isEqualTo(10_000);
        assertThat(rows.text(1, Column.TX_BYTES)).isEqualTo("-");
        assertThat(rows.text(1, Column.RTT)).isEqualTo("-");
        assertThat(rows.counts()).isEqualTo("opened 1+1 closed 1+1 failed 1+1");
    }

    @Test
    void holdersAreThoseOfTheSocketThatLives() {
        Rows rows = events(at(1).process(10, 5, "a")
                .process(11, 6, "b")
                .socket(tcp(LOCAL, REMOTE).cookie(1).inode(1).heldBy(10, 11))
                .kernel(opened(1, LOCAL, REMOTE).cookie(1).by(10)));
        assertThat(rows.holders(0)).isEqualTo("10 11");
        rows = events(at(1).process(10, 5, "a").kernel(closed(1, LOCAL, REMOTE).by(10)));
        assertThat(rows.holders(0)).isEqualTo("10");
    }

    @Test
    void theLogKeepsTheLastOnesNewestFirst() {
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(100, 100, 100, 100, 100, 1, 20, 4), 7);
        Snapshot before = table.fold(at(1).build());
        assertThat(before.ended().total()).isZero();
        assertThat(before.ended().rows().table().size()).isZero();
        Snapshot middle = before;
        Snapshot last = before;
        for (int i = 0; i < 100; i++) {
            RawSampleBuilder sample = at(i + 2).process(100 + i, i, "p" + i);
            sample.kernel(
                    opened(i + 1.2, "10.0.0.1:" + (1000 + i), REMOTE).by(100 + i),
                    closed(i + 1.5, "10.0.0.1:" + (1000 + i), REMOTE).by(100 + i));
            last = table.fold(sample.build());
            middle = i == 49 ? last : middle;
        }
        checkLog(middle, 50);
        checkLog(last, 100);
        assertThat(last.ended().rows()).isSameAs(last.ended().rows());
    }

    private static void checkLog(Snapshot snapshot, int total) {
        Rows rows = new Rows(snapshot.ended().rows());
        assertThat(snapshot.ended().total()).isEqualTo(total);
        assertThat(rows.snapshot().table().size()).isEqualTo(20);
        assertThat(rows.snapshot().table().sockets()).isEqualTo(20);
        for (int row = 0; row < 20; row++) {
            int number = total - 1 - row;
            assertThat(rows.kind(row)).isEqualTo(RowKind.ENDED);
            assertThat(rows.value(row, Column.LPORT)).isEqualTo(1000 + number);
            assertThat(rows.owner(row)).isEqualTo("p" + number + "(" + (100 + number) + ") proven");
            assertThat(rows.value(row, Column.ENDED_MILLIS)).isEqualTo(500 + 1000L * row);
        }
    }

    @Test
    void ofASampleWithMoreThanTheLogHoldsTheLastOnesAreKept() {
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(100, 100, 100, 100, 100, 1, 20, 4), 7);
        RawSampleBuilder sample = at(2);
        for (int i = 0; i < 500; i++) {
            sample.kernel(closed(1 + i / 1000.0, "10.0.0.1:" + (1000 + i), REMOTE));
        }
        Snapshot snapshot = table.fold(sample.build());
        assertThat(snapshot.ended().total()).isEqualTo(500);
        Rows rows = new Rows(snapshot.ended().rows());
        assertThat(rows.snapshot().table().size()).isEqualTo(20);
        assertThat(rows.value(0, Column.LPORT)).isEqualTo(1499);
        assertThat(rows.value(19, Column.LPORT)).isEqualTo(1480);
    }
}
