package shawk.screen;

import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.EndReason;
import shawk.model.Meter;
import shawk.model.Meters;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.support.SnapshotBuilder;

/**
 * A host whose source sees each end: a web server with short connections, and a client that is refused now and then.
 */
final class MadeUpEnds {
    private MadeUpEnds() {}

    /** A sample with so many ends before it, the last of them a moment ago. */
    static Snapshot sample(long sequence, int ends) {
        return sample(sequence, ends, () -> {});
    }

    /** The same; {@code looked} is run when somebody looks at what has ended. */
    static Snapshot sample(long sequence, int ends, Runnable looked) {
        long[] figures = new long[Meter.values().length];
        figures[Meter.ENDED.ordinal()] = ends;
        figures[Meter.ESTABLISHED.ordinal()] = ends;
        SnapshotBuilder made = new SnapshotBuilder().sequence(sequence).exact(new Meters(figures, java.util.List.of()));
        made.socket().owner(made.process(4_656, "nginx")).set(Column.OPENED, 1).set(Column.OPENED_NOW, 1);
        return made.ended(ends, () -> {
                    looked.run();
                    return ended(sequence, ends);
                })
                .build();
    }

    private static Snapshot ended(long sequence, int ends) {
        SnapshotBuilder gone = new SnapshotBuilder().sequence(sequence).exact(Meters.NONE);
        int nginx = gone.process(4_656, "nginx");
        int curl = gone.process(777, "curl");
        for (int i = 0; i < ends; i++) {
            int number = ends - i;
            SnapshotBuilder.Row row = number % 5 == 0
                    ? refused(gone, number).owner(curl)
                    : served(gone, number).owner(nginx);
            row.set(Column.COOKIE, number).set(Column.ENDED_MILLIS, 700L * i + 40);
            row.set(Column.EVENT_NANOS, 1_000L * number);
        }
        return gone.build();
    }

    private static SnapshotBuilder.Row refused(SnapshotBuilder gone, int number) {
        SnapshotBuilder.Row row = gone.failed(EndReason.REFUSED).remote("10.0.0.77", 9_200);
        row.local("10.0.0.5", 50_000 + number);
        row.set(Column.PORT, 9_200).set(Column.SEGS_OUT, 1).set(Column.RETRANS, 0);
        return row.set(Column.DURATION_MICROS, 90).set(Column.TX_BYTES, SocketTable.ABSENT);
    }

    private static SnapshotBuilder.Row served(SnapshotBuilder gone, int number) {
        EndReason reason =
                number % 3 == 0 ? EndReason.FIN_LOCAL : number % 7 == 0 ? EndReason.RST_IN : EndReason.FIN_REMOTE;
        SnapshotBuilder.Row row = gone.ended().local("10.0.0.5", 443).remote("10.0.0.1" + number % 4, 40_000 + number);
        row.direction(Direction.IN).set(Column.END_REASON, reason.ordinal());
        row.set(Column.TX_BYTES, 12_000 + number)
                .set(Column.RX_BYTES, 420)
                .set(Column.RTT, 240)
                .set(Column.MIN_RTT, 90);
        row.set(Column.SEGS_OUT, 14).set(Column.RETRANS, number % 7 == 0 ? 2 : 0);
        return row.set(Column.DURATION_MICROS, 4_000 + 100L * number);
    }
}
