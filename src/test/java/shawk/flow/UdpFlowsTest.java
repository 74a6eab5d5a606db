package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.flow;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.Names;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;
import shawk.support.Rows;

/** UDP flows: in the row of a connected socket, else rows of their own for as long as datagrams come and go. */
final class UdpFlowsTest {
    private static final String LOCAL = "10.0.0.1:40000";
    private static final String REMOTE = "10.0.0.2:53";

    private static RawSampleBuilder exact(double seconds) {
        return at(seconds).source("ebpf").process(10, 5, "dig").kernel(meter(Meter.FLOWS_MAX, 100));
    }

    private static Kernel datagrams(double seconds, String local, String remote, long cookie, int tx, int rx) {
        return flow(local, remote, cookie)
                .set("tx_bytes", tx)
                .set("rx_bytes", rx)
                .set("first_ns", Math.round(seconds * 1e9))
                .set("last_ns", Math.round(seconds * 1e9));
    }

    private static void checkBytes(Rows rows, int row, String expected) {
        assertThat(rows.text(row, Column.TX_BYTES) + " " + rows.text(row, Column.RX_BYTES) + " "
                        + rows.text(row, Column.TX_RATE) + " " + rows.text(row, Column.RX_RATE))
                .isEqualTo(expected);
    }

    @Test
    void aConnectedSocketHasTheBytesOfItsFlow() {
        Rows rows = Folds.rows(
                exact(1).socket(udp(LOCAL, REMOTE).cookie(4).inode(4).heldBy(10)),
                exact(3).socket(udp(LOCAL, REMOTE).cookie(4).inode(4).heldBy(10))
                        .kernel(datagrams(2, LOCAL, REMOTE, 4, 100, 40).by(10)));
        assertThat(rows.snapshot().table().size()).isEqualTo(1);
        checkBytes(rows, 0, "100 40 50 20");
        assertThat(rows.owner(0)).isEqualTo("dig(10) proven");
        assertThat(rows.value(0, Column.IDLE_MILLIS)).isEqualTo(1000);
        checkBytes(Folds.rows(exact(1).socket(udp(LOCAL, REMOTE).cookie(4))), 0, "- - - -");
        checkBytes(
                Folds.rows(
                        exact(1).socket(udp(LOCAL, REMOTE).cookie(4)),
                        exact(2).socket(udp(LOCAL, REMOTE).cookie(4))),
                0,
                "- - 0 0");
        checkBytes(
                Folds.rows(
                        at(1).socket(udp(LOCAL, REMOTE).cookie(4)),
                        at(2).socket(udp(LOCAL, REMOTE).cookie(4))),
                0,
                "- - - -");
    }

    @Test
    void whoSentOwnsAmongThoseWhoHold() {
        Rows rows = Folds.rows(exact(1).process(11, 6, "child")
                .socket(udp(LOCAL, REMOTE).cookie(4).inode(4).heldBy(10, 11))
                .kernel(datagrams(1, LOCAL, REMOTE, 4, 1, 1).by(10)));
        assertThat(rows.owner(0)).isEqualTo("dig(10) proven");
    }

