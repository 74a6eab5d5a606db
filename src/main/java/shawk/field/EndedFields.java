package shawk.field;

import static shawk.field.MeasureField.Rollup.MIN;
import static shawk.field.MeasureField.Rollup.P50;
import static shawk.field.MeasureField.Rollup.P95;

import java.util.List;
import java.util.stream.Stream;
import shawk.field.MeasureField.Unit;
import shawk.model.Column;
import shawk.model.EndReason;
import shawk.model.EventKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Fields of connections that have ended and of attempts that failed, one by one, and of how long opening took. */
public final class EndedFields {
    private static final List<String> REASONS =
            Stream.of(EndReason.values()).map(EndReason::id).toList();

    public static final MeasureField CONNECT_TIME = new MeasureField.Builder("connect_time", "CONNECT", Unit.MICROS)
            .reads(Column.CONNECT_MICROS)
            .rollup(P50)
            .width(7)
            .help("time from SYN_SENT to ESTABLISHED, where this side opened it; of a group the median");

    public static final MeasureField CONNECT_P95 = new MeasureField.Builder("connect_p95", "CONN95", Unit.MICROS)
            .reads(Column.CONNECT_MICROS)
            .rollup(P95)
            .ofGroupsOnly()
            .width(6)
            .help("of a group: 95 % of the connect times are no longer than this");

    public static final MeasureField DURATION = new MeasureField.Builder("duration", "DURATION", Unit.MICROS)
            .reads(Column.DURATION_MICROS)
            .rollup(P50)
            .width(8)
            .help("of an ended connection: time from its opening to its end; of a failed attempt how long it took");

    public static final MeasureField DURATION_P95 = new MeasureField.Builder("duration_p95", "DUR95", Unit.MICROS)
            .reads(Column.DURATION_MICROS)
            .rollup(P95)
            .ofGroupsOnly()
            .width(6)
            .help("of a group: 95 % of the durations are no longer than this");

    public static final KeyField CLOSE_REASON = new KeyField.Builder("close_reason", "CLOSED BY")
            .ordinal((s, row) -> reason(s, row, EventKind.CLOSED), REASONS)
            .groupable()
            .width(11)
            .help("what ended a connection: fin-local, fin-remote, rst-in, aborted, rst-out, timeout, destroyed");

    public static final KeyField FAIL_REASON = new KeyField.Builder("fail_reason", "FAILED BY")
            .ordinal((s, row) -> reason(s, row, EventKind.FAILED), REASONS)
            .groupable()
            .width(11)
            .help("why an attempt failed: refused, timeout, unreachable, cancelled, no-port");

    public static final KeyField REASON = new KeyField.Builder("reason", "REASON")
            .ordinal(Column.END_REASON, REASONS)
            .groupable()
            .width(11)
            .help("close_reason of a connection, fail_reason of an attempt");

    public static final MeasureField ENDED = new MeasureField.Builder("ended", "ENDED", Unit.MILLIS)
            .reads(Column.ENDED_MILLIS)
            .rollup(MIN)
            .width(6)
            .help("time since the end; of a group the shortest");

    static final List<Field> ALL =
            List.of(CONNECT_TIME, CONNECT_P95, DURATION, DURATION_P95, CLOSE_REASON, FAIL_REASON, REASON, ENDED);

    private EndedFields() {}

    private static long reason(Snapshot snapshot, int row, EventKind kind) {
        SocketTable table = snapshot.table();
        return table.value(Column.EVENT, row) == kind.ordinal()
                ? table.value(Column.END_REASON, row)
                : SocketTable.ABSENT;
    }
}
