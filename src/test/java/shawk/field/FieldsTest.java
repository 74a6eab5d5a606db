package shawk.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.support.SnapshotBuilder;

final class FieldsTest {
    private static final String ALL = "proto family state dir laddr lport raddr rport iface peer port service netns"
            + " netns_name inode cookie path mptcp pid pgid ppid process exe cmdline uid user container unit"
            + " cgroup pod holders owner_proof peer_process peer_host nat_raddr nat_rport country asn"
            + " conns estab time_wait listeners syn_recv opened closed failed open_rate close_rate fail_rate"
            + " tx_bytes rx_bytes"
            + " tx_rate rx_rate rtt rtt_p95 rtt_max rttvar min_rtt retrans retrans_pct cwnd ssthresh mss pacing_rate"
            + " delivery_rate cong rwnd_limited sndbuf_limited cwnd_limited verdict timer mem recvq sendq queue_drops"
            + " age idle connect_time connect_p95 duration duration_p95 close_reason fail_reason reason ended";

    private static final String GROUPABLE = "proto family state dir laddr lport raddr rport iface peer port service"
            + " netns path mptcp pid pgid ppid process exe uid user container unit cgroup pod"
            + " owner_proof peer_process peer_host country asn verdict close_reason fail_reason reason";

    private final SnapshotBuilder builder = new SnapshotBuilder();

    @Test
    void theTable() {
        assertThat(Fields.ALL.stream().map(Field::id)).containsExactly(ALL.split(" "));
        assertThat(Fields.ALL.stream().filter(Field::groupable).map(Field::id)).containsExactly(GROUPABLE.split(" "));
        assertThat(Fields.ALL).allSatisfy(field -> {
            assertThat(Fields.find(field.id())).isSameAs(field);
            assertThat(field.help()).isNotBlank().doesNotEndWith(".");
        });
        assertThat(Fields.find("nothing")).isNull();
    }

    @Test
    void defaultColumnsStandOnceEach() {
        for (List<Field> columns : List.of(
                DefaultColumns.FLOWS,
                DefaultColumns.CLOSED,
                DefaultColumns.DUMP_GROUPS,
                DefaultColumns.DUMP_CONNECTIONS)) {
            assertThat(columns).doesNotHaveDuplicates().isSubsetOf(Fields.ALL);
        }
        assertThat(DefaultColumns.DUMP_CONNECTIONS)
                .noneMatch(field -> field instanceof MeasureField measure && !measure.perConnection());
    }

    @Test
    void owners() {
        builder.socket().owner(builder.process(7, "nginx")).set(Column.UID, 99);
        builder.socket().set(Column.UID, 99).text(Column.USER, "nobody");
        builder.socket().owner(builder.process(8, "")).set(Column.PEER_OWNER, 0);
        builder.socket().owner(builder.process(0, "rolled up"));
        Snapshot snapshot = builder.build();
        checkKey(OwnerFields.PID, snapshot, 7, SocketTable.ABSENT, 8, SocketTable.ABSENT);
        checkKey(OwnerFields.PPID, snapshot, 1, SocketTable.ABSENT, 1, SocketTable.ABSENT);
        checkKey(OwnerFields.PGID, snapshot, 7, SocketTable.ABSENT, 8, SocketTable.ABSENT);
        checkKey(OwnerFields.UID, snapshot, 1, 99, 2, 0);
        checkTexts(OwnerFields.PROCESS, snapshot, "nginx", "-", "", "rolled up");
        checkTexts(PeerFields.PEER_PROCESS, snapshot, "-", "-", "nginx", "-");
        checkTexts(OwnerFields.USER, snapshot, "user1", "nobody", "user2", "user0");
        checkTexts(OwnerFields.EXE, snapshot, "/usr/bin/nginx", "-", "/usr/bin/", "/usr/bin/rolled up");
        checkTexts(EndpointFields.NETNS_NAME, snapshot, "-", "-", "-", "-");
    }

