package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static shawk.support.RawSampleBuilder.Unix.listen;
import static shawk.support.RawSampleBuilder.Unix.stream;
import static shawk.support.RawSampleBuilder.at;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.RawText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.support.HostileNames;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.RawSampleBuilder.Unix;
import shawk.support.Rows;

/** Names, ends, owners and lives of unix sockets. */
final class UnixSocketsTest {
    private static final String PATH = "/run/php.sock";

    private static RawSampleBuilder sample(double second, Unix... sockets) {
        return at(second).process(10, 100, "nginx").process(11, 200, "php").unix(sockets);
    }

    /** What a row says: state, kind, direction, path, owner, peer. */
    private static String row(Rows rows, int row) {
        return rows.state(row) + " " + rows.kind(row) + " "
                + Direction.values()[(int) rows.value(row, Column.DIRECTION)].id() + " " + path(rows.snapshot(), row)
                + " "
                + rows.owner(row) + " " + rows.peer(row);
    }

    private static String path(Snapshot snapshot, int row) {
        long path = snapshot.table().value(Column.PATH, row);
        return path == SocketTable.ABSENT ? "-" : snapshot.texts().text(path).value();
    }

    private static void check(int row, String expected, Unix... sockets) {
        assertThat(row(Folds.rows(sample(1, sockets)), row)).isEqualTo(expected);
    }

    private static Unix[] connection() {
        return new Unix[] {
            stream(20, 21).heldBy(10),
            stream(21, 20).name(PATH).heldBy(11),
            listen(22, PATH).heldBy(11)
        };
    }

    @Test
    void twoEndsAndWhatListens() {
        check(0, "ESTABLISHED CONNECTION out " + PATH + " nginx(10) proven php", connection());
        check(1, "ESTABLISHED CONNECTION in " + PATH + " php(11) proven nginx", connection());
        check(2, "LISTEN LISTENER listen " + PATH + " php(11) proven -", connection());
    }

