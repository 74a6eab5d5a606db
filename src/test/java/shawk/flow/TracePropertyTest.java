package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.OwnerProof;
import shawk.model.RawSample;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/**
 * Random traces of opens, closes, lingering, reused ports, pids and cookies, processes that come and go, and parts of a
 * dump that fail: what has opened is alive or has ended, and nobody ever owns what he did not hold.
 */
final class TracePropertyTest {
    private static final int SAMPLES = 120;

    /** The truth. */
    private static final class Connection {
        private final long cookie;
        private final int lport;
        private final int rport;
        private final Set<String> heldBy = new HashSet<>();
        private int pid;
        private long start;
        private boolean lingers;

        Connection(long cookie, int lport, int rport, int pid, long start) {
            this.cookie = cookie;
            this.lport = lport;
            this.rport = rport;
            hold(pid, start);
        }

        void hold(int newPid, long newStart) {
            pid = newPid;
            start = newStart;
            heldBy.add(newPid + " " + newStart);
        }
    }

    private final List<Connection> alive = new ArrayList<>();
    private final long[] starts = new long[8];
    private Random random = new Random();
    private long nextCookie = 1;
    private long nextStart = 1;
    private long opened;
    private long closed;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void holds(long seed) {
        random = new Random(seed);
        boolean cookies = seed % 3 != 0;
        FlowTable table = new FlowTable(Names.NONE, new FlowLimits(10_000, 100, 6, 40, 200), seed);
        table.fold(RawSampleBuilder.at(0).build());
        for (int i = 1; i <= SAMPLES; i++) {
            boolean unread = random.nextInt(20) == 0;
            if (!unread) {
                step();
            }
            Snapshot snapshot = table.fold(sample(i, cookies, unread).build());
            if (!unread) {
                checkCounts(new Rows(snapshot));
                checkOwners(snapshot, cookies);
            }
        }
    }

    private void step() {
        for (int pid = 0; pid < starts.length; pid++) {
            if (starts[pid] == 0 || random.nextInt(10) == 0) {
                starts[pid] = nextStart++;
            }
        }
        alive.removeIf(c -> c.lingers && random.nextInt(4) == 0);
        for (Connection c : new ArrayList<>(alive)) {
            if (!c.lingers && random.nextInt(8) == 0) {
                closed++;
                if (random.nextBoolean()) {
                    alive.remove(c);
                } else {
                    c.lingers = true;
                }
            } else if (!c.lingers) {
                int pid = random.nextInt(6) == 0 ? random.nextInt(starts.length) : c.pid;
                c.hold(pid, starts[pid]);
            }
        }
        for (int n = random.nextInt(12); n > 0; n--) {
            open();
        }
    }

    private void open() {
        int lport = 40000 + random.nextInt(30);
        int rport = 80 + random.nextInt(2);
        Connection old = null;
        for (Connection c : alive) {
            old = c.lport == lport && c.rport == rport ? c : old;
        }
        if (old != null && !old.lingers) {
            return;
        }
        alive.remove(old);
        int pid = random.nextInt(starts.length);
        alive.add(new Connection(nextCookie++, lport, rport, pid, starts[pid]));
        opened++;
    }

    private RawSampleBuilder sample(int second, boolean cookies, boolean unread) {
        RawSampleBuilder sample = RawSampleBuilder.at(second);
        if (unread) {
            return sample.unread(RawSample.TCP4);
        }
        for (int pid = 0; pid < starts.length; pid++) {
            sample.process(100 + pid, starts[pid], "p" + pid);
        }
        for (Connection c : alive) {
            Socket socket = Socket.tcp("10.0.0.1:" + c.lport, "10.0.0.2:" + c.rport);
            if (cookies) {
                socket.cookie(c.cookie);
            }
            if (c.lingers) {
                socket.state(SocketState.TIME_WAIT);
            } else {
                socket.inode(c.cookie);
                if (random.nextInt(4) != 0) {
                    socket.heldBy(100 + c.pid);
                }
            }
            sample.socket(socket);
        }
        return sample;
    }

    private void checkCounts(Rows rows) {
        assertThat(rows.sum(Column.OPENED)).isEqualTo(opened);
        assertThat(rows.sum(Column.CLOSED)).isEqualTo(closed);
        assertThat(rows.sum(Column.FAILED)).isZero();
    }

    private void checkOwners(Snapshot snapshot, boolean cookies) {
        Rows rows = new Rows(snapshot);
        assertThat(snapshot.table().sockets()).isEqualTo(alive.size());
        for (int row = 0; row < alive.size(); row++) {
            Connection truth = alive.get(row);
            assertThat(rows.value(row, Column.LPORT)).isEqualTo(truth.lport);
            if (!snapshot.table().has(Column.OWNER, row)) {
                assertThat(rows.value(row, Column.OWNER_PROOF)).isEqualTo(OwnerProof.UNKNOWN.ordinal());
                continue;
            }
            var owner = snapshot.processes()
                    .get((int) rows.value(row, Column.OWNER))
                    .id();
            if (owner.pid() != 0) {
                assertThat(truth.heldBy).contains(owner.pid() - 100 + " " + owner.startTicks());
            }
            if (rows.kind(row) == RowKind.CONNECTION && rows.value(row, Column.OWNER_PROOF) == 0) {
                assertThat(owner.startTicks()).isEqualTo(truth.start);
            }
        }
    }
}
