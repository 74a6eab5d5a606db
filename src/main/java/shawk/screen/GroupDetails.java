package shawk.screen;

import java.util.List;
import java.util.Set;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.OwnerFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.Verdict;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;

/** What is said of a group, or of a listener and the connections that reached it. Used by one thread. */
final class GroupDetails {
    private final Pivot pivot;
    private final Tree.Row entry;
    private final Snapshot snapshot;
    private final History history;
    private final Facts facts;
    private final boolean listener;
    /** What is in it, and of that the connections. */
    private final PivotSpec inside;

    private final PivotSpec connections;
    private final Level total;
    private final KeyValue value = new KeyValue();

    GroupDetails(Pivot pivot, Tree.Row entry, Symbols symbols, History history) {
        this.pivot = pivot;
        this.entry = entry;
        this.snapshot = entry.level().snapshot(entry.index());
        this.history = history;
        this.facts = new Facts(symbols);
        this.inside = Drill.inside(pivot.spec(), entry);
        RowChoice rows = inside.rows() == RowChoice.OPEN ? RowChoice.CONNECTIONS : inside.rows();
        this.connections = new PivotSpec(List.of(), inside.sort(), inside.filter(), rows, inside.within());
        this.total = Pivots.of(snapshot, connections).total();
        this.listener = pivot.spec().rows() == RowChoice.LISTENERS
                && entry.level().fields().isEmpty();
    }

    List<Details.Section> sections() {
        int row = entry.level().row(entry.index());
        facts.section("");
        if (listener) {
            facts.add("verdict", VerdictWords.of(snapshot, row), VerdictWords.style(snapshot, row));
            if (snapshot.table().has(Column.QUEUE_DROPS, row)) {
                queue(row);
            }
        }
        verdicts();
        facts.curves(history, pivot.spec(), entry);
        counts();
        path();
        if (listener) {
            OwnerFacts.of(facts, snapshot, row);
        } else {
            owner(row);
        }
        consistsOf();
        OwnerFacts.missing(facts, snapshot);
        return facts.made();
    }

    private String of(MeasureField field) {
        return Facts.amount(field, entry.level().measure(field, entry.index()));
    }

    private void queue(int row) {
        String drops = Facts.of(QueueFields.QUEUE_DROPS, snapshot, row);
        boolean dropped = snapshot.table().value(Column.QUEUE_DROPS, row) > 0;
        facts.add(
                "drops",
                drops + " connections refused for want of room since the socket was made",
                dropped ? Style.WARN : Style.PLAIN);
    }

    /** Each verdict with how many connections have it, the most frequent first. */
    private void verdicts() {
        Level level =
                Pivots.of(snapshot, by(connections, QualityFields.VERDICT)).root();
        for (int i = 0; i < level.size(); i++) {
            level.key(QualityFields.VERDICT, i, value);
            if (!value.absent()) {
                Verdict verdict = Verdict.values()[(int) value.low()];
                facts.add(
                        i == 0 ? "verdicts" : "",
                        level.sockets(i) + " " + verdict.id() + ": " + VerdictWords.fault(verdict),
                        VerdictWords.style(verdict));
            }
        }
    }

    /** A sum over connections: of listeners the queues hold connections, not bytes. */
    private String queued(MeasureField field) {
        return Facts.amount(CountFields.TX_BYTES, total.measure(field, 0));
    }

    private static PivotSpec by(PivotSpec inside, KeyField field) {
        List<SortKey> byCount = List.of(new SortKey(CountFields.CONNS, true));
        return new PivotSpec(List.of(field), byCount, inside.filter(), inside.rows(), inside.within());
    }

    private void counts() {
        facts.section("Connections");
        facts.add(
                "now",
                of(CountFields.CONNS) + ", of these " + of(CountFields.ESTAB) + " established; TIME_WAIT: "
                        + of(CountFields.TIME_WAIT) + ", listeners: " + of(CountFields.LISTENERS));
        if (!listener) {
            String mark = snapshot.exactCounts() ? "" : "~";
            facts.add(
                    "since start",
                    of(CountFields.OPENED) + mark + " opened, " + of(CountFields.CLOSED) + mark + " closed, "
                            + of(CountFields.FAILED) + mark + " failed");
            facts.add(
                    "per second",
                    of(CountFields.OPEN_RATE) + mark + " opened, " + of(CountFields.CLOSE_RATE) + mark + " closed, "
                            + of(CountFields.FAIL_RATE) + mark + " failed");
        }
        facts.add("sent", of(CountFields.TX_BYTES) + " acknowledged, now " + of(CountFields.TX_RATE));
        facts.add("received", of(CountFields.RX_BYTES) + ", now " + of(CountFields.RX_RATE));
        if (!listener) {
            facts.add(
                    "queues",
                    queued(QueueFields.RECVQ) + " unread, " + queued(QueueFields.SENDQ) + " not acknowledged");
            facts.add("memory", of(QueueFields.MEM) + " of the kernel's");
            facts.add("oldest", of(QueueFields.AGE) + "; " + of(QueueFields.IDLE) + " since the last segment of any");
        }
    }

    private void path() {
        facts.section("Path");
        facts.add(
                "round trip",
                "at most " + of(QualityFields.RTT) + " for half of them, " + of(QualityFields.RTT_P95) + " for 95 %, "
                        + of(QualityFields.RTT_MAX) + " for all");
        facts.add(
                "repeated",
                of(QualityFields.RETRANS_PCT) + " % of the segments sent (" + of(QualityFields.RETRANS) + ")");
        limits();
    }

    private void limits() {
        if (Double.isNaN(entry.level().measure(QualityFields.RWND_LIMITED, entry.index()))) {
            facts.add("limited", "-: none of them had data to send, as far as the kernel says");
            return;
        }
        facts.add(
                "limited",
                of(QualityFields.RWND_LIMITED) + " % of the time with data to send by the receiver's window, "
                        + of(QualityFields.SNDBUF_LIMITED) + " % by the own send buffer, "
                        + of(QualityFields.CWND_LIMITED) + " % by the network");
    }

    /** Where all rows have one process, what is known of it. */
    private void owner(int row) {
        entry.level().key(OwnerFields.PID, entry.index(), value);
        boolean one = value.distinct() ? value.low() == 1 : !value.absent();
        if (!one || row < 0) {
            return;
        }
        long owner = snapshot.table().value(Column.OWNER, row);
        if (owner != SocketTable.ABSENT) {
            facts.section("Owner");
            facts.add("process", Facts.owner(snapshot, row));
            OwnerFacts.process(facts, snapshot.processes().get((int) owner));
        }
    }

    private void consistsOf() {
        facts.section("Consists of");
        Set<KeyField> said = Set.copyOf(
                pivot.spec().groupBy().subList(0, listener ? 0 : entry.path().depth()));
        for (KeyField field : List.of(Fields.STATE, Fields.PROCESS, Fields.PEER, Fields.PORT, EndpointFields.PROTO)) {
            if (!said.contains(field)) {
                FieldValues.add(
                        facts, field, Pivots.of(snapshot, by(inside, field)).root(), snapshot);
            }
        }
    }
}
