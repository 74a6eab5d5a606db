package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Names;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.support.RawSampleBuilder;
import shawk.support.Rows;

/** Every table is bounded; what is dropped is counted and said, and counts are never lost. */
final class BoundsTest {
    private static FlowTable table(FlowLimits limits) {
        return new FlowTable(Names.NONE, limits, 7);
    }

    private static RawSampleBuilder peer(int second, int peer) {
        return at(second)
                .process(10, 1, "client")
                .socket(tcp("10.0.0.1:40000", "10.0." + (peer >> 8) + "." + (peer & 255) + ":80")
                        .cookie(100 + peer)
                        .inode(100 + peer)
                        .heldBy(10));
    }

    private static int bundles(Snapshot snapshot) {
        return snapshot.table().size() - snapshot.table().sockets();
    }

    @Test
    void bundlesLoseTheirPeersButNoCounts() {
        FlowTable table = table(new FlowLimits(1000, 1000, 1000, 8, 1000));
        table.fold(at(1).build());
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 100; i++) {
            snapshot = table.fold(peer(i + 2, i).build());
            assertThat(bundles(snapshot)).isLessThanOrEqualTo(8);
        }
        Rows rows = new Rows(snapshot);
        assertThat(rows.counts()).isEqualTo("opened 100+1 closed 99+1 failed 0+0");
        assertThat(snapshot.degradations()).extracting(Degradation::id).containsExactly("bundles");
        int peerless = snapshot.table().sockets();
        while (snapshot.table().has(Column.RADDR_LOW, peerless)) {
            peerless++;
        }
        assertThat(rows.value(peerless, Column.KIND)).isEqualTo(RowKind.BUNDLE.ordinal());
        assertThat(rows.owner(peerless)).isEqualTo("client(10) proven");
        assertThat(rows.direction(peerless)).isEqualTo("out 80");
        assertThat(rows.value(peerless, Column.CLOSED)).isGreaterThan(80);
    }

    @Test
    void bundlesOfManyProcessesLoseTheirOwnersButNoCounts() {
        FlowTable table = table(new FlowLimits(1000, 1000, 1000, 8, 1000));
        table.fold(at(1).build());
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 100; i++) {
            snapshot = table.fold(at(i + 2)
                    .process(1000 + i, i, "p" + i)
                    .socket(tcp("10.0.0.1:40000", "10.0.0.2:80")
                            .cookie(100 + i)
                            .inode(9)
                            .heldBy(1000 + i))
                    .build());
            assertThat(bundles(snapshot)).isLessThanOrEqualTo(9);
        }
        assertThat(new Rows(snapshot).counts()).isEqualTo("opened 100+1 closed 99+1 failed 0+0");
    }

    @Test
    void endedProcessesRollUpByName() {
        FlowTable table = table(new FlowLimits(1000, 1000, 4, 1000, 1000));
        table.fold(at(1).build());
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 50; i++) {
            snapshot = table.fold(at(i + 2)
                    .process(1000 + i, i, "curl")
                    .socket(tcp("10.0.0.1:40000", "10.0.0.2:80")
                            .cookie(100 + i)
                            .inode(9)
                            .heldBy(1000 + i))
                    .build());
            assertThat(snapshot.processes().size()).isLessThanOrEqualTo(6);
        }
        Rows rows = new Rows(snapshot);
        assertThat(rows.counts()).isEqualTo("opened 50+1 closed 49+1 failed 0+0");
        long rolledUp = 0;
        for (int row = snapshot.table().sockets(); row < snapshot.table().size(); row++) {
            if (rows.owner(row).equals("curl(0) proven")) {
                rolledUp += rows.value(row, Column.CLOSED);
            }
        }
        assertThat(rolledUp).isGreaterThanOrEqualTo(44);
    }

    @Test
    void lingeringSocketsOfEndedProcessesRollUpToo() {
        FlowTable table = table(new FlowLimits(1000, 1000, 2, 1000, 1000));
        RawSampleBuilder first = at(1);
        RawSampleBuilder second = at(2);
        for (int i = 0; i < 20; i++) {
            first.process(1000 + i, i, "curl");
            first.socket(tcp("10.0.0.1:" + (40000 + i), "10.0.0.2:80")
                    .cookie(i + 1)
                    .inode(i + 1)
                    .heldBy(1000 + i));
            second.socket(
                    tcp("10.0.0.1:" + (40000 + i), "10.0.0.2:80").cookie(i + 1).set("timer", 3));
        }
        table.fold(first.build());
        Snapshot snapshot = table.fold(second.build());
        assertThat(new Rows(snapshot).owner(0)).isEqualTo("curl(0) inferred");
        assertThat(snapshot.processes()).hasSize(1);
    }

    @Test
    void processesAndSocketsBeyondTheBoundAreCounted() {
        FlowTable table = table(new FlowLimits(3, 2, 4, 1000, 1000));
        RawSampleBuilder sample = at(1);
        for (int i = 0; i < 5; i++) {
            sample.process(1000 + i, i, "p" + i);
            sample.socket(tcp("10.0.0.1:40000", "10.0.0.2:80")
                    .cookie(i + 1)
                    .inode(i + 1)
                    .heldBy(1000 + i));
        }
        Snapshot snapshot = table.fold(sample.build());
        Rows rows = new Rows(snapshot);
        assertThat(snapshot.table().sockets()).isEqualTo(3);
        assertThat(rows.owner(1)).isEqualTo("p1(1001) proven");
        assertThat(rows.owner(2)).isEqualTo("- unknown");
        assertThat(snapshot.degradations())
                .extracting(Degradation::missing)
                .containsExactly("2 sockets", "names of 3 processes");
    }

    @Test
    void textsThatNobodyUsesAreDropped() {
        FlowTable table = table(new FlowLimits(1000, 1000, 2, 1000, 20));
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 100; i++) {
            snapshot = table.fold(at(i + 1)
                    .process(10, i, "name" + i)
                    .socket(tcp("10.0.0.1:40000", "10.0.0.2:80")
                            .cookie(1)
                            .inode(9)
                            .heldBy(10))
                    .build());
            assertThat(snapshot.texts().size()).isLessThanOrEqualTo(26);
        }
        assertThat(new Rows(snapshot).owner(0)).isEqualTo("name99(10) proven");
        assertThat(snapshot.texts().text(snapshot.processTexts().name(0)).value())
                .isEqualTo("name99");
    }
}
