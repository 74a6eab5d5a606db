package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.RawSample;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** What has opened, ended and failed, as samples show it. */
final class LivesTest {
    private static Socket open() {
        return tcp("10.0.0.1:40000", "10.0.0.2:80").cookie(2).inode(22);
    }

    private static Socket in(SocketState state) {
        return tcp("10.0.0.1:40000", "10.0.0.2:80").cookie(2).inode(22).state(state);
    }

    private static void check(String expected, RawSampleBuilder... samples) {
        assertThat(Folds.rows(samples).counts()).isEqualTo(expected);
    }

    @Test
    void whatIsOlderThanTheFirstSampleHasNotBeenSeenToOpen() {
        check("opened 0+0 closed 0+0 failed 0+0", at(1).socket(open()));
        check("opened 0+0 closed 0+0 failed 0+0", at(1).socket(open()), at(2).socket(open()));
        check("opened 0+0 closed 1+1 failed 0+0", at(1).socket(open()), at(2));
        check("opened 0+0 closed 1+0 failed 0+0", at(1).socket(open()), at(2), at(3));
    }

    @Test
    void openingsAreCountedOnce() {
        check("opened 1+1 closed 0+0 failed 0+0", at(1), at(2).socket(open()));
        check("opened 1+0 closed 0+0 failed 0+0", at(1), at(2).socket(open()), at(3).socket(open()));
        check("opened 1+0 closed 1+1 failed 0+0", at(1), at(2).socket(open()), at(3));
        check("opened 1+1 closed 0+0 failed 0+0", at(1).socket(in(SocketState.SYN_SENT)), at(2).socket(open()));
        check("opened 1+1 closed 0+0 failed 0+0", at(1).socket(in(SocketState.SYN_RECV)), at(2).socket(open()));
    }

    @Test
    void timeWaitIsTheEnd() {
        RawSampleBuilder lingering = at(3).socket(in(SocketState.TIME_WAIT).inode(0));
        check("opened 1+0 closed 1+1 failed 0+0", at(1), at(2).socket(open()), lingering);
        check("opened 1+0 closed 1+0 failed 0+0", at(1), at(2).socket(open()), lingering, at(4));
        RawSampleBuilder halfClosed =
                at(3).socket(in(SocketState.FIN_WAIT2).inode(0).set("timer", 3));
        check("opened 1+0 closed 1+1 failed 0+0", at(1), at(2).socket(open()), halfClosed);
    }

    @Test
    void whatShowsUpInTimeWaitHasOpenedAndEndedInBetween() {
        RawSampleBuilder lingering = at(2).socket(in(SocketState.TIME_WAIT).inode(0));
        check("opened 1+1 closed 1+1 failed 0+0", at(1), lingering);
        check("opened 1+0 closed 1+0 failed 0+0", at(1), lingering, at(3));
        check("opened 0+0 closed 0+0 failed 0+0", lingering);
    }

    @Test
    void anAttemptThatIsGoneHasFailed() {
        Socket attempt = in(SocketState.SYN_SENT);
        check("opened 0+0 closed 0+0 failed 1+1", at(1).socket(attempt), at(2));
        check("opened 0+0 closed 0+0 failed 1+0", at(1).socket(attempt), at(2), at(3));
        Socket again = tcp("10.0.0.1:40001", "10.0.0.2:80").cookie(2).state(SocketState.SYN_SENT);
        check("opened 0+0 closed 0+0 failed 1+1", at(1).socket(attempt), at(2).socket(again));
        check("opened 0+0 closed 0+0 failed 0+0", at(1).socket(in(SocketState.SYN_RECV)), at(2));
    }

    @Test
    void aSocketCanLiveSeveralConnections() {
        Socket back = in(SocketState.SYN_SENT);
        check("opened 1+0 closed 1+1 failed 0+0", at(1), at(2).socket(open()), at(3).socket(back));
        Socket other = tcp("10.0.0.1:40000", "10.0.0.3:80").cookie(2).inode(22);
        check("opened 2+1 closed 1+1 failed 0+0", at(1), at(2).socket(open()), at(3).socket(other));
        Socket first = udp("10.0.0.1:40000", "10.0.0.2:53").cookie(4);
        Socket second = udp("10.0.0.1:40000", "10.0.0.3:53").cookie(4);
        check("opened 1+1 closed 1+1 failed 0+0", at(1).socket(first), at(2).socket(second));
        check(
                "opened 1+1 closed 0+0 failed 0+0",
                at(1).socket(unconnected("0.0.0.0:40000").cookie(4)),
                at(2).socket(first));
        check(
                "opened 0+0 closed 1+1 failed 0+0",
                at(1).socket(first),
                at(2).socket(unconnected("0.0.0.0:40000").cookie(4)));
    }

    @Test
    void listenersNeitherOpenNorEnd() {
        check(
                "opened 0+0 closed 0+0 failed 0+0",
                at(1),
                at(2).socket(listen("0.0.0.0:80").cookie(9)),
                at(3));
    }

