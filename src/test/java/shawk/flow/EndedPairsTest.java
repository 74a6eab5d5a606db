package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Both ends of what has ended on this host. */
final class EndedPairsTest {
    private final SocketTable.Builder table = new SocketTable.Builder(8);
    private final EndedPairs pairs = new EndedPairs(table);
    private int rows;

    private static ProcessInfo process(int pid) {
        SafeText none = SafeText.EMPTY;
        return new ProcessInfo(new ProcessId(pid, 1), 1, pid, 0, none, none, none, none, none, none, none, none);
    }

    private int ended(@Nullable ProcessInfo owner, int netns, String local, int lport, String remote, int rport) {
        int row = rows++;
        Address from = Address.parse(local);
        Address to = Address.parse(remote);
        assertThat(from).isNotNull();
        assertThat(to).isNotNull();
        table.set(Column.NETNS, row, netns);
        table.set(Column.LADDR_HIGH, row, from.high());
        table.set(Column.LADDR_LOW, row, from.low());
        table.set(Column.LPORT, row, lport);
        table.set(Column.RADDR_HIGH, row, to.high());
        table.set(Column.RADDR_LOW, row, to.low());
        table.set(Column.RPORT, row, rport);
        pairs.add(row, owner);
        return row;
    }

    @Test
    void theEndsFindEachOther() {
        ProcessInfo client = process(10);
        ProcessInfo server = process(20);
        int out = ended(client, 1, "10.0.0.5", 40_000, "10.0.0.6", 80);
        int in = ended(server, 2, "10.0.0.6", 80, "10.0.0.5", 40_000);
        int far = ended(client, 1, "10.0.0.5", 40_001, "10.0.0.7", 80);
        assertThat(pairs.other(out)).isEqualTo(server);
        assertThat(pairs.other(in)).isEqualTo(client);
        assertThat(pairs.other(far)).isNull();
    }

    @Test
    void loopbackStaysInItsNamespace() {
        int out = ended(process(10), 1, "127.0.0.1", 40_000, "127.0.0.1", 80);
        ended(process(20), 2, "127.0.0.1", 80, "127.0.0.1", 40_000);
        assertThat(pairs.other(out)).isNull();
        ended(process(30), 1, "127.0.0.1", 80, "127.0.0.1", 40_000);
        assertThat(pairs.other(out)).isEqualTo(process(30));
    }

    @Test
    void ofSeveralOwnersNobodyIsNamed() {
        int out = ended(process(10), 1, "10.0.0.5", 40_000, "10.0.0.6", 80);
        ended(process(20), 1, "10.0.0.6", 80, "10.0.0.5", 40_000);
        ended(process(20), 1, "10.0.0.6", 80, "10.0.0.5", 40_000);
        assertThat(pairs.other(out)).isEqualTo(process(20));
        ended(process(30), 1, "10.0.0.6", 80, "10.0.0.5", 40_000);
        assertThat(pairs.other(out)).isNull();
        ended(null, 1, "10.0.0.6", 80, "10.0.0.5", 40_000);
        assertThat(pairs.other(out)).isNull();
    }
}
