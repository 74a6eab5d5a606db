package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Where the kernel counts, its counts are shown: ends by bundles, openings by what lives, each once. */
final class ExactCountsTest {
    private static final String LOCAL = "10.0.0.1:40000";
    private static final String REMOTE = "10.0.0.2:80";

    private static Socket watched(double opened) {
        return tcp(LOCAL, REMOTE).cookie(2).inode(22).life(opened, 1);
    }

    /** A sample whose meters say that so many ended since the start. */
    private static RawSampleBuilder exact(double seconds, long ended) {
        return at(seconds).source("ebpf").kernel(meter(Meter.ENDED, ended), meter(Meter.ESTABLISHED, ended));
    }

    private static Kernel ended(int count) {
        return bundle("10.0.0.1", "10.0.0.2", 80, count);
    }

    private static void check(String expected, RawSampleBuilder... samples) {
        Snapshot snapshot = Folds.last(samples);
        assertThat(new Rows(snapshot).counts()).isEqualTo(expected);
        assertThat(snapshot.degradations()).isEmpty();
    }

    @Test
    void whatVanishesCountsNothing() {
        check("opened 0+0 closed 0+0 failed 0+0", exact(1, 0).socket(watched(0)), exact(2, 0));
        Socket attempt = tcp(LOCAL, REMOTE).cookie(2).state(SocketState.SYN_SENT);
        check("opened 0+0 closed 0+0 failed 0+0", exact(1, 0).socket(attempt), exact(2, 0));
        Socket lingering = tcp(LOCAL, REMOTE).cookie(2).state(SocketState.TIME_WAIT);
        check("opened 0+0 closed 0+0 failed 0+0", exact(1, 0), exact(2, 0).socket(lingering));
        check(
                "opened 0+0 closed 0+0 failed 0+0",
                exact(1, 0),
                exact(2, 0).socket(tcp(LOCAL, REMOTE).cookie(2)));
    }

    @Test
    void openingsStandInWhatLivesAndThenInBundles() {
        RawSampleBuilder fresh = exact(2, 0).socket(watched(1.5).set("fresh", 1));
        check("opened 1+1 closed 0+0 failed 0+0", exact(1, 0), fresh);
        check(
                "opened 1+0 closed 0+0 failed 0+0",
                exact(1, 0),
                fresh,
                exact(3, 0).socket(watched(1.5)));
        check("opened 1+0 closed 0+0 failed 0+0", exact(3, 0).socket(watched(1.5)));
        Kernel shown = ended(1).set("opened_now", 0);
        check(
                "opened 1+0 closed 1+1 failed 0+0",
                exact(1, 0),
                fresh,
                exact(3, 1).kernel(shown));
        check("opened 5+0 closed 5+0 failed 0+0", exact(1, 0), exact(2, 5).kernel(ended(5)), exact(3, 5));
        check(
                "opened 5+5 closed 7+7 failed 2+2",
                exact(1, 0),
                exact(2, 7).kernel(ended(5).set("closed", 7).set("failed", 2)));
    }

    @Test
    void aSocketCanLiveSeveralConnections() {
        Socket again = watched(2.5).set("ordinal", 2).set("fresh", 1);
        Rows rows = Folds.rows(
                exact(1, 0),
                exact(2, 0).socket(watched(1.5).set("fresh", 1).set("bytes_received", 1000)),
                exact(3, 1).socket(again.set("bytes_received", 10)).kernel(ended(1).set("opened_now", 0)));
        assertThat(rows.counts()).isEqualTo("opened 2+1 closed 1+1 failed 0+0");
        assertThat(rows.value(0, Column.ORDINAL)).isEqualTo(2);
        assertThat(rows.value(0, Column.RX_RATE)).isEqualTo(10);
        assertThat(rows.value(0, Column.AGE_MILLIS)).isEqualTo(500);
    }

    @Test
    void bundlesAddUpAndHaveBytes() {
        Kernel first = ended(2).set("tx_bytes", 100).set("rx_bytes", 50).set("tx_now", 100);
        Kernel second = ended(3).set("tx_bytes", 1000)
                .set("rx_bytes", 7)
                .set("tx_now", 400)
                .set("rx_now", 6)
                .set("retrans", 3)
                .set("segs_out", 30);
        Rows rows =
                Folds.rows(exact(1, 0), exact(2, 2).kernel(first), exact(4, 5).kernel(second));
        assertThat(rows.snapshot().table().size()).isEqualTo(1);
        assertThat(rows.kind(0)).isEqualTo(RowKind.BUNDLE);
        assertThat(rows.counts()).isEqualTo("opened 5+3 closed 5+3 failed 0+0");
        assertThat(rows.value(0, Column.TX_BYTES)).isEqualTo(1100);
        assertThat(rows.value(0, Column.RX_BYTES)).isEqualTo(57);
        assertThat(rows.value(0, Column.TX_RATE)).isEqualTo(200);
        assertThat(rows.value(0, Column.RX_RATE)).isEqualTo(3);
        assertThat(rows.value(0, Column.RETRANS)).isEqualTo(3);
        assertThat(rows.value(0, Column.SEGS_OUT)).isEqualTo(30);
    }

