package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Address;
import shawk.model.Column;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** The true other end of what conntrack translates. */
final class TranslationsTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final long POD = 71;

    /** A client of a container, whose host sends what comes to its port 8080 on to the container. */
    private static final Socket CLIENT =
            tcp("192.0.2.9:4000", "192.0.2.1:8080").cookie(1).inode(1).heldBy(10);

    private static final Socket SERVER =
            tcp("172.17.0.2:80", "192.0.2.9:4000").cookie(2).inode(2).heldBy(11).set("netns", POD);

    private static RawSampleBuilder sample(Socket... sockets) {
        return at(1).process(10, 100, "client").process(11, 200, "server").sockets(sockets);
    }

    private static void check(String expected, RawSampleBuilder sample) {
        Rows rows = Folds.rows(sample);
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < rows.snapshot().table().sockets(); row++) {
            boolean known = rows.snapshot().table().has(Column.NAT_RADDR_LOW, row);
            Address address =
                    new Address(rows.value(row, Column.NAT_RADDR_HIGH), rows.value(row, Column.NAT_RADDR_LOW));
            out.append(known ? address + ":" : "").append(rows.text(row, Column.NAT_RPORT));
            out.append(' ').append(rows.peer(row)).append(';');
        }
        assertThat(out).hasToString(expected);
    }

    @Test
    void withoutEntriesNothingIsTranslated() {
        check("- -;- -;", sample(CLIENT, SERVER));
    }

    @Test
    void aForwardedPort() {
        check(
                "172.17.0.2:80 server;- client;",
                sample(CLIENT, SERVER)
                        .translation(TCP, "192.0.2.9:4000", "192.0.2.1:8080", "172.17.0.2:80", "192.0.2.9:4000"));
    }

    @Test
    void masqueradedToo() {
        Socket behind =
                tcp("172.17.0.2:80", "172.17.0.1:5000").cookie(3).inode(3).heldBy(11);
        check(
                "172.17.0.2:80 server;192.0.2.9:4000 client;",
                sample(CLIENT, behind.set("netns", POD))
                        .translation(TCP, "192.0.2.9:4000", "192.0.2.1:8080", "172.17.0.2:80", "172.17.0.1:5000"));
    }

    @Test
    void onlyMasqueraded() {
        Socket inside =
                tcp("172.17.0.2:4000", "192.0.2.7:443").cookie(3).inode(3).heldBy(10);
        Socket outside =
                tcp("192.0.2.7:443", "192.0.2.1:6000").cookie(4).inode(4).heldBy(11);
        check(
                "- server;172.17.0.2:4000 client;",
                sample(inside.set("netns", POD), outside)
                        .translation(TCP, "172.17.0.2:4000", "192.0.2.7:443", "192.0.2.7:443", "192.0.2.1:6000"));
    }

    @Test
    void overIpv6AndOfDatagrams() {
        Socket six = tcp("[fd00::9]:4000", "[fd00::1]:80").cookie(3).inode(3).heldBy(10);
        check(
                "fd00::2:8080 -;",
                sample(six).translation(TCP, "[fd00::9]:4000", "[fd00::1]:80", "[fd00::2]:8080", "[fd00::9]:4000"));
        Socket datagram =
                udp("10.96.0.3:4000", "10.96.0.10:53").cookie(4).inode(4).heldBy(10);
        check(
                "172.17.0.2:53 -;",
                sample(datagram)
                        .translation(UDP, "10.96.0.3:4000", "10.96.0.10:53", "172.17.0.2:53", "10.96.0.3:4000"));
        check(
                "- -;",
                sample(datagram)
                        .translation(TCP, "10.96.0.3:4000", "10.96.0.10:53", "172.17.0.2:53", "10.96.0.3:4000"));
    }

    @Test
    void toThisVeryHost() {
        Socket client = tcp("10.0.0.5:4000", "192.0.2.1:80").cookie(3).inode(3).heldBy(10);
        Socket server =
                tcp("127.0.0.1:8080", "10.0.0.5:4000").cookie(4).inode(4).heldBy(11);
        check(
                "127.0.0.1:8080 server;- client;",
                sample(client, server)
                        .translation(TCP, "10.0.0.5:4000", "192.0.2.1:80", "127.0.0.1:8080", "10.0.0.5:4000"));
    }

    @Test
    void namespacesThatDisagreeSayNothing() {
        RawSampleBuilder sample = sample(CLIENT)
                .translation(TCP, "192.0.2.9:4000", "192.0.2.1:8080", "172.17.0.2:80", "192.0.2.9:4000")
                .translationIn(POD)
                .translation(TCP, "192.0.2.9:4000", "192.0.2.1:8080", "172.17.0.3:80", "192.0.2.9:4000")
                .translationIn(POD + 1);
        check("- -;", sample);
        check(
                "172.17.0.4:80 -;",
                sample.translation(TCP, "192.0.2.9:4000", "192.0.2.1:8080", "172.17.0.4:80", "192.0.2.9:4000"));
    }

    @Test
    void whatListensIsNotTranslated() {
        check(
                "- -;",
                sample(listen("192.0.2.1:8080").cookie(3).inode(3).heldBy(11))
                        .translation(TCP, "192.0.2.1:8080", "0.0.0.0:0", "172.17.0.2:80", "192.0.2.9:4000"));
    }
}
