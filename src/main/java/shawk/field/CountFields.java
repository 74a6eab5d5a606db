package shawk.field;

import java.util.List;
import shawk.field.MeasureField.Unit;
import shawk.model.Column;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/** Fields that count: connections by kind, openings and ends, bytes. */
public final class CountFields {
    private static final double NANOS_PER_SECOND = 1e9;

    public static final MeasureField CONNS = new MeasureField.Builder("conns", "CONNS", Unit.COUNT)
            .reads((s, row) -> is(s, row, RowKind.CONNECTION))
            .width(7)
            .help("connections: TCP states other than LISTEN, CLOSE and TIME_WAIT; connected UDP sockets");

    public static final MeasureField ESTAB = new MeasureField.Builder("estab", "ESTAB", Unit.COUNT)
            .reads(CountFields::isEstablished)
            .width(7)
            .help("of these, those in state ESTABLISHED");

    public static final MeasureField TIME_WAIT = new MeasureField.Builder("time_wait", "TIMEWT", Unit.COUNT)
            .reads((s, row) -> is(s, row, RowKind.TIME_WAIT))
            .width(7)
            .help("sockets whose timewait timer runs, whatever state is printed");

    public static final MeasureField LISTENERS = new MeasureField.Builder("listeners", "LISTEN", Unit.COUNT)
            .reads((s, row) -> is(s, row, RowKind.LISTENER))
            .width(7)
            .help("sockets that wait for peers: TCP in LISTEN, UDP not connected");

    public static final MeasureField SYN_RECV = new MeasureField.Builder("syn_recv", "SYNRCV", Unit.COUNT)
            .reads(CountFields::isSynRecv)
            .width(7)
            .help("connections in SYN_RECV: asked for by a peer, not established yet");

    public static final MeasureField OPENED = new MeasureField.Builder("opened", "OPENED", Unit.COUNT)
            .reads(Column.OPENED)
            .width(8)
            .help("connections opened since the start of the program");

    public static final MeasureField CLOSED = new MeasureField.Builder("closed", "CLOSED", Unit.COUNT)
            .reads((s, row) -> ended(s, Column.CLOSED, row))
            .width(8)
            .help("connections ended since the start of the program");

    public static final MeasureField FAILED = new MeasureField.Builder("failed", "FAILED", Unit.COUNT)
            .reads((s, row) -> ended(s, Column.FAILED, row))
            .width(8)
            .help("attempts that never were established, since the start of the program");

    public static final MeasureField OPEN_RATE = new MeasureField.Builder("open_rate", "NEW/S", Unit.PER_SECOND)
            .reads((s, row) -> MeasureField.amount(s, Column.OPENED_NOW, row) * perSecond(s))
            .width(6)
            .help("connections opened per second, over the last interval");

    public static final MeasureField CLOSE_RATE = new MeasureField.Builder("close_rate", "CLOSE/S", Unit.PER_SECOND)
            .reads((s, row) -> ended(s, Column.CLOSED_NOW, row) * perSecond(s))
            .width(7)
            .help("connections ended per second, over the last interval");

    public static final MeasureField FAIL_RATE = new MeasureField.Builder("fail_rate", "FAIL/S", Unit.PER_SECOND)
            .reads((s, row) -> ended(s, Column.FAILED_NOW, row) * perSecond(s))
            .width(6)
            .help("failed attempts per second, over the last interval");

    public static final MeasureField TX_BYTES = new MeasureField.Builder("tx_bytes", "TX", Unit.BYTES)
            .reads(Column.TX_BYTES)
            .width(6)
            .help("payload bytes that the peer has acknowledged");

    public static final MeasureField RX_BYTES = new MeasureField.Builder("rx_bytes", "RX", Unit.BYTES)
            .reads(Column.RX_BYTES)
            .width(6)
            .help("payload bytes received");

    public static final MeasureField TX_RATE = new MeasureField.Builder("tx_rate", "TX/S", Unit.BYTES_PER_SECOND)
            .reads(Column.TX_RATE)
            .width(8)
            .help("payload bytes acknowledged per second, over the last interval");

    public static final MeasureField RX_RATE = new MeasureField.Builder("rx_rate", "RX/S", Unit.BYTES_PER_SECOND)
            .reads(Column.RX_RATE)
            .width(8)
            .help("payload bytes received per second, over the last interval");

    static final List<Field> ALL = List.of(
            CONNS,
            ESTAB,
            TIME_WAIT,
            LISTENERS,
            SYN_RECV,
            OPENED,
            CLOSED,
            FAILED,
            OPEN_RATE,
            CLOSE_RATE,
            FAIL_RATE,
            TX_BYTES,
            RX_BYTES,
            TX_RATE,
            RX_RATE);

    private CountFields() {}

    private static int is(Snapshot snapshot, int row, RowKind kind) {
        return snapshot.table().value(Column.KIND, row) == kind.ordinal() ? 1 : 0;
    }

    private static int isEstablished(Snapshot snapshot, int row) {
        return snapshot.table().value(Column.STATE, row) == SocketState.ESTABLISHED.ordinal()
                ? is(snapshot, row, RowKind.CONNECTION)
                : 0;
    }

    private static int isSynRecv(Snapshot snapshot, int row) {
        long state = snapshot.table().value(Column.STATE, row);
        return state == SocketState.SYN_RECV.ordinal() || state == SocketState.NEW_SYN_RECV.ordinal() ? 1 : 0;
    }

    /** A socket has not ended yet: 0, so that a group without ended connections says 0 and not "not known". */
    private static double ended(Snapshot snapshot, Column column, int row) {
        long value = snapshot.table().value(column, row);
        if (value == SocketTable.ABSENT) {
            return row < snapshot.table().sockets() ? 0 : Double.NaN;
        }
        return value;
    }

    /** {@code NaN} at the first sample: there was no interval. */
    private static double perSecond(Snapshot snapshot) {
        return snapshot.elapsedNanos() > 0 ? NANOS_PER_SECOND / snapshot.elapsedNanos() : Double.NaN;
    }
}