    private static void checkBundle(String expected, RawSampleBuilder sample) {
        Rows rows = Folds.rows(sample);
        int row = rows.snapshot().table().sockets();
        assertThat(rows.direction(row) + " " + rows.owner(row)).isEqualTo(expected);
    }

    @Test
    void ofAnMptcpConnectionTheMptcpSocketCounts() {
        Socket socket = watched(1.5).set("mptcp", 1).set("mptcp_token", 7).set("fresh", 1);
        Socket part =
                watched(1.5).cookie(3).set("mptcp", 2).set("mptcp_token", 7).set("fresh", 1);
        check("opened 1+1 closed 0+0 failed 0+0", exact(1, 0), exact(2, 0).sockets(socket, part));
        check("opened 0+0 closed 0+0 failed 0+0", exact(1, 0), exact(2, 0).sockets(part));
        Kernel bytes = ended(0).set("mptcp", 2).set("tx_bytes", 9);
        Rows rows = Folds.rows(exact(1, 0), exact(2, 1).kernel(ended(1).set("mptcp", 1), bytes));
        assertThat(rows.counts()).isEqualTo("opened 1+1 closed 1+1 failed 0+0");
        assertThat(rows.ends(0)).isEqualTo("mptcp 10.0.0.1:- 10.0.0.2:-");
        assertThat(rows.ends(1)).isEqualTo("tcp 10.0.0.1:- 10.0.0.2:-");
        assertThat(rows.value(1, Column.TX_BYTES)).isEqualTo(9);
    }

    @Test
    void bundlesNameTheirOwners() {
        checkBundle("out 80 curl(10) proven", exact(1, 1).process(10, 5, "curl").kernel(ended(1).by(10)));
        checkBundle(
                "out 80 curl(10) inferred",
                exact(1, 1).process(10, 5, "curl").kernel(ended(1).by(10).set("proof", 1)));
        checkBundle("out 80 - unknown", exact(1, 1).kernel(ended(1)));
        checkBundle(
                "unknown - - unknown",
                exact(1, 1).kernel(ended(1).set("netns", 0).set("direction", 0)));
    }

    @Test
    void whatNobodyAcceptedBelongsToTheListener() {
        Socket listener = listen("0.0.0.0:80").cookie(9).inode(9).heldBy(20);
        RawSampleBuilder sample = exact(1, 1).process(20, 5, "nginx").socket(listener);
        checkBundle("in 80 nginx(20) inferred", sample.kernel(ended(1).in()));
        RawSampleBuilder other = exact(1, 1).process(20, 5, "nginx").socket(listener);
        checkBundle("in 81 - unknown", other.kernel(ended(1).in().set("port", 81)));
    }

    /** A server that ends takes its listener along, and what came last was its own all the same. */
    @Test
    void whatNobodyAcceptedBelongsToWhoListenedBefore() {
        Socket listener = listen("0.0.0.0:80").cookie(9).inode(9).heldBy(20);
        Rows rows = Folds.rows(
                exact(1, 0).process(20, 5, "nginx").socket(listener),
                exact(2, 1).kernel(ended(1).in()),
                exact(3, 2).kernel(ended(1).in()));
        assertThat(rows.snapshot().table().size()).isEqualTo(2);
        assertThat(rows.owner(0)).isEqualTo("nginx(20) inferred");
        assertThat(rows.owner(1)).isEqualTo("- unknown");
    }

    @Test
    void theKernelSaysWhoOpenedAndWhoOwns() {
        Rows rows = Folds.rows(exact(1, 0)
                .process(10, 5, "parent")
                .process(11, 6, "child")
                .process(12, 7, "gone")
                .sockets(
                        watched(0.5).heldBy(10, 11).by(10, 2),
                        watched(0.5).cookie(3).heldBy(11).by(12, 2),
                        watched(0.5).cookie(4).inode(0).by(12, 2).set("connect_us", 70),
                        watched(0.5).cookie(5).heldBy(10).by(10, 1).set("direction", 2)));
        assertThat(rows.owner(0)).isEqualTo("parent(10) proven");
        assertThat(rows.owner(1)).isEqualTo("child(11) proven");
        assertThat(rows.owner(2)).isEqualTo("gone(12) proven");
        assertThat(rows.value(2, Column.CONNECT_MICROS)).isEqualTo(70);
        assertThat(rows.text(1, Column.CONNECT_MICROS)).isEqualTo("-");
        assertThat(rows.owner(3)).isEqualTo("parent(10) proven");
        assertThat(rows.direction(0)).isEqualTo("out 80");
        assertThat(rows.direction(3)).isEqualTo("in 40000");
    }

    private static Snapshot sums(String expected, boolean exact, RawSampleBuilder... samples) {
        Snapshot snapshot = Folds.last(samples);
        assertThat(new Rows(snapshot).counts()).isEqualTo(expected);
        assertThat(snapshot.exactCounts()).isEqualTo(exact);
        return snapshot;
    }

