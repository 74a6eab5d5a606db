package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** An MPTCP connection is counted once, and what it is made of carries its bytes. */
final class SubflowsTest {
    private static final long TOKEN = 0xfedcba98L;

    private static Socket subflow(int cookie, String local, String remote) {
        return tcp(local, remote)
                .cookie(cookie)
                .set("mptcp", SocketRecord.MPTCP_SUBFLOW)
                .set("mptcp_token", TOKEN)
                .present(SocketRecord.HAS_MPTCP);
    }

    private static Socket whole(int cookie) {
        return tcp("10.0.0.1:4000", "10.0.0.2:80")
                .cookie(cookie)
                .inode(7)
                .heldBy(10)
                .set("mptcp", SocketRecord.MPTCP_SOCKET)
                .set("mptcp_token", TOKEN)
                .set("bytes_acked", 0x7777)
                .set("rtt_us", 0x7777)
                .present(SocketRecord.HAS_MPTCP);
    }

    private static RawSampleBuilder sample(double second, Socket... sockets) {
        return at(second).process(10, 100, "app").sockets(sockets);
    }

    private static Socket[] connection() {
        return new Socket[] {
            subflow(1, "10.0.0.1:4000", "10.0.0.2:80")
                    .inode(7)
                    .set("bytes_acked", 51)
                    .set("bytes_sent", 50)
                    .set("rtt_us", 300),
            subflow(2, "10.0.1.1:4001", "10.0.0.2:80"),
            whole(3)
        };
    }

    private static double sum(MeasureField field, Snapshot snapshot) {
        double sum = 0;
        for (int row = 0; row < snapshot.table().size(); row++) {
            double value = field.value().read(snapshot, row);
            sum += Double.isNaN(value) ? 0 : value;
        }
        return sum;
    }

    @Test
    void countsOnce() {
        Snapshot snapshot = Folds.last(sample(1, connection()));
        Rows rows = new Rows(snapshot);
        assertThat(sum(CountFields.CONNS, snapshot)).isEqualTo(1);
        assertThat(sum(CountFields.ESTAB, snapshot)).isEqualTo(1);
        assertThat(rows.kind(0)).isEqualTo(RowKind.SUBFLOW);
        assertThat(rows.kind(2)).isEqualTo(RowKind.CONNECTION);
        assertThat(rows.value(0, Column.PROTOCOL)).isEqualTo(Protocol.TCP.ordinal());
        assertThat(rows.value(2, Column.PROTOCOL)).isEqualTo(Protocol.MPTCP.ordinal());
    }

    @Test
    void theTokenTellsWhatBelongsTogether() {
        Rows rows = Folds.rows(
                sample(1, connection()).socket(tcp("10.0.0.1:1", "10.0.0.2:2").cookie(9)));
        assertThat(rows.value(0, Column.MPTCP_TOKEN)).isEqualTo(TOKEN);
        assertThat(rows.value(2, Column.MPTCP_TOKEN)).isEqualTo(TOKEN);
        assertThat(rows.text(3, Column.MPTCP_TOKEN)).isEqualTo("-");
    }

    @Test
    void whatTheKernelShowsOfTheWholeIsNoTcpInfo() {
        Rows rows = Folds.rows(sample(1, connection()));
        assertThat(rows.text(0, Column.RTT)).isEqualTo("300");
        assertThat(rows.text(0, Column.TX_BYTES)).isEqualTo("50");
        for (Column column : new Column[] {Column.RTT, Column.TX_BYTES, Column.RECVQ, Column.CWND, Column.VERDICT}) {
            assertThat(rows.text(2, column)).as("%s", column).isEqualTo("-");
        }
    }

    @Test
    void ownerAndOpenerAreShared() {
        Rows rows = Folds.rows(sample(1, connection()), sample(2, connection()));
        assertThat(rows.owner(1)).isEqualTo("app(10) proven");
        assertThat(rows.direction(0)).isEqualTo("out 80");
        assertThat(rows.direction(2)).isEqualTo("out 80");
    }

    @Test
    void opensAndClosesOnce() {
        assertThat(Folds.rows(sample(0), sample(1, connection())).counts())
                .isEqualTo("opened 1+1 closed 0+0 failed 0+0");
        assertThat(Folds.rows(sample(0), sample(1, connection()), sample(2)).counts())
                .isEqualTo("opened 1+0 closed 1+1 failed 0+0");
        Socket[] attempt = {
            subflow(1, "10.0.0.1:4000", "10.0.0.2:80")
                    .state(SocketState.SYN_SENT)
                    .set("mptcp_token", 0),
            whole(3).state(SocketState.SYN_SENT).set("mptcp_token", 0)
        };
        assertThat(Folds.rows(sample(0), sample(1, attempt), sample(2)).counts())
                .isEqualTo("opened 0+0 closed 0+0 failed 1+1");
    }

    @Test
    void whereTheWholeIsNotListedItsPartsCount() {
        Socket[] parts = {connection()[0], connection()[1]};
        Snapshot snapshot = Folds.last(sample(0), sample(1, parts));
        assertThat(sum(CountFields.CONNS, snapshot)).isEqualTo(2);
        assertThat(new Rows(snapshot).counts()).isEqualTo("opened 2+2 closed 0+0 failed 0+0");
        assertThat(Folds.rows(sample(0), sample(1, parts), sample(2)).counts())
                .isEqualTo("opened 2+0 closed 2+2 failed 0+0");
    }

    @Test
    void aListenerCountsOnce() {
        Socket part = listen("0.0.0.0:80").cookie(1).inode(7).set("mptcp", SocketRecord.MPTCP_SUBFLOW);
        Socket whole = listen("0.0.0.0:80").cookie(2).inode(7).heldBy(10).set("mptcp", SocketRecord.MPTCP_SOCKET);
        Socket other = listen("0.0.0.0:81").cookie(3).inode(8).heldBy(10);
        Snapshot snapshot = Folds.last(sample(1, part, whole, other));
        assertThat(sum(CountFields.LISTENERS, snapshot)).isEqualTo(2);
        assertThat(new Rows(snapshot).kind(0)).isEqualTo(RowKind.SUBFLOW);
        assertThat(new Rows(snapshot).kind(2)).isEqualTo(RowKind.LISTENER);
    }

    @Test
    void tokensAreOfOneNamespace() {
        Snapshot snapshot = Folds.last(sample(1, connection()[0].set("netns", 9), whole(3)));
        assertThat(sum(CountFields.CONNS, snapshot)).isEqualTo(2);
    }

    @Test
    void bothEndsHere() {
        Socket other = tcp("10.0.0.2:80", "10.0.0.1:4000")
                .cookie(4)
                .inode(8)
                .heldBy(11)
                .set("mptcp", SocketRecord.MPTCP_SOCKET)
                .set("mptcp_token", 5)
                .present(SocketRecord.HAS_MPTCP);
        Rows rows = Folds.rows(sample(1, whole(3), other).process(11, 200, "server"));
        assertThat(rows.peer(0)).isEqualTo("server");
        assertThat(rows.peer(1)).isEqualTo("app");
    }
}
