package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Family;
import shawk.model.Names;
import shawk.model.ProcessTexts;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** What of a record stands in which column, and what is absent. */
final class ColumnsTest {
    private static void check(Socket socket, Column column, String expected) {
        Rows rows = Folds.rows(at(1).socket(socket));
        assertThat(rows.text(0, column)).as(column.name()).isEqualTo(expected);
    }

    private static Socket open() {
        return tcp("10.0.0.1:40000", "10.0.0.2:80").cookie(2).inode(3).present(SocketRecord.HAS_INFO);
    }

    /** Columns that have a value. */
    private static Set<String> columns(Socket socket) {
        Snapshot snapshot = Folds.last(at(1).socket(socket));
        Set<String> set = new TreeSet<>();
        for (Column column : Column.values()) {
            if (snapshot.table().has(column, 0)) {
                set.add(column.name());
            }
        }
        return set;
    }

    @Test
    void absentIsNotZero() {
        String[] identity = {
            "PROTOCOL",
            "FAMILY",
            "STATE",
            "KIND",
            "DIRECTION",
            "NETNS",
            "LADDR_HIGH",
            "LADDR_LOW",
            "LPORT",
            "OWNER_PROOF"
        };
        assertThat(columns(listen("0.0.0.0:80").absent(-1))).containsExactlyInAnyOrder(with(identity, "PORT"));
        assertThat(columns(tcp("10.0.0.1:1", "10.0.0.2:2").absent(-1)))
                .containsExactlyInAnyOrder(with(identity, "RADDR_HIGH", "RADDR_LOW", "RPORT", "TIMER", "OPENED"));
        assertThat(columns(unconnected("0.0.0.0:53").absent(-1))).containsExactlyInAnyOrder(with(identity, "PORT"));
    }

    private static String[] with(String[] some, String... others) {
        Set<String> all = new TreeSet<>(Set.of(some));
        all.addAll(Set.of(others));
        return all.toArray(String[]::new);
    }

    @Test
    void userOfASocket() {
        check(open().set("uid", 33), Column.UID, "33");
        check(open().set("uid", 33), Column.USER, "-");
        check(open().set("uid", 0).inode(0), Column.UID, "-");
    }

    @Test
    void whatTheKernelMeansByUnset() {
        check(open().set("snd_ssthresh", 0x7fffffff), Column.SSTHRESH, "-");
        check(open().set("snd_ssthresh", 20), Column.SSTHRESH, "20");
        check(open().set("pacing_rate", -1), Column.PACING_RATE, "-");
        check(open().set("pacing_rate", 5), Column.PACING_RATE, "5");
        check(open().set("min_rtt_us", -1), Column.MIN_RTT, "-");
        check(open().set("min_rtt_us", 17), Column.MIN_RTT, "17");
        check(open().set("rtt_us", 0), Column.RTT, "-");
        check(open().set("rtt_us", 0), Column.RTTVAR, "-");
        check(open().set("delivery_rate", 0), Column.DELIVERY_RATE, "-");
        check(open(), Column.SEGS_OUT, "-");
        check(open(), Column.BUSY_MICROS, "-");
    }

    @Test
    void listenersHaveNoTcpInfo() {
        Socket listener =
                listen("0.0.0.0:80").set("rtt_us", 7).set("bytes_acked", 1).set("drops", 3);
        check(listener, Column.RTT, "-");
        check(listener, Column.CWND, "-");
        check(listener, Column.TX_BYTES, "-");
        check(listener, Column.TIMER, "-");
        check(listener, Column.QUEUE_DROPS, "3");
        check(open().set("drops", 3), Column.QUEUE_DROPS, "-");
    }

    @Test
    void queuesAndTimersAsTheKernelGivesThem() {
        check(open().set("rqueue", 4).set("wqueue", 5), Column.RECVQ, "4");
        check(open().set("rqueue", 4).set("wqueue", 5), Column.SENDQ, "5");
        check(tcp("10.0.0.1:1", "10.0.0.2:2").state(SocketState.TIME_WAIT), Column.RECVQ, "0");
        check(listen("0.0.0.0:1").cookie(1), Column.SENDQ, "0");
        check(listen("0.0.0.0:1"), Column.SENDQ, "-");
        check(open().set("timer", 2).set("timer_ms", 7000), Column.TIMER, "2");
        check(open().set("timer", 2).set("timer_ms", 7000), Column.TIMER_MILLIS, "7000");
        check(open().set("timer", 2).set("timer_ms", -1), Column.TIMER_MILLIS, "2147483647");
        check(listen("0.0.0.0:80").cookie(3).set("wqueue", 50), Column.SENDQ, "50");
        check(listen("0.0.0.0:80"), Column.SENDQ, "-");
        check(open(), Column.TIMER, "0");
        check(open(), Column.TIMER_MILLIS, "-");
        check(udp("10.0.0.1:1", "10.0.0.2:2"), Column.TIMER, "-");
    }

    @Test
    void memoryIsWhatTheSocketHolds() {
        Socket socket =
                open().set("rmem", 1).set("wmem", 10).set("fwd_alloc", 100).set("wmem_queued", 1000);
        check(socket.set("optmem", 10000), Column.MEM, "11101");
        check(udp("10.0.0.1:1", "10.0.0.2:2").set("rmem", 1).set("wmem", 10), Column.MEM, "11");
        check(open(), Column.MEM, "-");
    }