    @Test
    void countsGoOnWhereTheSourceChanges() {
        Socket bare = tcp(LOCAL, REMOTE).cookie(2).inode(22);
        RawSampleBuilder begun =
                exact(2, 5).socket(watched(1.5).set("fresh", 1)).kernel(ended(5));
        sums("opened 6+6 closed 5+5 failed 0+0", true, exact(1, 0), begun);
        sums("opened 6+0 closed 5+0 failed 0+0", false, exact(1, 0), begun, at(3).socket(bare));
        sums("opened 6+0 closed 6+1 failed 0+0", false, exact(1, 0), begun, at(3).socket(bare), at(4));
        sums("opened 6+0 closed 6+1 failed 0+0", false, exact(1, 0), begun, at(3));
        Socket lingering = tcp(LOCAL, REMOTE).cookie(2).state(SocketState.TIME_WAIT);
        RawSampleBuilder end = exact(3, 6).socket(lingering).kernel(ended(1).set("opened_now", 0));
        sums("opened 6+0 closed 6+1 failed 0+0", true, exact(1, 0), begun, end);
        sums("opened 6+0 closed 6+0 failed 0+0", false, exact(1, 0), begun, end, at(4).socket(lingering), at(5));
    }

    @Test
    void countsGoOnWhereTheKernelBeginsToCount() {
        Socket bare = tcp(LOCAL, REMOTE).cookie(2).inode(22);
        Socket older = watched(0);
        sums(
                "opened 1+0 closed 0+0 failed 0+0",
                false,
                at(1),
                at(2).socket(bare),
                exact(3, 0).socket(older));
        sums(
                "opened 1+0 closed 1+1 failed 0+0",
                false,
                at(1),
                at(2).socket(bare),
                exact(3, 0).socket(older),
                exact(4, 1).kernel(ended(1).set("opened", 0).set("opened_now", 0)));
    }

    private static void checkLedger(String expected, long lost, RawSampleBuilder... samples) {
        Snapshot snapshot = Folds.last(samples);
        List<Degradation> said = snapshot.degradations();
        assertThat(said.stream().map(each -> each.id() + " " + each.missing()).toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
        assertThat(snapshot.lost()).isEqualTo(lost);
    }

    private static RawSampleBuilder metered(double second, long start, long begun, long live, long ended, long lost) {
        return at(second)
                .kernel(
                        meter(Meter.LIVE_AT_START, start),
                        meter(Meter.ESTABLISHED, begun),
                        meter(Meter.LIVE, live),
                        meter(Meter.ENDED, ended),
                        meter(Meter.LOST, lost));
    }

    @Test
    void whatDoesNotAddUpIsSaid() {
        checkLedger("", 0, metered(1, 5, 10, 12, 3, 0).kernel(ended(3)));
        checkLedger("", 2, metered(1, 5, 10, 12, 1, 2).kernel(ended(1)));
        checkLedger("conservation 1 connections", 0, metered(1, 5, 10, 11, 3, 0).kernel(ended(3)));
        checkLedger("conservation 2 connections", 0, metered(1, 5, 10, 14, 3, 0).kernel(ended(3)));
    }

    @Test
    void endsThatDidNotComeInAreSaidAndLost() {
        RawSampleBuilder first = metered(1, 5, 10, 12, 3, 0).kernel(ended(3));
        checkLedger("", 0, first, metered(2, 5, 20, 12, 13, 0).kernel(ended(10)));
        checkLedger(
                "conservation 4 ended connections",
                4,
                first,
                metered(2, 5, 20, 12, 13, 0).kernel(ended(6)));
        RawSampleBuilder later = metered(3, 5, 21, 12, 14, 0).kernel(ended(1));
        checkLedger(
                "conservation 4 ended connections",
                4,
                first,
                metered(2, 5, 20, 12, 13, 0).kernel(ended(6)),
                later);
        checkLedger("", 0, later);
        checkLedger("", 0, first, metered(2, 0, 2, 0, 2, 0).kernel(ended(2)));
    }

    @Test
    void samplesThatAreSkippedAreNotMissing() {
        FlowTable table = Folds.table();
        table.fold(metered(1, 5, 10, 12, 3, 0).kernel(ended(3)).build());
        table.skip();
        Snapshot snapshot =
                table.fold(metered(9, 5, 90, 12, 83, 0).kernel(ended(6)).build());
        assertThat(snapshot.degradations()).isEmpty();
        assertThat(snapshot.lost()).isZero();
    }

    @Test
    void metersAreHandedOn() {
        Snapshot snapshot = Folds.last(exact(1, 7)
                .kernel(
                        ended(7),
                        meter(Meter.RING_BYTES, 77),
                        Kernel.program("set_state").set("runs", 5)));
        assertThat(snapshot.meters().value(Meter.ENDED)).isEqualTo(7);
        assertThat(snapshot.meters().value(Meter.RING_BYTES)).isEqualTo(77);
        assertThat(snapshot.meters().programs()).singleElement().satisfies(program -> {
            assertThat(program.name().value()).isEqualTo("set_state");
            assertThat(program.runs()).isEqualTo(5);
        });
        assertThat(Folds.last(exact(1, 0), at(2)).meters().isEmpty()).isTrue();
    }
}
