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

/** Who opened a connection, and which port is the service's. */
final class DirectionsTest {
    private static void check(Socket connection, String expected, Socket... others) {
        RawSampleBuilder sample =
                at(1).sockets(others).socket(connection.cookie(99).inode(99));
        int row = others.length;
        assertThat(Folds.rows(sample).direction(row)).isEqualTo(expected);
    }

    @Test
    void aListenerAtTheLocalEndMakesItIncoming() {
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "in 5000", listen("10.0.0.1:5000"));
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "in 5000", listen("0.0.0.0:5000"));
        check(tcp("10.0.0.1:40000", "10.0.0.2:80"), "in 40000", listen("0.0.0.0:40000"));
        check(tcp("[fe80::1]:5000", "[fe80::2]:6000"), "in 5000", listen("[::]:5000"));
    }

    @Test
    void aListenerElsewhereSaysNothing() {
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "unknown -", listen("10.0.0.9:5000"));
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "unknown -", listen("0.0.0.0:5001"));
        check(
                tcp("10.0.0.1:5000", "10.0.0.2:6000"),
                "unknown -",
                listen("0.0.0.0:5000").set("netns", 7));
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "unknown -", unconnected("0.0.0.0:5000"));
        check(tcp("[fe80::1]:5000", "[fe80::2]:6000"), "unknown -", listen("0.0.0.0:5000"));
    }

    @Test
    void theWildcardOfIpv6ListensForIpv4Too() {
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000"), "in 5000", listen("[::]:5000"));
        check(
                tcp("10.0.0.1:5000", "10.0.0.2:6000"),
                "in 5000",
                listen("[::]:5000").set("v6only", 0));
        check(
                tcp("10.0.0.1:5000", "10.0.0.2:6000"),
                "unknown -",
                listen("[::]:5000").set("v6only", 1));
        check(tcp("[::ffff:10.0.0.1]:5000", "[::ffff:10.0.0.2]:6000"), "in 5000", listen("[::]:5000"));
    }

    @Test
    void aListenerBoundToADeviceListensThereOnly() {
        check(
                tcp("10.0.0.1:5000", "10.0.0.2:6000"),
                "unknown -",
                listen("0.0.0.0:5000").set("ifindex", 3));
        check(
                tcp("10.0.0.1:5000", "10.0.0.2:6000").set("ifindex", 3),
                "in 5000",
                listen("0.0.0.0:5000").set("ifindex", 3));
        check(tcp("10.0.0.1:5000", "10.0.0.2:6000").set("ifindex", 3), "in 5000", listen("0.0.0.0:5000"));
    }

    @Test
    void aListenerAtALocalRemoteEndMakesItOutgoing() {
        check(tcp("127.0.0.1:5001", "127.0.0.1:5000"), "out 5000", listen("127.0.0.1:5000"));
        check(tcp("127.0.0.1:40001", "127.0.0.2:40000"), "out 40000", listen("0.0.0.0:40000"));
        check(tcp("10.0.0.1:5001", "10.0.0.1:5000"), "out 5000", listen("0.0.0.0:5000"));
        check(
                tcp("10.0.0.1:5001", "10.0.0.7:5000"),
                "out 5000",
                listen("0.0.0.0:5000"),
                tcp("10.0.0.7:5000", "10.0.0.1:5001"));
        check(tcp("10.0.0.1:5001", "10.0.0.7:5000"), "unknown -", listen("0.0.0.0:5000"));
    }

    @Test
    void elseThePortThatIsNotHandedOutServes() {
        check(tcp("10.0.0.1:40000", "10.0.0.2:80"), "out 80");
        check(tcp("10.0.0.1:80", "10.0.0.2:40000"), "in 80");
        check(tcp("10.0.0.1:80", "10.0.0.2:81"), "unknown -");
        check(tcp("10.0.0.1:40000", "10.0.0.2:40001"), "unknown -");
    }

    @Test
    void thePortRangeIsTheNamespacesOwn() {
        RawSampleBuilder sample = at(1).namespace(RawSampleBuilder.NETNS, 0, 32768, 60999)
                .namespace(7, 0, 20000, 20999)
                .socket(tcp("10.0.0.1:20500", "10.0.0.2:40000").cookie(1).set("netns", 7))
                .socket(tcp("10.0.0.1:20500", "10.0.0.2:40000").cookie(2));
        assertThat(Folds.rows(sample).direction(0)).isEqualTo("out 40000");
        assertThat(Folds.rows(sample).direction(1)).isEqualTo("in 20500");
    }

    @Test
    void tcpInfoTellsWhoSentTheSyn() {
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 1, 0), "out 40001");
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 0, 0), "in 40000");
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 101, 100), "out 40001");
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 100, 100), "in 40000");
        check(counted(tcp("10.0.0.1:80", "10.0.0.2:40001"), 101, 100), "out 40001");
        check(counted(tcp("10.0.0.1:4000", "10.0.0.2:80"), 102, 100).state(SocketState.FIN_WAIT2), "out 80");
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:4001"), 101, 100).state(SocketState.FIN_WAIT2), "in 40000");
    }

    @Test
    void countersThatDoNotFitTellNothing() {
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 105, 100), "unknown -");
        check(counted(tcp("10.0.0.1:40000", "10.0.0.2:40001"), 101, 100).set("unacked", 1), "unknown -");
        check(tcp("10.0.0.1:40000", "10.0.0.2:40001").set("bytes_acked", 1), "unknown -");
    }

    private static Socket counted(Socket socket, long acked, long sent) {
        return socket.set("bytes_acked", acked).set("bytes_sent", sent + 20).set("bytes_retrans", 20);
    }

    @Test
    void oneSampleDoesNotOutweighAListener() {
        Socket listener = listen("0.0.0.0:5000").cookie(1);
        Socket odd = counted(tcp("10.0.0.1:5000", "10.0.0.2:6000"), 1, 0).cookie(2);
        assertThat(Folds.rows(at(1).sockets(listener, odd)).direction(1)).isEqualTo("in 5000");
        assertThat(Folds.rows(at(1).sockets(listener, odd), at(2).sockets(listener, odd))
                        .direction(1))
                .isEqualTo("out 6000");
    }

    @Test
    void whoWasSeenToSendTheSynOpened() {
        Socket attempt =
                tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2).inode(2).state(SocketState.SYN_SENT);
        Socket open = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2).inode(2);
        assertThat(Folds.rows(at(1).socket(attempt)).direction(0)).isEqualTo("out 6000");
        assertThat(Folds.rows(at(1).socket(attempt), at(2).sockets(open, listen("0.0.0.0:5000")))
                        .direction(0))
                .isEqualTo("out 6000");
    }

    @Test
    void aRequestSocketIsIncoming() {
        Socket half = tcp("10.0.0.1:40000", "10.0.0.2:80").cookie(2).state(SocketState.SYN_RECV);
        Socket open = tcp("10.0.0.1:40000", "10.0.0.2:80").cookie(2);
        assertThat(Folds.rows(at(1).socket(half)).direction(0)).isEqualTo("in 40000");
        assertThat(Folds.rows(at(1).socket(half), at(2).socket(open)).direction(0))
                .isEqualTo("in 40000");
    }

    @Test
    void aListenerMayCloseWhileItsConnectionsLive() {
        Socket open = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        assertThat(Folds.rows(at(1).sockets(open, listen("0.0.0.0:5000")), at(2).socket(open))
                        .direction(0))
                .isEqualTo("in 5000");
        assertThat(Folds.rows(at(1).socket(open), at(2).sockets(open, listen("0.0.0.0:5000")))
                        .direction(0))
                .isEqualTo("in 5000");
    }

    @Test
    void datagramSocketsGoByUnconnectedOnes() {
        check(udp("10.0.0.1:5000", "10.0.0.2:6000"), "in 5000", unconnected("0.0.0.0:5000"));
        check(udp("127.0.0.1:5001", "127.0.0.1:5000"), "out 5000", unconnected("0.0.0.0:5000"));
        check(udp("10.0.0.1:40000", "10.0.0.2:53"), "out 53");
        check(udp("10.0.0.1:5000", "10.0.0.2:6000"), "unknown -", listen("0.0.0.0:5000"));
        check(unconnected("0.0.0.0:5000"), "listen 5000");
        check(listen("0.0.0.0:5000"), "listen 5000");
        check(tcp("10.0.0.1:5000", "0.0.0.0:0").state(SocketState.CLOSE), "unknown -");
    }
}
