package shawk.screen;

import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
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
        if (ordinal == SocketTable.ABSENT) {
            boolean unix = table.value(Column.PROTOCOL, row) == Protocol.UNIX.ordinal();
            return unix ? "-: there is none on unix sockets" : "-: without queues and figures of TCP there is none";
        }
        Verdict verdict = Verdict.values()[(int) ordinal];
        if (table.value(Column.KIND, row) == RowKind.LISTENER.ordinal()) {
            return verdict.id() + ": " + ofListener(snapshot, row, verdict);
        }
        return verdict.id() + ": " + fault(verdict) + reason(snapshot, row, verdict);
    }

    private static String ofListener(Snapshot snapshot, int row, Verdict verdict) {
        String queue = Facts.of(QueueFields.RECVQ, snapshot, row) + " connections wait to be accepted, of "
                + Facts.of(QueueFields.SENDQ, snapshot, row) + " that may";
        return verdict == Verdict.APP ? "the process accepts too slowly: " + queue : queue;
    }

    private static String reason(Snapshot snapshot, int row, Verdict verdict) {
        return switch (verdict) {
            case OK -> "";
            case RWND ->
                " (" + Facts.of(QualityFields.RWND_LIMITED, snapshot, row)
                        + " % of its time with data to send, since its beginning)";
            case SNDBUF ->
                " (" + Facts.of(QualityFields.SNDBUF_LIMITED, snapshot, row)
                        + " % of its time with data to send, since its beginning)";
            case CWND, PEER_NOT_READING -> " (" + bytes(snapshot, row, Column.SENDQ) + " wait)";
            case APP -> " (" + bytes(snapshot, row, Column.RECVQ) + " wait to be read)";
            case RETRANSMITTING ->
                " (" + Facts.of(QualityFields.RETRANS, snapshot, row) + " segments repeated since its beginning)";
            case IDLE -> " (" + Facts.of(QueueFields.IDLE, snapshot, row) + ")";
        };
    }

    private static String bytes(Snapshot snapshot, int row, Column column) {
        return snapshot.table().has(column, row)
                ? Facts.amount(CountFields.TX_BYTES, snapshot.table().value(column, row))
                : "-";
    }
}
