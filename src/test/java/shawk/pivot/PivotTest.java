package shawk.pivot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndedFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Ended;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.support.SnapshotBuilder;

/** What a pivot shows of a few rows. */
final class PivotTest {
    private final SnapshotBuilder made = new SnapshotBuilder();

    @Test
    void groupsByProcessAndThenPeer() {
        int nginx = made.process(4656, "nginx");
        int java = made.process(5120, "java");
        made.socket().owner(nginx).remote("10.0.0.12", 1);
        made.socket().owner(nginx).remote("10.0.0.11", 2);
        made.socket().owner(nginx).remote("10.0.0.11", 3);
        made.socket().owner(java).remote("10.0.0.11", 4);

        check(spec("process,peer", "conns"), """
                nginx conns=3 pid=4656
                  10.0.0.11 conns=2
                    10.0.0.11 rport=2
                    10.0.0.11 rport=3
                  10.0.0.12 conns=1
                    10.0.0.12 rport=1
                java conns=1 pid=5120
                  10.0.0.11 conns=1
                    10.0.0.11 rport=4
                """);
    }

    @Test
    void theUnownedMakeAGroupOfTheirOwnBehindAllNames() {
        made.socket();
        made.socket().owner(made.process(1, "zsh"));
        made.socket().owner(made.process(2, "")).remote("10.0.0.1", 1);
        made.socket().owner(made.process(3, "Apache"));

        assertThat(keys(pivot("process", "process:asc"), Fields.PROCESS)).containsExactly("", "Apache", "zsh", "-");
        assertThat(keys(pivot("process", "process"), Fields.PROCESS)).containsExactly("zsh", "Apache", "", "-");
    }

    @Test
    void addressesInNumericOrderIPv4First() {
        Stream.of("::1", "10.0.0.9", "9.0.0.1", "fe80::1", "10.0.0.10")
                .forEach(address -> made.socket().remote(address, 80));

        List<String> ascending = List.of("9.0.0.1", "10.0.0.9", "10.0.0.10", "::1", "fe80::1");
        assertThat(keys(pivot("peer", "peer:asc"), Fields.PEER)).isEqualTo(ascending);
        assertThat(keys(pivot("peer", "conns"), Fields.PEER)).isEqualTo(ascending);
        assertThat(keys(pivot("", "peer:asc"), Fields.PEER)).isEqualTo(ascending);
    }

    @Test
    void statesInOrderOfTheirNames() {
        Stream.of(SocketState.SYN_SENT, SocketState.ESTABLISHED, SocketState.CLOSE_WAIT)
                .forEach(state -> made.socket().state(state));

        assertThat(keys(pivot("state", "state:asc"), Fields.STATE))
                .containsExactly("CLOSE_WAIT", "ESTABLISHED", "SYN_SENT");
    }

    @Test
    void withoutAValueLastEitherWay() {
        made.socket().remote("10.0.0.1", 1).set(Column.RTT, 300);
        made.socket().remote("10.0.0.2", 1);
        made.socket().remote("10.0.0.3", 1).set(Column.RTT, 100);

        assertThat(keys(pivot("peer", "rtt"), Fields.PEER)).containsExactly("10.0.0.1", "10.0.0.3", "10.0.0.2");
        assertThat(keys(pivot("peer", "rtt:asc"), Fields.PEER)).containsExactly("10.0.0.3", "10.0.0.1", "10.0.0.2");
    }

    @Test
    void tiesByIdentityWhereverTheRowsStand() {
        List<String> ports = List.of("7", "3", "9", "1");
        ports.forEach(port -> made.socket().set(Column.PORT, Integer.parseInt(port)));

        assertThat(keys(pivot("port", "conns"), Fields.PORT)).containsExactly("1", "3", "7", "9");
    }

    @Test
    void hiddenSocketsCountWhereTheyAreCountedApart() {
        int nginx = made.process(1, "nginx");
        made.listener(80).owner(nginx).set(Column.SENDQ, 511);
        made.socket().owner(nginx).kind(RowKind.TIME_WAIT).set(Column.OPENED, 1);
        made.socket().owner(nginx).set(Column.OPENED, 1).set(Column.SENDQ, 7);
        made.listener(53).owner(made.process(2, "dnsmasq"));

        Level shown = pivot("process", "conns").root();
        assertThat(shown.size()).isEqualTo(1);
        assertThat(shown.sockets(0)).isEqualTo(1);
        assertThat(measures(shown, "conns,time_wait,listeners,opened,sendq")).isEqualTo("1 1 1 2 7");
        Pivot all = Pivots.of(made.build(), new PivotSpec(List.of(Fields.PROCESS), List.of(), null, RowChoice.ALL));
        assertThat(keys(all, Fields.PROCESS)).containsExactly("dnsmasq", "nginx");
        assertThat(all.root().sockets(1)).isEqualTo(3);
    }

