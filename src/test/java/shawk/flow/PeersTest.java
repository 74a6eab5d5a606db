package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Who is at the other end. */
final class PeersTest {
    private static final long A = 71;
    private static final long B = 72;
    private static final long C = 73;
    private static final long D = 74;

    private long cookie = 1;

    private RawSampleBuilder sample(Socket... sockets) {
        RawSampleBuilder sample = at(1).process(10, 100, "client").process(11, 200, "server");
        sample.process(12, 300, "other");
        for (Socket socket : sockets) {
            sample.socket(socket.cookie(cookie).inode(cookie++));
        }
        return sample;
    }

    private void check(int row, String expected, Socket... sockets) {
        Rows rows = Folds.rows(sample(sockets));
        assertThat(rows.peer(row)).isEqualTo(expected);
    }

    private static Socket client(String local, String remote) {
        return tcp(local, remote).heldBy(10);
    }

    private static Socket server(String local, String remote) {
        return tcp(local, remote).heldBy(11);
    }

    @Test
    void theSocketWithTheEndsTurnedRound() {
        for (String[] ends : new String[][] {
            {"127.0.0.1:4000", "127.0.0.1:80"},
            {"10.0.0.5:4000", "10.0.0.5:80"},
            {"10.0.0.5:4000", "10.0.0.6:80"},
            {"127.0.0.1:4000", "10.0.0.5:80"},
            {"[::1]:4000", "[::1]:80"},
            {"[::ffff:10.0.0.5]:4000", "[::ffff:10.0.0.6]:80"}
        }) {
            check(0, "server", client(ends[0], ends[1]), server(ends[1], ends[0]));
            check(1, "client", client(ends[0], ends[1]), server(ends[1], ends[0]));
        }
        check(
                0,
                "server",
                client("10.0.0.5:4000", "10.0.0.6:80"),
                server("[::ffff:10.0.0.6]:80", "[::ffff:10.0.0.5]:4000"));
    }

    @Test
    void nobodyElse() {
        check(0, "-", client("10.0.0.5:4000", "10.0.0.6:80"));
        check(0, "-", client("10.0.0.5:4000", "10.0.0.6:80"), server("10.0.0.6:80", "10.0.0.5:4001"));
        check(0, "-", client("10.0.0.5:4000", "10.0.0.6:80"), server("10.0.0.6:80", "10.0.0.7:4000"));
        check(0, "-", client("10.0.0.5:4000", "10.0.0.6:80"), server("10.0.0.5:4000", "10.0.0.6:81"));
        check(
                0,
                "-",
                client("10.0.0.5:4000", "10.0.0.6:80"),
                udp("10.0.0.6:80", "10.0.0.5:4000").heldBy(11));
        check(
                0,
                "-",
                client("10.0.0.5:4000", "10.0.0.6:80"),
                listen("0.0.0.0:80").heldBy(11));
        check(0, "-", client("127.0.0.1:4000", "127.0.0.1:80"), tcp("127.0.0.1:80", "127.0.0.1:4000"));
        check(
                1,
                "-",
                client("127.0.0.1:4000", "127.0.0.1:80"),
                listen("127.0.0.1:80").heldBy(11));
    }

    @Test
    void aConnectionWithItself() {
        check(0, "client", client("127.0.0.1:4000", "127.0.0.1:4000"));
    }

    @Test
    void notAcceptedYet() {
        Socket waiting = tcp("127.0.0.1:80", "127.0.0.1:4000").cookie(9).state(SocketState.SYN_RECV);
        Socket listener = listen("127.0.0.1:80").heldBy(11);
        Rows rows = Folds.rows(
                sample(client("127.0.0.1:4000", "127.0.0.1:80"), listener).socket(waiting));
        assertThat(rows.peer(0)).isEqualTo("server");
    }

    @Test
    void inAnotherNamespace() {
        Socket[] pair = {
            client("172.17.0.2:4000", "172.17.0.1:80").set("netns", A),
            server("172.17.0.1:80", "172.17.0.2:4000").set("netns", B)
        };
        check(0, "server", pair);
        check(1, "client", pair);
    }

