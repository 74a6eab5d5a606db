package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.support.SnapshotBuilder;

/** Which rows match: {@code w} a web server's connection, {@code j} java's, {@code u} one of nobody known, … */
final class FilterEvaluationTest {
    private static final String ROWS = "wjutlb";
    private static final Snapshot SNAPSHOT = snapshot();

    private static Snapshot snapshot() {
        SnapshotBuilder builder = new SnapshotBuilder();
        int nginx = builder.process(4656, "nginx");
        int java = builder.process(5120, "Java");
        builder.socket()
                .owner(nginx)
                .direction(Direction.IN)
                .local("10.0.0.5", 443)
                .remote("10.0.0.11", 41312)
                .text(Column.SERVICE, "https")
                .set(Column.RTT, 1900)
                .set(Column.TX_RATE, 41_000_000)
                .set(Column.RETRANS, 1)
                .set(Column.SEGS_OUT, 200)
                .set(Column.TIMER, TimerKind.ON.ordinal())
                .set(Column.TIMER_MILLIS, 200);
        builder.socket()
                .owner(java)
                .local("fe80::5", 50000)
                .remote("2001:db8::9", 8080)
                .set(Column.PORT, 8080)
                .set(Column.RTT, 300)
                .set(Column.TX_RATE, 0)
                .set(Column.COOKIE, -1)
                .text(Column.IFACE, "eth0");
        builder.socket().state(SocketState.CLOSE_WAIT).set(Column.AGE_MILLIS, 4_999);
        builder.socket().state(SocketState.FIN_WAIT2).kind(RowKind.TIME_WAIT).set(Column.PORT, SocketTable.ABSENT);
        builder.listener(53).owner(java).set(Column.PROTOCOL, Protocol.UDP.ordinal());
        builder.bundle().owner(nginx).ended(5, 5, 0, 2);
        return builder.build();
    }

    @Test
    void texts() {
        check("process = nginx", "wb");
        check("process = java", "");
        check("process in (nginx, Java)", "wjlb");
        check("process ~ ^J", "jl");
        check("process ~ '(?i)^J'", "jl");
        check("process != nginx", "jutl");
        check("process !~ n", "jutl");
        check("user = user2", "jl" /* pid 5120 */ + "");
        check("exe ~ 'bin/nginx$'", "wb");
        check("iface = eth0", "j");
        check("iface != eth0", "wutlb");
    }

    @Test
    void addresses() {
        check("raddr = 10.0.0.11", "w");
        check("raddr in 10.0.0.8/30", "wutb");
        check("peer in (2001:db8::/32, 10.0.0.11)", "wj");
        check("raddr in ::/0", "j");
        check("raddr in 0.0.0.0/0", "wutb");
        check("not raddr in 0.0.0.0/0", "jl");
        check("laddr in ::ffff:0:0/96", "wutlb");
        check("laddr = 0.0.0.0", "l");
        check("raddr ~ '9$'", "jutb");
        check("raddr !~ '9$'", "wl");
    }

    @Test
    void ports() {
        check("port = 443", "wub");
        check("port in (53, 8000-8999)", "jl");
        check("port > 443", "j");
        check("port >= 0", "wjulb");
        check("sport = :443", "w");
        check("rport = 443", "ut");
        check("lport < 1024", "wl");
    }

    @Test
    void amounts() {
        check("rtt > 300us", "w");
        check("rtt >= 0.3ms", "wj");
        check("rtt < 1ms", "j");
        check("rtt != 300", "wutlb");
        check("tx_rate > 10MB", "w");
        check("tx_rate = 0", "j");
        check("retrans_pct = 0.5%", "w");
        check("age < 5s", "u");
        check("conns = 1", "wju");
        check("rtt in (1ms-2ms, 300)", "wj");
    }

    @Test
    void names() {
        check("established", "wj");
        check("state = close-wait", "u");
        check("state in (CLOSE_WAIT, fin-wait-2)", "ut");
        check("state ~ WAIT", "ut");
        check("listening", "l");
        check("dir = in", "w");
        check("dir in (in, listen)", "wl");
        check("udp", "l");
        check("tcp and ipv6", "j");
        check("owner_proof = unknown", "ut");
        check("timer = on", "w");
        check("timer < 1s", "w");
        check("timer > 1s", "");
        check("cookie = 0xffffffffffffffff", "j");
        check("cookie = 1", "w");
        check("pid = 4656 or pid in 5000-6000", "wjlb");
    }

    @Test
    void holders() {
        check("holders = 4656", "w");
        check("holders in (Java, 1)", "jl");
        check("holders ~ ngi", "w");
    }

    @Test
    void words() {
        check("NGINX", "wb");
        check("java", "jl");
        check("https", "w");
        check("443", "wutb");
        check("10.0.0.1", "w");
        check("2001:DB8:0::9", "j");
        check("fe80", "j");
        check("nginx.service", "wb");
        check("zzz", "");
    }

    @Test
    void combinations() {
        check("nginx and not 443", "");
        check("nginx or java", "wjlb");
        check("not (nginx or java)", "ut");
        check("port = 443 and dir = out or udp", "ulb");
    }

    @Test
    void fieldsThatAreAskedFor() throws ExprException {
        checkFields("process = a and (rtt > 5 or not port = 1)", "port process rtt");
        checkFields("listening", "state");
        checkFields("nginx", "cgroup container exe laddr netns_name pod process raddr service");
        checkFields("443", "cgroup container exe laddr lport netns_name pod port process raddr rport service");
        assertThat(FilterParser.parse("estab").fields()).containsExactly(EndpointFields.STATE);
        assertThat(FilterParser.parse(" a  and b").source()).isEqualTo(" a  and b");
        assertThat(FilterParser.parse(" a  and b")).hasToString("\"a\" and \"b\"");
    }

    @Test
    void textsThatTakeTooLongAreNotFound() throws ExprException {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().owner(builder.process(1, "a".repeat(4000)));
        builder.socket().owner(builder.process(2, "ab"));
        Snapshot snapshot = builder.build();
        checkRows("process ~ '(a+)+b'", snapshot, List.of(1));
        checkRows("process ~ '^(a|aa)*b'", snapshot, List.of(1));
        checkRows("process !~ '(x+x+)+y|(a|aa)+$'", snapshot, List.of(0, 1));
    }

    private static void check(String filter, String expected) {
        StringBuilder matching = new StringBuilder();
        Filter.RowTest test = parse(filter).on(SNAPSHOT);
        for (int row = 0; row < SNAPSHOT.table().size(); row++) {
            matching.append(test.matches(row) ? ROWS.substring(row, row + 1) : "");
        }
        assertThat(matching).as(filter).hasToString(expected);
    }

    private static void checkRows(String filter, Snapshot snapshot, List<Integer> expected) {
        Filter.RowTest test = parse(filter).on(snapshot);
        List<Integer> matching = new ArrayList<>();
        for (int row = 0; row < snapshot.table().size(); row++) {
            if (test.matches(row)) {
                matching.add(row);
            }
        }
        assertThat(matching).as(filter).isEqualTo(expected);
    }

    private static void checkFields(String filter, String expected) {
        assertThat(String.join(
                        " ",
                        parse(filter).fields().stream().map(Field::id).sorted().toList()))
                .isEqualTo(expected);
    }

    private static Filter parse(String filter) {
        try {
            return FilterParser.parse(filter);
        } catch (ExprException e) {
            throw new AssertionError(filter + ": " + e.getMessage(), e);
        }
    }
}
