package shawk.field;

import static shawk.field.MeasureField.Rollup.MAX;
import static shawk.field.MeasureField.Rollup.MIN;

import java.util.List;
import java.util.stream.Stream;
import shawk.field.MeasureField.Unit;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TimerKind;

/** Fields of a socket's queues, memory, timer and age. */
public final class QueueFields {
    public static final KeyField TIMER = new KeyField.Builder("timer", "TIMER")
            .timer(
                    QueueFields::timerMillis,
                    (s, row) -> s.table().value(Column.TIMER, row),
                    Stream.of(TimerKind.values()).map(TimerKind::id).toList())
            .rollup(KeyField.Rollup.NONE)
            .width(16)
            .help("timer that runs (on, keepalive, timewait, persist) and the milliseconds left");

    public static final MeasureField MEM = new MeasureField.Builder("mem", "MEM", Unit.BYTES)
            .reads(Column.MEM)
            .width(6)
            .help("kernel memory in use: receive and send queue, forward allocation, options");

    public static final MeasureField RECVQ = new MeasureField.Builder("recvq", "RECVQ", Unit.QUEUED)
            .reads(Column.RECVQ)
            .width(7)
            .help("bytes received and not read yet; of a listener the connections that wait to be accepted");

    public static final MeasureField SENDQ = new MeasureField.Builder("sendq", "SENDQ", Unit.QUEUED)
            .reads(Column.SENDQ)
            .width(7)
            .help("bytes not acknowledged yet; of a listener the limit of its accept queue");

    public static final MeasureField QUEUE_DROPS = new MeasureField.Builder("queue_drops", "QDROPS", Unit.COUNT)
            .reads(Column.QUEUE_DROPS)
            .width(7)
            .help("of a listener: connections dropped since the socket was made");

    public static final MeasureField AGE = new MeasureField.Builder("age", "AGE", Unit.MILLIS)
            .reads(Column.AGE_MILLIS)
            .rollup(MAX)
            .width(6)
            .help("time since the opening; none where that was not seen; of a group the longest");

    public static final MeasureField IDLE = new MeasureField.Builder("idle", "IDLE", Unit.MILLIS)
            .reads(Column.IDLE_MILLIS)
            .rollup(MIN)
            .width(6)
            .help("time since the last segment either way; of a group the shortest");

    static final List<Field> ALL = List.of(TIMER, MEM, RECVQ, SENDQ, QUEUE_DROPS, AGE, IDLE);

    private QueueFields() {}

    /** No value where no timer runs. */
    private static long timerMillis(Snapshot snapshot, int row) {
        long kind = snapshot.table().value(Column.TIMER, row);
        if (kind == SocketTable.ABSENT || kind == TimerKind.NONE.ordinal()) {
            return SocketTable.ABSENT;
        }
        return Math.max(0, snapshot.table().value(Column.TIMER_MILLIS, row));
    }
}