    /** A name may be bound anew each time that its file was removed. */
    @Test
    void thousandsThatWaitUnderOneName() {
        int count = 150_000;
        Unix[] all = new Unix[2 * count];
        for (int i = 0; i < count; i++) {
            all[i] = listen(1 + i, PATH).heldBy(11);
            all[count + i] = stream(1 + count + i, 0).name(PATH).heldBy(11);
        }
        Rows rows = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Folds.rows(sample(1, all)));
        assertThat(row(rows, 2 * count - 1)).isEqualTo("ESTABLISHED CONNECTION in " + PATH + " php(11) proven -");
    }

    @Test
    void aPairHasNoNameAndNoOpener() {
        check(
                0,
                "ESTABLISHED CONNECTION unknown - nginx(10) proven php",
                stream(20, 21).heldBy(10),
                stream(21, 20).heldBy(11));
    }

    @Test
    void aClientMayHaveANameToo() {
        Unix client = stream(20, 21).name("/run/client").heldBy(10);
        Unix server = stream(21, 20).name(PATH).heldBy(11);
        check(0, "ESTABLISHED CONNECTION out /run/client nginx(10) proven php", client, server, listen(22, PATH));
        check(1, "ESTABLISHED CONNECTION in " + PATH + " php(11) proven nginx", client, server, listen(22, PATH));
        check(0, "ESTABLISHED CONNECTION unknown /run/client nginx(10) proven php", client, server);
    }

    @Test
    void theListenerMayBeGone() {
        check(0, "ESTABLISHED CONNECTION out " + PATH + " nginx(10) proven php", connection()[0], connection()[1]);
        check(1, "ESTABLISHED CONNECTION in " + PATH + " php(11) proven nginx", connection()[0], connection()[1]);
    }

    @Test
    void datagrams() {
        Unix log = stream(30, 0).name("/dev/log").set("type", 2).set("state", 7).heldBy(11);
        Unix writer = stream(31, 30).set("type", 2).heldBy(10);
        check(0, "UNCONN LISTENER listen /dev/log php(11) proven -", log, writer);
        check(1, "ESTABLISHED CONNECTION out /dev/log nginx(10) proven php", log, writer);
    }

    @Test
    void notConnectedAndNotAccepted() {
        check(
                0,
                "CLOSE CLOSED unknown - nginx(10) proven -",
                stream(20, 0).set("state", 7).heldBy(10));
        Unix waiting = stream(0, 20).name(PATH);
        check(
                0,
                "ESTABLISHED CONNECTION in " + PATH + " php(11) inferred nginx",
                waiting,
                connection()[2],
                stream(20, 0).heldBy(10));
    }

    @Test
    void whatItIs() {
        Rows rows = Folds.rows(sample(
                1, connection()[0].set("rqueue", 5).set("wqueue", 6).set("uid", 33), listen(22, "\0abstract\0x")));
        assertThat(rows.value(0, Column.PROTOCOL)).isEqualTo(Protocol.UNIX.ordinal());
        assertThat(rows.value(0, Column.FAMILY)).isEqualTo(Family.UNIX.ordinal());
        assertThat(rows.text(0, Column.RECVQ) + " " + rows.text(0, Column.SENDQ) + " " + rows.text(0, Column.UID))
                .isEqualTo("5 6 33");
        for (Column column : new Column[] {Column.LADDR_LOW, Column.RADDR_LOW, Column.LPORT, Column.PORT, Column.RTT}) {
            assertThat(rows.text(0, column)).as("%s", column).isEqualTo("-");
        }
        assertThat(path(rows.snapshot(), 1)).isEqualTo("@abstract\\x00x");
    }

    @Test
    void besideOtherSockets() {
        Rows rows = Folds.rows(sample(1, connection())
                .socket(Socket.tcp("10.0.0.1:5", "10.0.0.2:6")
                        .cookie(1)
                        .inode(9)
                        .heldBy(11)));
        assertThat(rows.ends(0)).isEqualTo("tcp 10.0.0.1:5 10.0.0.2:6");
        assertThat(rows.owner(0)).isEqualTo("php(11) proven");
        assertThat(row(rows, 1)).isEqualTo("ESTABLISHED CONNECTION out " + PATH + " nginx(10) proven php");
    }

    @Test
    void opensAndEndsAreCounted() {
        assertThat(Folds.rows(sample(0), sample(1, connection())).counts())
                .isEqualTo("opened 2+2 closed 0+0 failed 0+0");
        Rows ended = Folds.rows(sample(0), sample(1, connection()), sample(2));
        assertThat(ended.counts()).isEqualTo("opened 2+0 closed 2+2 failed 0+0");
        int bundle = ended.snapshot().table().sockets();
        assertThat(ended.value(bundle, Column.FAMILY)).isEqualTo(Family.UNIX.ordinal());
        assertThat(ended.text(bundle, Column.LADDR_LOW)).isEqualTo("-");
    }

    @Test
    void aSocketGetsItsNameWhenItIsBound() {
        Unix before = stream(20, 0).set("state", 7).heldBy(10);
        Unix after = listen(20, PATH).heldBy(10);
        Rows rows = Folds.rows(sample(1, before), sample(2, after), sample(3, after));
        assertThat(row(rows, 0)).isEqualTo("LISTEN LISTENER listen " + PATH + " nginx(10) proven -");
    }

    @Test
    void namesOutliveADictionaryThatIsBegunAnew() {
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(1000, 1000, 2, 1000, 12), 7);
        for (int i = 0; i < 60; i++) {
            Snapshot snapshot = table.fold(at(i + 1)
                    .process(10, i, "name" + i)
                    .unix(listen(22, PATH).heldBy(10), listen(100 + i, "/run/" + i))
                    .build());
            assertThat(path(snapshot, 0)).isEqualTo(PATH);
            assertThat(path(snapshot, 1)).isEqualTo("/run/" + i);
        }
    }

    @Test
    void noNameDoesHarm() {
        for (RawText hostile : HostileNames.ALL) {
            if (hostile.length() > 0 && hostile.length() <= 108) {
                Snapshot snapshot = Folds.last(sample(1, listen(22, "").name(hostile.toBytes())));
                assertThat(HostileNames.harmIn(path(snapshot, 0)))
                        .as(path(snapshot, 0))
                        .isNegative();
            }
        }
    }
}
