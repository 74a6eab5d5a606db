package shawk.screen;

import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.Verdict;

/** A verdict in words: whose fault, and by which figures. Pure. */
final class VerdictWords {
    private VerdictWords() {}

    static Style style(Snapshot snapshot, int row) {
        long verdict = snapshot.table().value(Column.VERDICT, row);
        return verdict == SocketTable.ABSENT ? Style.DIM : style(Verdict.values()[(int) verdict]);
    }

    static Style style(Verdict verdict) {
        return switch (verdict) {
            case OK, IDLE -> Style.PLAIN;
            case RWND, SNDBUF, CWND, APP -> Style.WARN;
            case PEER_NOT_READING, RETRANSMITTING -> Style.BAD;
        };
    }

    /** Whose fault it is. */
    static String fault(Verdict verdict) {
        return switch (verdict) {
            case OK -> "nothing holds it back";
            case RWND -> "the peer takes data more slowly than this host has it: its window is the limit";
            case SNDBUF -> "this host: its own send buffer is the limit";
            case CWND -> "the network: the congestion window is full";
            case APP -> "this host: the process does not read what has arrived";
            case PEER_NOT_READING -> "the peer does not read: its window is closed";
            case RETRANSMITTING -> "the network: segments are lost and sent again";
            case IDLE -> "nobody: no segment came or went for a minute";
        };
    }

    /** The verdict on a socket, with its reason. */
    static String of(Snapshot snapshot, int row) {
        SocketTable table = snapshot.table();
        long ordinal = table.value(Column.VERDICT, row);
        boolean listens = table.value(Column.STATE, row) == SocketState.LISTEN.ordinal();
        boolean unix = table.value(Column.PROTOCOL, row) == Protocol.UNIX.ordinal();
        if (listens && !unix && table.has(Column.RECVQ, row) && table.has(Column.SENDQ, row)) {
            String queue = queue(snapshot, row);
            return ordinal == Verdict.APP.ordinal()
                    ? "app: the process accepts too slowly: " + queue
                    : "-: nothing is wrong with its queue, " + queue;
        }
        if (ordinal == SocketTable.ABSENT) {
            return unix ? "-: there is none on unix sockets" : "-: without queues and figures of TCP there is none";
        }
        Verdict verdict = Verdict.values()[(int) ordinal];
        return verdict.id() + ": " + fault(verdict) + reason(snapshot, row, verdict);
    }

    private static String queue(Snapshot snapshot, int row) {
        return Facts.of(QueueFields.RECVQ, snapshot, row) + " connections wait to be accepted, of "
                + Facts.of(QueueFields.SENDQ, snapshot, row) + " that may";
    }

    /** The figures that the rule went by: of the last interval where it did, else since the beginning. */
    private static String reason(Snapshot snapshot, int row, Verdict verdict) {
        return switch (verdict) {
            case OK -> "";
            case RWND -> limited(snapshot, row, QualityFields.RWND_LIMITED, "waited for the receiver's window");
            case SNDBUF -> limited(snapshot, row, QualityFields.SNDBUF_LIMITED, "waited for the own send buffer");
            case CWND ->
                " (" + bytes(snapshot, row, Column.SENDQ) + " wait"
                        + (has(snapshot, row, Column.VERDICT_PART)
                                ? "; " + count(snapshot, row, Column.VERDICT_PART)
                                        + " segments are under way, the window has "
                                        + count(snapshot, row, Column.VERDICT_WHOLE) + ")"
                                : ")");
            case PEER_NOT_READING -> " (" + bytes(snapshot, row, Column.SENDQ) + " wait)";
            case APP ->
                " (" + bytes(snapshot, row, Column.RECVQ) + " wait to be read"
                        + (has(snapshot, row, Column.VERDICT_PART)
                                ? "; in " + interval(snapshot) + " none was, and "
                                        + bytes(snapshot, row, Column.VERDICT_PART) + " came)"
                                : ")");
            case RETRANSMITTING -> repeated(snapshot, row);
            case IDLE -> " (" + Facts.of(QueueFields.IDLE, snapshot, row) + ")";
        };
    }

    private static String limited(Snapshot snapshot, int row, MeasureField sinceBeginning, String how) {
        if (!has(snapshot, row, Column.VERDICT_PART)) {
            return " (" + Facts.of(sinceBeginning, snapshot, row) + " % of its time with data to send " + how
                    + ", since its beginning)";
        }
        double part = snapshot.table().value(Column.VERDICT_PART, row);
        double whole = snapshot.table().value(Column.VERDICT_WHOLE, row);
        return " (in " + interval(snapshot) + " it had data to send for " + Facts.amount(QualityFields.RTT, whole)
                + " and " + how + " for " + Facts.amount(sinceBeginning, 100 * part / whole) + " % of that)";
    }

    private static String repeated(Snapshot snapshot, int row) {
        if (has(snapshot, row, Column.VERDICT_WHOLE)) {
            return " (in " + interval(snapshot) + " " + count(snapshot, row, Column.VERDICT_PART) + " of "
                    + count(snapshot, row, Column.VERDICT_WHOLE) + " segments were repetitions)";
        }
        if (has(snapshot, row, Column.VERDICT_PART)) {
            long times = snapshot.table().value(Column.VERDICT_PART, row);
            return " (the last one has been repeated " + (times == 1 ? "once" : times + " times") + ", unanswered)";
        }
        return " (" + Facts.of(QualityFields.RETRANS, snapshot, row) + " segments repeated since its beginning)";
    }

    private static String interval(Snapshot snapshot) {
        return "the last " + Facts.amount(QueueFields.AGE, snapshot.elapsedNanos() / 1_000_000);
    }

    private static boolean has(Snapshot snapshot, int row, Column column) {
        return snapshot.table().has(column, row);
    }

    private static String count(Snapshot snapshot, int row, Column column) {
        return Facts.amount(CountFields.CONNS, snapshot.table().value(column, row));
    }

    private static String bytes(Snapshot snapshot, int row, Column column) {
        return snapshot.table().has(column, row)
                ? Facts.amount(CountFields.TX_BYTES, snapshot.table().value(column, row))
                : "-";
    }
}
