package shawk.screen;

import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.model.Verdict;
import shawk.support.SnapshotBuilder;

/** A small host: a database and a web server with their listeners, and who talks to them. */
final class MadeUpHost {
    private MadeUpHost() {}

    /** A sample; rates and round trips differ from one to the next. */
    static Snapshot sample(long sequence) {
        return sample(sequence, "postgres", true);
    }

    /**
     * A sample.
     *
     * @param name of the process that holds most
     * @param slow whether the slow connection to it is there
     */
    static Snapshot sample(long sequence, String name, boolean slow) {
        SnapshotBuilder made = new SnapshotBuilder().sequence(sequence);
        made.degradation("owners of 212 processes", "no CAP_SYS_PTRACE", "run as root");
        int postgres = made.process(4_321, name);
        int nginx = made.process(4_656, "nginx");
        int java = made.process(5_120, "java");
        queue(made.listener(5432).owner(postgres), 98, 128, 7);
        queue(made.listener(443).owner(nginx), 0, 511, 0).local("::", 443);
        queue(made.listener(8080).owner(java), 2, 100, 0).local("127.0.0.1", 8080);
        udp(made.listener(53));
        for (int i = 0; i < 5; i++) {
            good(made.socket(), i, sequence)
                    .local("10.0.0.5", 5432)
                    .remote("10.0.0.9", 40_000 + i)
                    .direction(Direction.IN)
                    .set(Column.PORT, 5432)
                    .owner(postgres);
        }
        for (int i = 0; i < 3; i++) {
            good(made.socket(), i, sequence)
                    .local("10.0.0.5", 443)
                    .remote("10.0.0.1" + i, 50_000)
                    .direction(Direction.IN)
                    .owner(nginx);
        }
        good(made.socket(), 1, sequence)
                .local("10.0.0.5", 33_000)
                .remote("10.0.0.9", 9200)
                .set(Column.PORT, 9200)
                .owner(java);
        if (slow) {
            slow(made.socket(), sequence).owner(postgres);
        }
        made.socket()
                .kind(RowKind.TIME_WAIT)
                .state(SocketState.TIME_WAIT)
                .local("10.0.0.5", 443)
                .remote("10.0.0.12", 50_001)
                .direction(Direction.IN)
                .verdict(Verdict.OK)
                .set(Column.VERDICT, SocketTable.ABSENT);
        return made.build();
    }

    private static SnapshotBuilder.Row queue(SnapshotBuilder.Row listener, long waiting, long limit, long drops) {
        listener.set(Column.RECVQ, waiting).set(Column.SENDQ, limit).set(Column.QUEUE_DROPS, drops);
        return 4 * waiting >= 3 * limit
                ? listener.verdict(Verdict.APP)
                : listener.set(Column.VERDICT, SocketTable.ABSENT);
    }

    private static void udp(SnapshotBuilder.Row row) {
        row.set(Column.PROTOCOL, Protocol.UDP.ordinal())
                .state(SocketState.UNCONN)
                .local("10.0.0.5", 53);
    }

    private static SnapshotBuilder.Row good(SnapshotBuilder.Row row, int number, long sequence) {
        return row.set(Column.TX_RATE, 1_000 * (number + 1) * (1 + sequence % 5))
                .set(Column.RX_RATE, 500 * number)
                .set(Column.TX_BYTES, 1_000_000)
                .set(Column.RX_BYTES, 20_000)
                .set(Column.RTT, 200 + 10 * number)
                .set(Column.OPENED, 1)
                .set(Column.OPENED_NOW, 0)
                .set(Column.RETRANS, 0)
                .set(Column.SEGS_OUT, 900)
                .set(Column.AGE_MILLIS, 60_000)
                .set(Column.IDLE_MILLIS, 20)
                .set(Column.RECVQ, 0)
                .set(Column.SENDQ, 0);
    }

    private static SnapshotBuilder.Row slow(SnapshotBuilder.Row row, long sequence) {
        good(row, 9, sequence)
                .local("10.0.0.5", 5432)
                .remote("10.0.7.7", 41_312)
                .direction(Direction.IN)
                .set(Column.PORT, 5432)
                .verdict(Verdict.RWND)
                .set(Column.VERDICT_PART, 780_000)
                .set(Column.VERDICT_WHOLE, 1_000_000);
        row.set(Column.RTT, 48_000 + 1_000 * (sequence % 7))
                .set(Column.RTTVAR, 1_200)
                .set(Column.MIN_RTT, 46_000);
        row.set(Column.CWND, 10).set(Column.MSS, 1_448).text(Column.CONG, "cubic");
        row.set(Column.RETRANS, 3).set(Column.SEGS_OUT, 1_500).set(Column.BUSY_MICROS, 60_000_000);
        row.set(Column.RWND_LIMITED_MICROS, 40_000_000).set(Column.SNDBUF_LIMITED_MICROS, 0);
        row.set(Column.PACING_RATE, 9_000_000)
                .set(Column.DELIVERY_RATE, 800_000)
                .set(Column.MEM, 300_000);
        row.set(Column.TIMER, TimerKind.ON.ordinal())
                .set(Column.TIMER_MILLIS, 240)
                .set(Column.INODE, 77_777);
        return row.set(Column.SENDQ, 262_144);
    }
}
