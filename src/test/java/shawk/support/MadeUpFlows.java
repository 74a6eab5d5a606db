package shawk.support;

import java.util.Random;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.Verdict;

/** Snapshots that a monitor could show: a few servers and clients of one host, the same for the same arguments. */
public final class MadeUpFlows {
    private static final String[] PROCESSES = {
        "nginx", "java", "postgres", "sshd", "evil\033[31m\nname", "\u540d\u524d\u30d7\u30ed\u30bb\u30b9", "caf\u00e9"
    };
    private static final int[] PORTS = {443, 9200, 5432, 22, 8080, 80, 53};

    private MadeUpFlows() {}

    /** A host in the second second of a run. */
    public static Snapshot host() {
        return sample(2, 400, 1);
    }

    /**
     * A sample.
     *
     * @param sequence its number within the run
     * @param sockets how many connections there are
     * @param seed decides who has how many
     */
    public static Snapshot sample(long sequence, int sockets, long seed) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        builder.degradation("owners of 212 processes", "no CAP_SYS_PTRACE", "run as root");
        Random random = new Random(seed);
        int[] owners = new int[PROCESSES.length];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = builder.process(1_000 + 37 * i, PROCESSES[i]);
        }
        for (int i = 0; i < sockets; i++) {
            int who = (int) Math.min(owners.length - 1, Math.abs(random.nextGaussian()) * 3);
            connection(builder, random, i, who).owner(owners[who]);
        }
        SnapshotBuilder.Row unknown =
                builder.socket().local("2001:db8::1", 5_000).remote("2001:db8::2", 7_000);
        unknown.direction(Direction.UNKNOWN).set(Column.PORT, SocketTable.ABSENT);
        builder.bundle().owner(owners[0]).ended(12, 11, 1, 3);
        builder.listener(443).owner(owners[0]);
        return builder.build();
    }

    private static SnapshotBuilder.Row connection(SnapshotBuilder builder, Random random, int number, int who) {
        boolean in = who % 2 == 0;
        int port = PORTS[who];
        int other = 20_000 + number % 40_000;
        SnapshotBuilder.Row row = builder.socket()
                .local("10.0.0.5", in ? port : other)
                .remote("10.0." + number / 40_000 + "." + (1 + random.nextInt(who < 2 ? 12 : 3)), in ? other : port)
                .direction(in ? Direction.IN : Direction.OUT)
                .verdict(random.nextInt(30) == 0 ? Verdict.values()[random.nextInt(8)] : Verdict.OK);
        row.set(Column.PORT, port).set(Column.RTT, 80 + random.nextInt(who * 9_000 + 1_000));
        row.set(Column.TX_RATE, random.nextInt(400_000)).set(Column.RX_RATE, random.nextInt(60_000));
        row.set(Column.RETRANS, random.nextInt(5)).set(Column.SEGS_OUT, 1_000);
        row.set(Column.OPENED, 1).set(Column.OPENED_NOW, random.nextInt(2));
        row.set(Column.AGE_MILLIS, random.nextInt(4_000_000));
        return port == 443 ? row.text(Column.SERVICE, "https") : row;
    }
}
