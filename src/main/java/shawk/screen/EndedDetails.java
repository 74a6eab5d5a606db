package shawk.screen;

import java.util.List;
import shawk.field.CountFields;
import shawk.field.EndedFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.model.Column;
import shawk.model.EndReason;
import shawk.model.EventKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** What is said of one connection that has ended, or of one attempt: its whole life. Used by one thread. */
final class EndedDetails {
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double PERCENT = 100;

    private final Snapshot snapshot;
    private final SocketTable table;
    private final int row;
    private final Facts facts;
    private final Symbols symbols;
    private final boolean failed;

    EndedDetails(Snapshot snapshot, int row, Symbols symbols) {
        this.snapshot = snapshot;
        this.table = snapshot.table();
        this.row = row;
        this.facts = new Facts(symbols);
        this.symbols = symbols;
        this.failed = Facts.event(snapshot, row) == EventKind.FAILED;
    }

    List<Details.Section> sections() {
        life();
        if (!failed) {
            traffic();
        }
        path();
        OwnerFacts.of(facts, snapshot, row);
        EndFacts ends = new EndFacts(facts, snapshot, row, symbols);
        ends.otherEnd();
        ends.socket();
        return facts.made();
    }

    private String of(MeasureField field) {
        return Facts.of(field, snapshot, row);
    }

    private long value(Column column) {
        return table.value(column, row);
    }

    private void life() {
        facts.section("");
        String reason = Facts.key(EndedFields.REASON, snapshot, row);
        EndReason why = EndReason.of((int) Math.max(0, value(Column.END_REASON)));
        facts.add(
                failed ? "failed" : "closed",
                of(EndedFields.ENDED) + " ago, " + reason + ": " + words(why),
                failed ? Style.WARN : Style.PLAIN);
        boolean timed = table.has(Column.DURATION_MICROS, row);
        if (failed) {
            facts.add(
                    "took", timed ? of(EndedFields.DURATION) + " from the first SYN on" : "-: its start was not seen");
            return;
        }
        facts.add("lasted", timed ? of(EndedFields.DURATION) + ", from opening to end" : "-: its opening was not seen");
        if (timed) {
            double opened = value(Column.ENDED_MILLIS) + value(Column.DURATION_MICROS) / MICROS_PER_MILLI;
            facts.add("opened", Facts.amount(EndedFields.ENDED, opened) + " ago");
        }
        facts.add("connect", connect(snapshot, row));
    }

    /** How long opening took, of a connection that lives too. */
    static String connect(Snapshot snapshot, int row) {
        return snapshot.table().has(Column.CONNECT_MICROS, row)
                ? Facts.of(EndedFields.CONNECT_TIME, snapshot, row) + " from SYN_SENT to ESTABLISHED"
                : "-: opened from the other end, or not seen";
    }

    private void traffic() {
        facts.section("Traffic");
        facts.add("sent", of(CountFields.TX_BYTES) + " acknowledged" + average(Column.TX_BYTES));
        facts.add("received", of(CountFields.RX_BYTES) + average(Column.RX_BYTES));
    }

    private String average(Column bytes) {
        long micros = value(Column.DURATION_MICROS);
        boolean known = table.has(bytes, row) && table.has(Column.DURATION_MICROS, row) && micros > 0;
        return known
                ? ", on average " + Facts.amount(CountFields.TX_RATE, value(bytes) * MICROS_PER_SECOND / micros)
                : "";
    }

    private void path() {
        facts.section("Path");
        if (!failed) {
            facts.add("round trip", of(QualityFields.RTT) + " at the end, best " + of(QualityFields.MIN_RTT));
        }
        long sent = value(Column.SEGS_OUT);
        long repeated = value(Column.RETRANS);
        if (table.has(Column.SEGS_OUT, row) && table.has(Column.RETRANS, row)) {
            String share = sent > 0
                    ? Facts.amount(QualityFields.RETRANS_PCT, PERCENT * repeated / sent) + " % of the segments sent ("
                    : "none sent (";
            facts.add("repeated", share + MeterFacts.exact(repeated) + " of " + MeterFacts.exact(sent) + ")");
        }
    }

    /** What a reason means. */
    static String words(EndReason reason) {
        return switch (reason) {
            case FIN_LOCAL -> "this end closed it first";
            case FIN_REMOTE -> "the other end closed it first";
            case RST_IN -> "the other end reset it";
            case ABORTED -> "this end reset it: linger 0, unread data, or another connect";
            case RST_OUT -> "this end sent a reset for another cause";
            case TIMEOUT -> "the other end did not answer";
            case DESTROYED -> "somebody had the kernel end it (SOCK_DESTROY)";
            case REFUSED -> "the other end refused it: nobody listens there, or a firewall rejects";
            case UNREACHABLE -> "a router or this host had no way there";
            case CANCELLED -> "this end closed it before there was an answer";
            case NO_PORT -> "no local port was free, and no SYN was sent";
            case UNKNOWN -> "nobody saw why";
        };
    }
}