    @Test
    void loopbackStaysInItsNamespace() {
        Socket[] apart = {
            client("127.0.0.1:4000", "127.0.0.1:80").set("netns", A),
            server("127.0.0.1:80", "127.0.0.1:4000").set("netns", B)
        };
        check(0, "-", apart);
        check(1, "-", apart);
        check(
                0,
                "server",
                client("127.0.0.1:4000", "127.0.0.1:80"),
                server("127.0.0.1:80", "127.0.0.1:4000"),
                apart[1]);
    }

    @Test
    void theOwnNamespaceComesFirst() {
        Socket elsewhere = tcp("10.0.0.6:80", "10.0.0.5:4000").heldBy(12).set("netns", B);
        Socket client = client("10.0.0.5:4000", "10.0.0.6:80").set("netns", A);
        Socket server = server("10.0.0.6:80", "10.0.0.5:4000").set("netns", A);
        check(0, "server", client, elsewhere, server);
        check(0, "server", client, server, elsewhere);
        check(1, "-", client, elsewhere, server);
    }

    @Test
    void whereSeveralNamespacesHaveItNobodyIs() {
        Socket client = client("10.0.0.5:4000", "10.0.0.6:80").set("netns", A);
        Socket one = server("10.0.0.6:80", "10.0.0.5:4000").set("netns", B);
        Socket two = tcp("10.0.0.6:80", "10.0.0.5:4000").heldBy(12).set("netns", C);
        Socket unrelated = tcp("10.0.0.5:4000", "10.0.0.6:80").heldBy(12).set("netns", D);
        check(0, "-", client, one, two);
        check(0, "-", client, one, unrelated);
        check(1, "-", client, one, unrelated);
    }

    @Test
    void connectedDatagrams() {
        Socket client = udp("127.0.0.1:4000", "127.0.0.53:53").heldBy(10);
        check(0, "server", client, udp("127.0.0.53:53", "127.0.0.1:4000").heldBy(11));
        check(0, "server", client, unconnected("127.0.0.53:53").heldBy(11));
        check(
                0,
                "server",
                client,
                unconnected("127.0.0.53:53").set("ifindex", 1).heldBy(11));
        check(0, "server", client, unconnected("0.0.0.0:53").heldBy(11));
        check(0, "-", client, unconnected("0.0.0.0:54").heldBy(11));
        check(0, "-", client, unconnected("0.0.0.0:53").heldBy(11).set("netns", A));
        check(
                0,
                "-",
                udp("10.0.0.5:4000", "192.0.2.1:53").heldBy(10),
                unconnected("0.0.0.0:53").heldBy(11));
    }

    @Test
    void lookalikesOfOneOwnerAreAsOne() {
        Socket client = udp("10.0.0.5:4000", "10.0.0.6:53").heldBy(10);
        Socket one = udp("10.0.0.6:53", "10.0.0.5:4000").heldBy(11);
        Socket same = udp("10.0.0.6:53", "10.0.0.5:4000").heldBy(11);
        Socket other = udp("10.0.0.6:53", "10.0.0.5:4000").heldBy(12);
        check(0, "server", client, one, same);
        check(0, "-", client, one, other);
    }

    @Test
    void thousandsOfLookalikesCostNoMoreThanAFew() {
        Socket[] many = new Socket[5_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = udp("127.0.0.1:4000", "127.0.0.1:53").heldBy(10);
        }
        Rows rows = Folds.rows(sample(many)
                .socket(udp("127.0.0.1:53", "127.0.0.1:4000").cookie(9_999).heldBy(11)));
        assertThat(rows.peer(rows.snapshot().table().sockets() - 1)).isIn("client", "-");
    }

    @Test
    void anEndThatIsGoneIsForgotten() {
        Socket client = client("127.0.0.1:4000", "127.0.0.1:80");
        Socket server = server("127.0.0.1:80", "127.0.0.1:4000");
        RawSampleBuilder both = sample(client, server);
        Rows rows = Folds.rows(both, at(2).process(10, 100, "client").socket(client));
        assertThat(rows.peer(0)).isEqualTo("-");
    }
}