    @Test
    void whatCouldNotBeReadIsNotGone() {
        check("opened 0+0 closed 0+0 failed 0+0", at(1).socket(open()), at(2).unread(RawSample.TCP4));
        check(
                "opened 0+0 closed 0+0 failed 0+0",
                at(1).socket(open()),
                at(2).unread(RawSample.TCP4),
                at(3).socket(open()));
        check("opened 0+0 closed 1+1 failed 0+0", at(1).socket(open()), at(2).unread(RawSample.TCP6));
        check("opened 0+0 closed 0+0 failed 0+0", at(1).unread(RawSample.TCP4), at(2).socket(open()));
        RawSampleBuilder denied = at(2).namespace(RawSampleBuilder.NETNS, 13, 0, 0);
        check("opened 0+0 closed 0+0 failed 0+0", at(1).socket(open()), denied, at(3).socket(open()));
        check("opened 0+0 closed 0+0 failed 0+0", denied, at(3).socket(open()));
    }

    @Test
    void whatOneNamespaceCouldNotReadIsNotGoneThere() {
        Socket there = open().set("netns", 7);
        RawSampleBuilder both =
                at(1).namespace(RawSampleBuilder.NETNS, 0).namespace(7, 0).sockets(open(), there);
        RawSampleBuilder failed = at(2).namespace(RawSampleBuilder.NETNS, 0).namespace(7, RawSample.TCP4);
        check("opened 0+0 closed 1+1 failed 0+0", both, failed);
        RawSampleBuilder again =
                at(3).namespace(RawSampleBuilder.NETNS, 0).namespace(7, 0).socket(there);
        check("opened 0+0 closed 1+0 failed 0+0", both, failed, again);
        check("opened 0+0 closed 0+0 failed 0+0", failed, again);
        RawSampleBuilder other =
                at(2).namespace(RawSampleBuilder.NETNS, RawSample.TCP4).namespace(7, RawSample.TCP6);
        check("opened 0+0 closed 1+1 failed 0+0", both, other);
    }

    @Test
    void aNamespaceThatIsGoneTakesItsConnectionsAlong() {
        RawSampleBuilder two = at(1).namespace(RawSampleBuilder.NETNS, 0, 1, 2).namespace(7, 0, 1, 2);
        check("opened 0+0 closed 1+1 failed 0+0", two.socket(open().set("netns", 7)), at(2));
    }

    @Test
    void anotherSourceChangesNothing() {
        Socket bare = tcp("10.0.0.1:40000", "10.0.0.2:80").inode(22);
        RawSampleBuilder before = at(1);
        check(
                "opened 1+0 closed 0+0 failed 0+0",
                before,
                at(2).socket(open()),
                at(3).source("proc").socket(bare));
        check(
                "opened 1+0 closed 0+0 failed 0+0",
                before,
                at(2).socket(open()),
                at(3).source("proc").socket(bare),
                at(4).socket(open()));
    }

    @Test
    void aSocketThatStandsTwiceIsOneRow() {
        Rows rows = Folds.rows(at(1), at(2).sockets(in(SocketState.SYN_RECV).inode(0), open()));
        assertThat(rows.row(40000, 80)).isZero();
        assertThat(rows.state(0)).isEqualTo(SocketState.ESTABLISHED);
        assertThat(rows.counts()).isEqualTo("opened 1+1 closed 0+0 failed 0+0");
    }

    @Test
    void ageIsKnownWhereTheOpeningWasSeen() {
        assertThat(Folds.rows(at(1).socket(open())).text(0, Column.AGE_MILLIS)).isEqualTo("-");
        assertThat(Folds.rows(at(1), at(2).socket(open()), at(4).socket(open())).text(0, Column.AGE_MILLIS))
                .isEqualTo("2000");
        Socket told = open().present(SocketRecord.HAS_INFO)
                .set("last_data_sent_ms", 400)
                .set("last_data_recv_ms", 300)
                .set("last_ack_recv_ms", 5_000_000);
        Rows rows = Folds.rows(at(1), at(2).socket(told));
        assertThat(rows.text(0, Column.AGE_MILLIS)).isEqualTo("400");
        assertThat(rows.text(0, Column.IDLE_MILLIS)).isEqualTo("300");
    }

    @Test
    void kindsOfRows() {
        Rows rows = Folds.rows(at(1).sockets(
                        open(),
                        in(SocketState.TIME_WAIT).cookie(3),
                        in(SocketState.FIN_WAIT2).cookie(4).set("timer", 3),
                        listen("0.0.0.0:80").cookie(5),
                        unconnected("0.0.0.0:53").cookie(6),
                        udp("10.0.0.1:40000", "10.0.0.2:53").cookie(7),
                        tcp("0.0.0.0:9", "0.0.0.0:0").cookie(8).state(SocketState.CLOSE),
                        in(SocketState.SYN_RECV).cookie(9)));
        RowKind[] expected = {
            RowKind.CONNECTION,
            RowKind.TIME_WAIT,
            RowKind.TIME_WAIT,
            RowKind.LISTENER,
            RowKind.LISTENER,
            RowKind.CONNECTION,
            RowKind.CLOSED,
            RowKind.CONNECTION
        };
        for (int row = 0; row < expected.length; row++) {
            assertThat(rows.kind(row)).as("row %s", row).isEqualTo(expected[row]);
        }
        assertThat(rows.state(2)).isEqualTo(SocketState.FIN_WAIT2);
        assertThat(rows.state(4)).isEqualTo(SocketState.UNCONN);
    }
}
