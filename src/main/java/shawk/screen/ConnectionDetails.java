package shawk.screen;

import java.util.List;
import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.pivot.Pivot;

/** What is said of one socket. Used by one thread. */
final class ConnectionDetails {
    /** Written as a count: exact. */
    private static final MeasureField EXACT = CountFields.CONNS;

    private final Pivot pivot;
    private final Tree.Row entry;
    private final Snapshot snapshot;
    private final SocketTable table;
    private final int row;
    private final History history;
    private final Facts facts;
    private final Symbols symbols;
    private final Protocol protocol;

    ConnectionDetails(Pivot pivot, Tree.Row entry, Symbols symbols, History history) {
        this.pivot = pivot;
        this.entry = entry;
        this.snapshot = entry.level().snapshot(entry.index());
        this.table = snapshot.table();
        this.row = entry.level().row(entry.index());
        this.history = history;
        this.facts = new Facts(symbols);
        this.symbols = symbols;
        long known = table.value(Column.PROTOCOL, row);
        this.protocol = known == SocketTable.ABSENT ? Protocol.TCP : Protocol.values()[(int) known];
    }

    List<Details.Section> sections() {
        facts.section("").add("verdict", VerdictWords.of(snapshot, row), VerdictWords.style(snapshot, row));
        facts.curves(history, pivot.spec(), entry);
        traffic();
        if (protocol != Protocol.UNIX) {
            path();
        }
        queues();
        OwnerFacts.of(facts, snapshot, row);
        EndFacts ends = new EndFacts(facts, snapshot, row, symbols);
        ends.otherEnd();
        ends.socket();
        OwnerFacts.missing(facts, snapshot);
        return facts.made();
    }

    private String of(MeasureField field) {
        return Facts.of(field, snapshot, row);
    }

    private boolean has(Column column) {
        return table.has(column, row);
    }

    private void traffic() {
        facts.section("Traffic");
        if (!has(Column.TX_BYTES)) {
            facts.add("bytes", "-: " + whyNot());
            return;
        }
        facts.add("sent", of(CountFields.TX_BYTES) + " acknowledged, now " + of(CountFields.TX_RATE));
        facts.add("received", of(CountFields.RX_BYTES) + ", now " + of(CountFields.RX_RATE));
        if (has(Column.DELIVERY_RATE)) {
            facts.add("delivery", of(QualityFields.DELIVERY_RATE) + " when data last reached the peer");
        }
        if (has(Column.RTT)) {
            String pacing = has(Column.PACING_RATE) ? "at most " + of(QualityFields.PACING_RATE) : "no limit";
            facts.add("pacing", pacing);
        }
    }

    private void path() {
        facts.section("Path");
        if (!has(Column.RTT)) {
            facts.add("round trip", "-: " + whyNot());
            return;
        }
        facts.add(
                "round trip",
                of(QualityFields.RTT) + " (" + (symbols.ascii() ? "+-" : "\u00b1") + of(QualityFields.RTTVAR)
                        + ", best " + of(QualityFields.MIN_RTT) + ")");
        String threshold = has(Column.SSTHRESH) ? of(QualityFields.SSTHRESH) + " segments" : "none";
        facts.add(
                "window",
                of(QualityFields.CWND) + " segments of " + Facts.amount(EXACT, table.value(Column.MSS, row))
                        + " B, slow-start threshold " + threshold + ", "
                        + Facts.key(QualityFields.CONG, snapshot, row));
        facts.add(
                "repeated",
                of(QualityFields.RETRANS_PCT) + " % of the segments sent (" + of(QualityFields.RETRANS) + " of "
                        + (has(Column.SEGS_OUT) ? Facts.amount(EXACT, table.value(Column.SEGS_OUT, row)) : "-") + ")");
        if (has(Column.BUSY_MICROS)) {
            limits();
        }
    }

    private void limits() {
        if (table.value(Column.BUSY_MICROS, row) == 0) {
            facts.add("limited", "never: it had nothing to send yet");
            return;
        }
        facts.add(
                "limited",
                "of its " + Facts.amount(QualityFields.RTT, table.value(Column.BUSY_MICROS, row))
                        + " with data to send " + of(QualityFields.RWND_LIMITED) + " % by the receiver's window, "
                        + of(QualityFields.SNDBUF_LIMITED) + " % by the own send buffer, "
                        + of(QualityFields.CWND_LIMITED) + " % by the network");
    }

    private void queues() {
        facts.section("Queues and life");
        boolean listener = table.value(Column.KIND, row) == RowKind.LISTENER.ordinal();
        if (listener && protocol != Protocol.UDP) {
            facts.add(
                    "accept",
                    of(QueueFields.RECVQ) + " connections wait, of " + of(QueueFields.SENDQ) + " that may"
                            + (has(Column.QUEUE_DROPS)
                                    ? "; " + of(QueueFields.QUEUE_DROPS) + " dropped for want of room"
                                    : ""));
        } else {
            facts.add("unread", bytes(Column.RECVQ) + " received and not read yet by the process");
            facts.add("unsent", bytes(Column.SENDQ) + " sent or to be sent, not acknowledged yet");
        }
        if (protocol != Protocol.UNIX) {
            facts.add("memory", of(QueueFields.MEM) + " of the kernel's");
            facts.add("timer", timer());
        }
        boolean seen = has(Column.AGE_MILLIS);
        boolean watched =
                snapshot.exactCounts() && !listener && (protocol == Protocol.TCP || protocol == Protocol.MPTCP);
        String exactly = watched ? ", from its very opening" : "";
        facts.add(
                "age", seen ? of(QueueFields.AGE) + exactly : "-: its opening was not seen, it is older than this run");
        if (watched) {
            facts.add("connect", EndedDetails.connect(snapshot, row));
        }
        if (protocol != Protocol.UNIX) {
            String idle = has(Column.IDLE_MILLIS) ? of(QueueFields.IDLE) + " since the last segment" : "-: " + whyNot();
            facts.add("idle", idle);
        }
    }

    private String bytes(Column column) {
        return has(column) ? Facts.amount(CountFields.TX_BYTES, table.value(column, row)) : "-";
    }

    private String timer() {
        long kind = table.value(Column.TIMER, row);
        if (kind == SocketTable.ABSENT || kind == TimerKind.NONE.ordinal()) {
            return "none runs";
        }
        String left = " in " + Facts.amount(QueueFields.AGE, table.value(Column.TIMER_MILLIS, row));
        return switch (TimerKind.values()[(int) kind]) {
            case ON -> "sends again" + left + ", unless it is acknowledged";
            case KEEPALIVE -> "asks whether the peer is alive" + left;
            case TIMEWAIT -> "forgets the connection" + left;
            case PERSIST -> "asks whether the peer's window has opened" + left;
            case NONE -> "none runs";
        };
    }

    /** Why there are no figures of the path. */
    private String whyNot() {
        switch (protocol) {
            case UDP -> {
                return "the kernel does not count it for UDP";
            }
            case UNIX -> {
                return "the kernel does not count it for unix sockets";
            }
            case MPTCP -> {
                return "the TCP sockets that it is made of have it";
            }
            case TCP -> {}
        }
        if (table.value(Column.KIND, row) != RowKind.CONNECTION.ordinal()) {
            return "not of a socket in this state";
        }
        return snapshot.source().equals("proc")
                ? "not known: the source proc cannot tell"
                : "not known: the kernel did not say";
    }
}