    @Test
    void addressesInOneNotation() {
        Rows rows = Folds.rows(at(1).sockets(
                        tcp("[::ffff:10.0.0.1]:1", "[::ffff:10.0.0.2]:2").cookie(1),
                        listen("[::]:3").cookie(2),
                        listen("0.0.0.0:4").cookie(3),
                        tcp("[2001:db8::1]:5", "[2001:db8::2]:6").cookie(4)));
        assertThat(rows.ends(0)).isEqualTo("tcp 10.0.0.1:1 10.0.0.2:2");
        assertThat(rows.ends(1)).isEqualTo("tcp :::3 -:-");
        assertThat(rows.ends(2)).isEqualTo("tcp 0.0.0.0:4 -:-");
        assertThat(rows.ends(3)).isEqualTo("tcp 2001:db8::1:5 2001:db8::2:6");
        Family[] expected = {Family.IPV4, Family.IPV6, Family.IPV4, Family.IPV6};
        for (int row = 0; row < expected.length; row++) {
            assertThat(rows.value(row, Column.FAMILY)).isEqualTo(expected[row].ordinal());
        }
    }

    @Test
    void textsOfARow() {
        Names names = new Names() {
            @Override
            public SafeText user(long uid) {
                return uid == 7 ? SafeText.of("mallory") : SafeText.EMPTY;
            }

            @Override
            public SafeText service(Protocol protocol, int port) {
                return protocol == Protocol.TCP && port == 80 ? SafeText.of("http") : SafeText.EMPTY;
            }
        };
        FlowTable table = new FlowTable(names, FlowLimits.DEFAULT, 7);
        RawSampleBuilder sample = at(1).process(10, 1, "curl", 7)
                .namespace(RawSampleBuilder.NETNS, "blue")
                .iface(RawSampleBuilder.NETNS, 3, "eth\n0")
                .socket(open().heldBy(10)
                        .set("uid", 7)
                        .set("ifindex", 3)
                        .text("cong", "bbr")
                        .present(SocketRecord.HAS_CONG));
        Snapshot snapshot = table.fold(sample.build());
        assertThat(text(snapshot, Column.SERVICE)).isEqualTo("http");
        assertThat(text(snapshot, Column.IFACE)).isEqualTo("eth\\x0a0");
        assertThat(text(snapshot, Column.CONG)).isEqualTo("bbr");
        assertThat(text(snapshot, Column.USER)).isEqualTo("mallory");
        assertThat(snapshot.texts().find(SafeText.of("blue"))).isPositive();
        assertThat(snapshot.texts()
                        .text(snapshot.processTexts().number(ProcessTexts.Text.USER, 0))
                        .value())
                .isEqualTo("mallory");
        assertThat(snapshot.texts().text(snapshot.processTexts().name(0)).value())
                .isEqualTo("curl");
    }

    /** The name may come after the id; a unit is told by the path alone. */
    @Test
    void containersUnitsAndPods() {
        FlowTable table = Folds.table();
        String path = "/system.slice/docker-x.scope";
        Snapshot first = table.fold(at(1).process(10, 1, "nginx")
                .contained(10, 1, path, "3f4c9b2a7d1e", "")
                .socket(open().heldBy(10))
                .build());
        assertThat(contained(first)).isEqualTo("3f4c9b2a7d1e docker-x.scope ");
        Snapshot second = table.fold(at(2).process(10, 1, "nginx")
                .contained(10, 1, path, "we\nb", "shop/web-1")
                .socket(open().heldBy(10))
                .build());
        assertThat(contained(second)).isEqualTo("we\\x0ab docker-x.scope shop/web-1");
        Snapshot third = table.fold(
                at(3).process(10, 1, "nginx").socket(open().heldBy(10)).build());
        assertThat(contained(third)).isEqualTo(contained(second));
    }

    private static String contained(Snapshot snapshot) {
        return Stream.of(ProcessTexts.Text.CONTAINER, ProcessTexts.Text.UNIT, ProcessTexts.Text.POD)
                .map(text -> snapshot.texts()
                        .text(snapshot.processTexts().number(text, 0))
                        .value())
                .collect(Collectors.joining(" "));
    }

    private static String text(Snapshot snapshot, Column column) {
        return snapshot.texts().text(snapshot.table().value(column, 0)).value();
    }

    @Test
    void recordsOfNoKnownKindAreLeftOutAndSaid() {
        Snapshot snapshot = Folds.last(
                at(1).sockets(open().set("state", 13), open().set("protocol", 6 + 1), open().set("family", 1), open()));
        assertThat(snapshot.table().sockets()).isEqualTo(1);
        assertThat(snapshot.degradations()).hasSize(1);
        assertThat(snapshot.degradations().get(0).line()).startsWith("3 sockets: ");
    }

    @Test
    void aSampleWithoutAnything() {
        Snapshot snapshot = Folds.last(at(1));
        assertThat(snapshot.table().size()).isZero();
        assertThat(snapshot.namespaces()).hasSize(1);
    }
}