    @Test
    void endedConnectionsCountIntoTheirGroups() {
        int curl = made.process(1, "curl");
        made.socket().owner(curl).set(Column.OPENED, 1).set(Column.OPENED_NOW, 0);
        made.bundle().owner(curl).ended(40, 38, 2, 5);
        made.bundle().owner(made.process(2, "wget")).ended(9, 9, 0, 1);
        made.bundle().owner(made.process(3, "gone long ago")).ended(9, 9, 0, 0);

        Pivot pivot = pivot("process", "process:asc");
        assertThat(keys(pivot, Fields.PROCESS)).containsExactly("curl", "wget");
        assertThat(measures(pivot.root(), "conns,opened,closed,failed,close_rate"))
                .isEqualTo("1 41 38 2 5");
        assertThat(pivot.root().sockets(1)).isZero();
        assertThat(pivot.children(pivot.root(), 1).size()).isZero();
        assertThat(measures(pivot.total(), "conns,opened,closed")).isEqualTo("1 59 56");
    }

    @Test
    void whatBundlesLackMakesTheirCountsUnknown() {
        int curl = made.process(1, "curl");
        made.socket().owner(curl).set(Column.OPENED, 1);
        made.bundle().owner(curl).ended(40, 38, 2, 5);

        Pivot pivot = pivot("process,state", "conns");
        assertThat(measures(pivot.root(), "opened,closed")).isEqualTo("41 38");
        assertThat(measures(pivot.children(pivot.root(), 0), "opened,closed,conns"))
                .isEqualTo("- - 1");
        assertThat(measures(pivot.leaves(), "opened,closed,conns")).isEqualTo("- - 1");
        assertThat(measures(pivot.total(), "opened,closed,conns")).isEqualTo("41 38 1");
    }

    @Test
    void ofNothingThereAreNoneAndNotUnknown() {
        Level total = pivot("process", "conns").total();

        assertThat(total.size()).isEqualTo(1);
        assertThat(total.row(0)).isEqualTo(-1);
        assertThat(measures(total, "conns,estab,open_rate,rtt,tx_bytes")).isEqualTo("0 0 0 - -");
        assertThat(pivot("process", "conns").root().size()).isZero();
        assertThat(pivot("", "conns").root().size()).isZero();
    }

    @Test
    void anEntryIsFoundAgainInAnotherSnapshot() {
        made.text("shifts the numbers of texts");
        made.socket().owner(made.process(7, "nginx")).set(Column.COOKIE, 99);
        SnapshotBuilder before = new SnapshotBuilder();
        before.socket().owner(before.process(1, "curl")).remote("10.0.0.1", 1);
        before.socket().owner(before.process(7, "nginx")).set(Column.COOKIE, 99).local("10.0.0.5", 30_001);
        PivotSpec byProcess = spec("process,peer", "conns");
        Pivot old = Pivots.of(before.build(), byProcess);
        Pivot now = Pivots.of(made.build(), byProcess);

        assertThat(now.root().find(old.root().identity(0))).isEqualTo(-1);
        assertThat(now.root().find(old.root().identity(1))).isZero();
        Level oldRow = old.children(old.children(old.root(), 1), 0);
        Level row = now.children(now.children(now.root(), 0), 0);
        assertThat(row.find(oldRow.identity(0))).isZero();
        assertThat(row.find(old.root().identity(1))).isEqualTo(-1);
        assertThat(now.leaves().find(old.leaves().identity(1))).isZero();
        assertThat(now.total().find(old.total().identity(0))).isZero();
    }

    @Test
    void aReusedEndPointIsAnotherConnection() {
        made.socket().set(Column.COOKIE, 1);
        SnapshotBuilder later = new SnapshotBuilder();
        later.socket().set(Column.COOKIE, 2);
        Level level = Pivots.of(later.build(), spec("", "conns")).root();

        assertThat(level.find(pivot("", "conns").root().identity(0))).isEqualTo(-1);
    }