    @Test
    void othersAreRowsOfTheirOwn() {
        RawSampleBuilder first = exact(1).socket(
                        unconnected("0.0.0.0:40000").cookie(4).inode(4).heldBy(10))
                .kernel(
                        datagrams(1, "0.0.0.0:40000", REMOTE, 4, 100, 40).by(10),
                        datagrams(1, "0.0.0.0:40000", "10.0.0.3:53", 4, 7, 0).by(10));
        RawSampleBuilder second = exact(2).socket(
                        unconnected("0.0.0.0:40000").cookie(4).inode(4).heldBy(10))
                .kernel(datagrams(2, "0.0.0.0:40000", REMOTE, 4, 10, 0).by(10));
        Rows rows = Folds.rows(first, second);
        assertThat(rows.snapshot().table().sockets()).isEqualTo(3);
        assertThat(rows.kind(0)).isEqualTo(RowKind.LISTENER);
        assertThat(rows.ends(1)).isEqualTo("udp 0.0.0.0:40000 10.0.0.2:53");
        assertThat(rows.kind(1)).isEqualTo(RowKind.CONNECTION);
        assertThat(rows.state(1)).isEqualTo(SocketState.UNCONN);
        assertThat(rows.direction(1)).isEqualTo("out 53");
        assertThat(rows.owner(1)).isEqualTo("dig(10) proven");
        assertThat(rows.holders(1)).isEqualTo("10");
        assertThat(rows.value(1, Column.COOKIE)).isEqualTo(4);
        assertThat(rows.value(1, Column.AGE_MILLIS)).isEqualTo(1000);
        checkBytes(rows, 1, "110 40 10 0");
        checkBytes(rows, 2, "7 0 0 0");
    }

    @Test
    void aFlowOutlivesItsSocketAndItsProcess() {
        RawSampleBuilder begun = exact(1).socket(
                        udp(LOCAL, REMOTE).cookie(4).inode(4).heldBy(10))
                .kernel(datagrams(1, LOCAL, REMOTE, 4, 100, 40).by(10));
        Rows rows = Folds.rows(begun, at(2).kernel(meter(Meter.FLOWS_MAX, 9)), at(30));
        assertThat(rows.snapshot().table().sockets()).isEqualTo(1);
        assertThat(rows.owner(0)).isEqualTo("dig(10) proven");
        checkBytes(rows, 0, "100 40 0 0");
        assertThat(Folds.last(begun, at(60.9)).table().sockets()).isEqualTo(1);
        assertThat(Folds.last(begun, at(61.1)).table().sockets()).isZero();
    }

    private static void checkDirection(String expected, String local, String remote) {
        Rows rows = Folds.rows(exact(1).kernel(datagrams(1, local, remote, 4, 1, 1)));
        assertThat(rows.direction(0)).isEqualTo(expected);
    }

    @Test
    void portsSayWhoServes() {
        checkDirection("in 53", "10.0.0.1:53", "10.0.0.2:40000");
        checkDirection("out 53", LOCAL, REMOTE);
        checkDirection("in 123", "10.0.0.1:123", "10.0.0.2:123");
        checkDirection("unknown -", LOCAL, "10.0.0.2:40000");
        checkDirection("in 53", "10.0.0.1:53", "0.0.0.0:0");
        checkDirection("unknown -", LOCAL, "0.0.0.0:0");
        Rows rows = Folds.rows(exact(1).kernel(datagrams(1, "10.0.0.1:53", "0.0.0.0:0", 4, 1, 1)));
        assertThat(rows.ends(0)).isEqualTo("udp 10.0.0.1:53 -:-");
    }

    @Test
    void theOtherEndIsWhoWaitsThere() {
        Rows rows = Folds.rows(exact(1).process(20, 5, "named")
                .socket(unconnected("127.0.0.1:53").cookie(9).inode(9).heldBy(20))
                .kernel(datagrams(1, "127.0.0.1:40000", "127.0.0.1:53", 4, 1, 1).by(10)));
        assertThat(rows.peer(1)).isEqualTo("named");
    }

    @Test
    void theBoundHoldsAndIsSaid() {
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(100, 100, 100, 100, 100, 1, 20, 8), 7);
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 50; i++) {
            double second = 1 + i / 10.0;
            snapshot = table.fold(exact(second)
                    .kernel(datagrams(second, LOCAL, "10.0.0.2:" + (1 + i), 4, 1, 1))
                    .build());
            assertThat(snapshot.table().size()).isLessThanOrEqualTo(8);
        }
        Rows rows = new Rows(snapshot);
        assertThat(rows.row(40000, 50)).isGreaterThanOrEqualTo(0);
        assertThat(snapshot.degradations()).extracting(Degradation::id).containsExactly("flows");
    }
}