    @Test
    void countsByKind() {
        builder.socket();
        builder.socket().state(SocketState.SYN_RECV);
        builder.socket().state(SocketState.FIN_WAIT2).kind(RowKind.TIME_WAIT);
        builder.listener(80);
        builder.socket().state(SocketState.CLOSE).kind(RowKind.CLOSED);
        builder.bundle();
        Snapshot snapshot = builder.build();
        check(CountFields.CONNS, snapshot, 1, 1, 0, 0, 0, 0);
        check(CountFields.ESTAB, snapshot, 1, 0, 0, 0, 0, 0);
        check(CountFields.SYN_RECV, snapshot, 0, 1, 0, 0, 0, 0);
        check(CountFields.TIME_WAIT, snapshot, 0, 0, 1, 0, 0, 0);
        check(CountFields.LISTENERS, snapshot, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void opensAndEnds() {
        builder.socket().set(Column.OPENED, 1).set(Column.OPENED_NOW, 1);
        builder.bundle().ended(5, 4, 1, 3);
        check(CountFields.OPENED, builder.build(), 1, 5);
        check(CountFields.CLOSED, builder.build(), 0, 4);
        check(CountFields.FAILED, builder.build(), 0, 1);
        check(CountFields.OPEN_RATE, builder.build(), 1, 3);
        check(CountFields.CLOSE_RATE, builder.build(), 0, 3);
        check(CountFields.CLOSE_RATE, builder.first().build(), Double.NaN, Double.NaN);
    }

    @Test
    void reasonsAreOfWhatHasEnded() {
        builder.socket().set(Column.EVENT, 1).set(Column.END_REASON, 3);
        builder.socket().set(Column.EVENT, 2).set(Column.END_REASON, 8);
        builder.socket();
        Snapshot snapshot = builder.build();
        checkKey(EndedFields.CLOSE_REASON, snapshot, 3, SocketTable.ABSENT, SocketTable.ABSENT);
        checkKey(EndedFields.FAIL_REASON, snapshot, SocketTable.ABSENT, 8, SocketTable.ABSENT);
        assertThat(EndedFields.CLOSE_REASON.names()).startsWith("unknown", "fin-local", "fin-remote", "rst-in");
    }

    @Test
    void shares() {
        builder.socket()
                .set(Column.RETRANS, 1)
                .set(Column.SEGS_OUT, 200)
                .set(Column.BUSY_MICROS, 1000)
                .set(Column.RWND_LIMITED_MICROS, 250)
                .set(Column.SNDBUF_LIMITED_MICROS, 0);
        builder.socket().set(Column.RETRANS, 0).set(Column.SEGS_OUT, 0).set(Column.BUSY_MICROS, 0);
        builder.socket()
                .set(Column.BUSY_MICROS, 1000)
                .set(Column.RWND_LIMITED_MICROS, 600)
                .set(Column.SNDBUF_LIMITED_MICROS, 401);
        Snapshot snapshot = builder.build();
        check(QualityFields.RETRANS_PCT, snapshot, 0.5, Double.NaN, Double.NaN);
        check(QualityFields.RWND_LIMITED, snapshot, 25, Double.NaN, 60);
        check(QualityFields.CWND_LIMITED, snapshot, 75, Double.NaN, 0);
        assertThat(QualityFields.RETRANS_PCT.weight().read(snapshot, 0)).isEqualTo(200);
        assertThat(QualityFields.CWND_LIMITED.weight().read(snapshot, 1)).isZero();
    }

    @Test
    void timers() {
        builder.socket().set(Column.TIMER, TimerKind.ON.ordinal()).set(Column.TIMER_MILLIS, 200);
        builder.socket().set(Column.TIMER, TimerKind.NONE.ordinal()).set(Column.TIMER_MILLIS, 0);
        builder.socket();
        Snapshot snapshot = builder.build();
        checkKey(QueueFields.TIMER, snapshot, 200, SocketTable.ABSENT, SocketTable.ABSENT);
        assertThat(QueueFields.TIMER.high().read(snapshot, 0)).isEqualTo(TimerKind.ON.ordinal());
    }

    @Test
    void whatIsAbsentIsNotNull() {
        builder.socket();
        Snapshot snapshot = builder.build();
        check(QualityFields.RTT, snapshot, Double.NaN);
        check(CountFields.TX_BYTES, snapshot, Double.NaN);
        check(QueueFields.AGE, snapshot, Double.NaN);
        checkKey(EndpointFields.INODE, snapshot, SocketTable.ABSENT);
    }

    @Test
    void whatEndedConnectionsHave() {
        assertThat(Fields.ALL.stream().filter(Fields::countsEnded).map(Field::id))
                .containsExactly("opened", "closed", "failed", "open_rate", "close_rate", "fail_rate");
        assertThat(List.of(Fields.PROCESS, Fields.PEER, Fields.PORT, EndpointFields.DIR, CountFields.OPENED))
                .allMatch(Fields::inBundles);
        assertThat(List.of(Fields.STATE, EndpointFields.LPORT, OwnerFields.USER, QualityFields.RTT, Fields.CONNS))
                .noneMatch(Fields::inBundles);
    }

    private static void check(MeasureField field, Snapshot snapshot, double... expected) {
        for (int row = 0; row < expected.length; row++) {
            assertThat(field.value().read(snapshot, row))
                    .as("%s of row %d", field.id(), row)
                    .isEqualTo(expected[row], offset(1e-9));
        }
    }

    private static void checkKey(KeyField field, Snapshot snapshot, long... expected) {
        for (int row = 0; row < expected.length; row++) {
            assertThat(field.low().read(snapshot, row))
                    .as("%s of row %d", field.id(), row)
                    .isEqualTo(expected[row]);
        }
    }

    private static void checkTexts(KeyField field, Snapshot snapshot, String... expected) {
        for (int row = 0; row < expected.length; row++) {
            long number = field.low().read(snapshot, row);
            assertThat(
                            number == SocketTable.ABSENT
                                    ? "-"
                                    : snapshot.texts().text(number).value())
                    .as("%s of row %d", field.id(), row)
                    .isEqualTo(expected[row]);
        }
    }
}