    @Test
    void listenersWithoutCookiesAreToldApart() {
        made.listener(80).set(Column.COOKIE, SocketTable.ABSENT).set(Column.INODE, 5);
        made.listener(80).set(Column.COOKIE, SocketTable.ABSENT).set(Column.INODE, 6);
        Level level = Pivots.of(made.build(), new PivotSpec(List.of(), List.of(), null, RowChoice.ALL))
                .root();

        assertThat(level.find(level.identity(0))).isZero();
        assertThat(level.find(level.identity(1))).isEqualTo(1);
    }

    @Test
    void aSingleConnectionConsistsOfNothing() {
        made.socket();
        Pivot pivot = pivot("", "conns");

        assertThat(pivot.leaves()).isSameAs(pivot.root());
        assertThatThrownBy(() -> pivot.children(pivot.root(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Pivot pivot(String groupBy, String sort) {
        return Pivots.of(made.build(), spec(groupBy, sort));
    }

    /** Field ids separated by commas; a sort key, descending unless {@code :asc}. */
    private static PivotSpec spec(String groupBy, String sort) {
        List<KeyField> fields = Stream.of(groupBy.split(","))
                .filter(id -> !id.isEmpty())
                .map(id -> (KeyField) Fields.find(id))
                .toList();
        Field field = Fields.find(sort.replace(":asc", ""));
        return new PivotSpec(fields, List.of(new SortKey(field, !sort.endsWith(":asc"))), null, RowChoice.CONNECTIONS);
    }

    private void check(PivotSpec spec, String expected) {
        Snapshot snapshot = made.build();
        Pivot pivot = Pivots.of(snapshot, spec);
        StringBuilder out = new StringBuilder();
        print(pivot, pivot.root(), out);
        assertThat(out).hasToString(expected);
    }

    private static void print(Pivot pivot, Level level, StringBuilder out) {
        for (int i = 0; i < level.size(); i++) {
            out.append("  ".repeat(level.depth() - (level.single() ? 0 : 1)));
            if (level.single()) {
                out.append(key(pivot.snapshot(), level, i, Fields.PEER))
                        .append(" rport=")
                        .append(key(pivot.snapshot(), level, i, EndpointFields.RPORT));
                out.append('\n');
                continue;
            }
            out.append(key(pivot.snapshot(), level, i, level.fields().get(0)));
            out.append(String.format(Locale.ROOT, " conns=%.0f", level.measure(CountFields.CONNS, i)));
            if (level.fields().contains(Fields.PROCESS)) {
                long pid = ((KeyField) Fields.find("pid")).low().read(pivot.snapshot(), level.row(i));
                out.append(" pid=").append(pid);
            }
            out.append('\n');
            print(pivot, pivot.children(level, i), out);
        }
    }

    private static List<String> keys(Pivot pivot, KeyField field) {
        Level level = pivot.root();
        return IntStream.range(0, level.size())
                .mapToObj(i -> key(pivot.snapshot(), level, i, field))
                .toList();
    }

    private static String key(Snapshot snapshot, Level level, int index, KeyField field) {
        KeyValue value = new KeyValue();
        level.key(field, index, value);
        if (value.absent()) {
            return "-";
        }
        return switch (field.type()) {
            case TEXT -> snapshot.texts().text(value.low()).value();
            case ENUM -> field.names().get((int) value.low());
            case ADDRESS -> new Address(value.high(), value.low()).toString();
            default -> Long.toString(value.low());
        };
    }

    /** The first entry's amounts. */
    private static String measures(Level level, String ids) {
        return Stream.of(ids.split(","))
                .map(id -> level.measure((MeasureField) Fields.find(id), 0))
                .map(amount -> Double.isNaN(amount) ? "-" : String.format(Locale.ROOT, "%.0f", amount))
                .collect(Collectors.joining(" "));
    }

    /** Their time has milliseconds, in which much can end. */
    @Test
    void whatEndedInOneMillisecondIsInTheOrderOfItsEnds() {
        String[] peers = {"10.0.0.9", "10.0.0.1", "10.0.0.5", "10.0.0.7", "10.0.0.2"};
        long[] nanos = {9_000, 8_000, 7_000, 7_000, 6_000};
        for (int i = 0; i < peers.length; i++) {
            made.ended().remote(peers[i], 443).set(Column.EVENT_NANOS, nanos[i]);
        }
        Snapshot rows = made.build();
        assertThat(endedRows(rows, false)).containsExactly(0, 1, 2, 3, 4);
        assertThat(endedRows(rows, true)).containsExactly(4, 3, 2, 1, 0);
    }

    private static List<Integer> endedRows(Snapshot rows, boolean oldestFirst) {
        SortKey byEnd = new SortKey(EndedFields.ENDED, oldestFirst);
        Snapshot head = new SnapshotBuilder().ended(5, () -> rows).build();
        Level level = Pivots.of(head, new PivotSpec(List.of(), List.of(byEnd), null, RowChoice.ENDED))
                .root();
        return IntStream.range(0, level.size()).mapToObj(level::row).toList();
    }

    @Test
    void whatHasEndedIsRowsOfTheMoment() {
        SnapshotBuilder gone = new SnapshotBuilder();
        gone.ended().owner(gone.process(4656, "nginx"));
        gone.ended().remote("10.0.0.11", 443);
        made.socket();
        Snapshot moment = made.ended(7, gone::build).build();
        PivotSpec spec = new PivotSpec(List.of(Fields.PROCESS), List.of(), null, RowChoice.ENDED);

        Pivot pivot = Pivots.of(moment, spec);
        assertThat(pivot.snapshot()).isSameAs(moment);
        assertThat(pivot.root().size()).isEqualTo(2);
        assertThat(pivot.root().snapshot(0)).isSameAs(moment.ended().rows());
        assertThat(pivot.total().measure(CountFields.CLOSED, 0)).isEqualTo(2);
        assertThat(pivot.total().measure(CountFields.CONNS, 0)).isZero();
        PivotSpec byReason = new PivotSpec(List.of(EndedFields.REASON), List.of(), null, RowChoice.ENDED);
        assertThat(Pivots.of(moment, byReason).root().measure(CountFields.CLOSED, 0))
                .isEqualTo(2);
        assertThat(Pivots.of(made.ended(0, Ended.NONE::rows).build(), spec)
                        .root()
                        .size())
                .isZero();
    }

    @Test
    void whatHasEndedBesideWhatLives() {
        SnapshotBuilder gone = new SnapshotBuilder();
        gone.process(1, "other");
        gone.ended().owner(gone.process(4656, "nginx")).remote("10.0.0.9", 1).set(Column.EVENT_NANOS, 2);
        gone.ended().owner(gone.process(777, "curl")).remote("10.0.0.8", 2).set(Column.EVENT_NANOS, 1);
        made.socket().owner(made.process(4656, "nginx")).remote("10.0.0.9", 3);
        made.socket().owner(made.process(2, "idle")).remote("10.0.0.7", 4);
        Snapshot moment = made.ended(2, gone::build).build();
        List<SortKey> byName = List.of(new SortKey(Fields.PROCESS, true));
        PivotSpec spec = new PivotSpec(List.of(Fields.PROCESS, Fields.PEER), byName, null, RowChoice.CONNECTIONS);

        Pivot pivot = Pivots.of(moment, spec.withEnded(true));
        Level root = pivot.root();
        assertThat(names(pivot, root)).containsExactly("nginx 1", "idle 1", "curl 0");
        assertThat(pivot.total().sockets(0)).isEqualTo(2);
        for (int i = 0; i < root.size(); i++) {
            assertThat(root.find(root.identity(i))).isEqualTo(i);
        }
        Level nginx = pivot.children(root, 0);
        assertThat(nginx.size()).isEqualTo(1);
        Level rows = pivot.children(nginx, 0);
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.snapshot(0)).isSameAs(moment);
        assertThat(rows.snapshot(1)).isSameAs(moment.ended().rows());
        assertThat(rows.find(rows.identity(1))).isEqualTo(1);
        assertThat(pivot.children(pivot.children(root, 2), 0).size()).isEqualTo(1);
        assertThat(pivot.children(root, 1)).isSameAs(pivot.children(root, 1));
        assertThat(pivot.leaves().size()).isEqualTo(3);
        assertThat(Pivots.of(moment, spec).root().size()).isEqualTo(2);
    }

    private static List<String> names(Pivot pivot, Level level) {
        KeyValue value = new KeyValue();
        return IntStream.range(0, level.size())
                .mapToObj(i -> {
                    level.key(Fields.PROCESS, i, value);
                    return level.snapshot(i).texts().text(value.low()).value() + " "
                            + (int) level.measure(CountFields.CONNS, i);
                })
                .toList();
    }
}
