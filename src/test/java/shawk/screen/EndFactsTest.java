package shawk.screen;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.support.SnapshotBuilder;

/** What the details say of a socket and of its other end. */
class EndFactsTest {
    private static Driver details(SnapshotBuilder made, String... keys) {
        return Driver.of(made.build()).size(110, 50).press(keys).press("v");
    }

    @Test
    void theTrueOtherEndAndWhereItIs() {
        SnapshotBuilder made = new SnapshotBuilder();
        Address truly = requireNonNull(Address.parse("10.1.2.3"));
        made.socket()
                .set(Column.NAT_RADDR_HIGH, truly.high())
                .set(Column.NAT_RADDR_LOW, truly.low())
                .set(Column.NAT_RPORT, 8443)
                .text(Column.COUNTRY, "DE")
                .text(Column.ASN, "AS3320 Telekom");
        assertThat(details(made, "2").screen())
                .contains("truly       10.1.2.3:8443 by conntrack; the socket itself knows 10.0.0.9:443")
                .contains("country     DE")
                .contains("network     AS3320 Telekom");
        SnapshotBuilder plain = new SnapshotBuilder();
        plain.socket();
        assertThat(details(plain, "2").screen()).doesNotContain("truly", "country", "network ", "mptcp", "subflows");
    }

    private static SnapshotBuilder.Row unix(SnapshotBuilder.Row row) {
        for (Column column : new Column[] {
            Column.LADDR_HIGH,
            Column.LADDR_LOW,
            Column.LPORT,
            Column.RADDR_HIGH,
            Column.RADDR_LOW,
            Column.RPORT,
            Column.PORT,
            Column.VERDICT
        }) {
            row.set(column, SocketTable.ABSENT);
        }
        row.set(Column.PROTOCOL, Protocol.UNIX.ordinal()).set(Column.FAMILY, Family.UNIX.ordinal());
        return row.text(Column.PATH, "/run/php.sock").set(Column.RECVQ, 3).set(Column.SENDQ, 0);
    }

    @Test
    void aUnixSocket() {
        SnapshotBuilder made = new SnapshotBuilder();
        int php = made.process(44, "php-fpm");
        int nginx = made.process(45, "nginx");
        unix(made.socket()).owner(php).direction(Direction.IN).set(Column.PEER_OWNER, nginx);
        Driver driver = details(made, "*", "G", "Right", "j");
        assertThat(driver.line(2)).startsWith(" php-fpm (44) /run/php.sock \u2190 nginx (45) ESTABLISHED unix");
        assertThat(driver.screen())
                .contains("process     nginx (45), on this host")
                .contains("name        /run/php.sock")
                .contains("the kernel does not count it for unix sockets")
                .contains("3 B received and not read yet")
                .doesNotContain("round trip", "memory  ", "timer  ", "service  ");
    }

    @Test
    void aUnixSocketThatWaits() {
        SnapshotBuilder made = new SnapshotBuilder();
        unix(made.socket())
                .kind(RowKind.LISTENER)
                .state(SocketState.LISTEN)
                .direction(Direction.LISTEN)
                .set(Column.SENDQ, 511);
        Driver driver = details(made, "3");
        assertThat(driver.line(2)).startsWith(" /run/php.sock unix");
        assertThat(driver.screen()).doesNotContain("refused for want of room", "TCP there is none");
    }

    @Test
    void aListenerWithoutAnythingToBlame() {
        SnapshotBuilder made = new SnapshotBuilder();
        made.listener(80).set(Column.RECVQ, 2).set(Column.SENDQ, 100).set(Column.VERDICT, SocketTable.ABSENT);
        assertThat(details(made, "3").screen())
                .contains("-: nothing is wrong with its queue, 2 connections wait to be accepted, of 100 that may");
    }

    @Test
    void anMptcpConnectionAndWhatItIsMadeOf() {
        SnapshotBuilder made = new SnapshotBuilder();
        made.socket().set(Column.PROTOCOL, Protocol.MPTCP.ordinal()).set(Column.MPTCP_TOKEN, 0xbeef);
        made.socket().kind(RowKind.SUBFLOW).set(Column.MPTCP_TOKEN, 0xbeef);
        made.socket().kind(RowKind.SUBFLOW).set(Column.MPTCP_TOKEN, 0xbeef).remote("10.1.0.9", 443);
        made.socket().set(Column.MPTCP_TOKEN, 0xdead).remote("10.2.0.9", 443);
        made.socket().set(Column.MPTCP_TOKEN, 0xbeef).set(Column.NETNS, 7).remote("10.3.0.9", 443);
        String screen = details(made, "2").screen();
        assertThat(screen)
                .contains("mptcp       token 0xbeef")
                .contains("subflows    2")
                .contains("10.0.0.5:30002 \u2192 10.0.0.9:443 ESTABLISHED tcp")
                .contains("10.0.0.5:30003 \u2192 10.1.0.9:443 ESTABLISHED tcp")
                .contains("the TCP sockets that it is made of have it")
                .doesNotContain("10.3.0.9", "10.2.0.9");
    }
}
