package shawk.pivot;

import java.util.List;
import java.util.Random;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.OwnerProof;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.Verdict;
import shawk.support.SnapshotBuilder;

/** Seeded snapshots in which values repeat, lack and differ in every column. */
final class RandomSnapshots {
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.0.0.2",
            "9.255.0.1",
            "192.168.7.7",
            "::1",
            "::",
            "0.0.0.0",
            "fe80::1",
            "2001:db8::8000:1",
            "8000::1");
    private static final List<String> NAMES = List.of("nginx", "Nginx", "java", "curl", "", "zsh");
    private static final List<Column> AMOUNTS = List.of(
            Column.RECVQ,
            Column.SENDQ,
            Column.QUEUE_DROPS,
            Column.MEM,
            Column.RTT,
            Column.RTTVAR,
            Column.MIN_RTT,
            Column.RETRANS,
            Column.SEGS_OUT,
            Column.CWND,
            Column.SSTHRESH,
            Column.MSS,
            Column.PACING_RATE,
            Column.DELIVERY_RATE,
            Column.BUSY_MICROS,
            Column.RWND_LIMITED_MICROS,
            Column.SNDBUF_LIMITED_MICROS,
            Column.TX_BYTES,
            Column.RX_BYTES,
            Column.TX_RATE,
            Column.RX_RATE,
            Column.AGE_MILLIS,
            Column.IDLE_MILLIS);

    private final Random random;
    private final SnapshotBuilder builder = new SnapshotBuilder();

    private RandomSnapshots(long seed) {
        this.random = new Random(seed);
    }

    static Snapshot of(long seed) {
        return new RandomSnapshots(seed).make();
    }

    private Snapshot make() {
        int processes = random.nextInt(6);
        for (int i = 0; i < processes; i++) {
            builder.process(100 + i, pick(NAMES));
        }
        int sockets = random.nextInt(60);
        for (int i = 0; i < sockets; i++) {
            socket(processes);
        }
        int bundles = random.nextInt(20);
        for (int i = 0; i < bundles; i++) {
            identity(builder.bundle().between(pick(ADDRESSES), pick(ADDRESSES)), processes)
                    .set(Column.OWNER_PROOF, SocketTable.ABSENT)
                    .set(Column.TX_BYTES, i % 3 == 0 ? SocketTable.ABSENT : random.nextInt(9))
                    .set(Column.RETRANS, random.nextInt(3))
                    .set(Column.SEGS_OUT, i % 2 == 0 ? SocketTable.ABSENT : random.nextInt(9))
                    .ended(random.nextInt(5), random.nextInt(5), random.nextInt(2), random.nextInt(2));
        }
        return random.nextInt(8) == 0 ? builder.first().build() : builder.build();
    }

    private void socket(int processes) {
        SnapshotBuilder.Row row = identity(builder.socket(), processes);
        row.local(pick(ADDRESSES), random.nextInt(4)).remote(pick(ADDRESSES), random.nextInt(4));
        row.kind(pick(List.of(
                RowKind.CONNECTION,
                RowKind.CONNECTION,
                RowKind.SUBFLOW,
                RowKind.TIME_WAIT,
                RowKind.LISTENER,
                RowKind.CLOSED)));
        row.state(pick(List.of(SocketState.values()))).verdict(pick(List.of(Verdict.values())));
        row.set(Column.OWNER_PROOF, pick(List.of(OwnerProof.values())).ordinal());
        row.set(Column.TIMER, random.nextInt(5)).set(Column.TIMER_MILLIS, random.nextInt(3));
        row.set(Column.OPENED, random.nextInt(2)).set(Column.OPENED_NOW, random.nextInt(2));
        row.set(Column.UID, random.nextInt(3)).text(Column.CONG, pick(List.of("cubic", "bbr")));
        row.text(Column.IFACE, pick(List.of("eth0", "lo")));
        row.set(Column.MPTCP_TOKEN, random.nextInt(3) == 0 ? 0x1234 : SocketTable.ABSENT);
        if (random.nextInt(3) == 0) {
            row.text(Column.PATH, pick(NAMES)).set(Column.NAT_RPORT, random.nextInt(3));
            row.set(Column.NAT_RADDR_HIGH, 0).set(Column.NAT_RADDR_LOW, 0xffff_0a00_0001L);
        }
        if (processes > 0 && random.nextBoolean()) {
            row.set(Column.PEER_OWNER, random.nextInt(processes));
        }
        for (Column column : AMOUNTS) {
            row.set(column, random.nextInt(4) == 0 ? SocketTable.ABSENT : random.nextInt(10));
        }
        if (random.nextInt(5) == 0) {
            row.set(Column.RADDR_HIGH, SocketTable.ABSENT).set(Column.RADDR_LOW, SocketTable.ABSENT);
            row.set(Column.RPORT, SocketTable.ABSENT).set(Column.VERDICT, SocketTable.ABSENT);
        }
    }

    private SnapshotBuilder.Row identity(SnapshotBuilder.Row row, int processes) {
        if (processes > 0 && random.nextInt(4) > 0) {
            row.owner(random.nextInt(processes));
        }
        row.set(Column.NETNS, SnapshotBuilder.NETNS + random.nextInt(2));
        row.set(Column.PROTOCOL, pick(List.of(Protocol.values())).ordinal());
        row.direction(pick(List.of(Direction.values())));
        return row.set(Column.PORT, random.nextInt(3) == 0 ? SocketTable.ABSENT : random.nextInt(3));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
