package shawk.pivot;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Ended;
import shawk.model.Holders;
import shawk.model.Meters;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/** A busy host: connections of ten processes to 250 peers on four ports, each from a local port of its own. */
final class ManyRows {
    private static final int PROCESSES = 10;

    private ManyRows() {}

    static Snapshot of(int rows) {
        TextDictionary.Builder texts = new TextDictionary.Builder();
        int[] names = new int[PROCESSES];
        List<ProcessInfo> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            SafeText name = SafeText.of("server-" + i);
            names[i] = texts.number(name);
            processes.add(new ProcessInfo(
                    new ProcessId(100 + i, i), 1, 100 + i, 0, name, name, name, name, name, name, name, name));
        }
        SocketTable.Builder table = new SocketTable.Builder(rows);
        for (int row = 0; row < rows; row++) {
            fill(table, row);
        }
        return new Snapshot(
                2,
                "netlink",
                0,
                1,
                1_000_000_000,
                false,
                0,
                table.build(rows, rows),
                processes,
                Holders.NONE,
                List.of(),
                List.of(),
                texts.build(),
                new ProcessTexts(new int[][] {names, names, names, names, names, names, names, names}),
                Ended.NONE,
                Meters.NONE,
                List.of());
    }

    private static void fill(SocketTable.Builder table, int row) {
        int scattered = (int) (row * 2_654_435_761L >>> 7 & 0xffff);
        table.set(Column.KIND, row, RowKind.CONNECTION.ordinal());
        table.set(Column.STATE, row, SocketState.ESTABLISHED.ordinal());
        table.set(Column.PROTOCOL, row, Protocol.TCP.ordinal());
        table.set(Column.DIRECTION, row, Direction.OUT.ordinal());
        table.set(Column.OWNER, row, scattered % PROCESSES);
        table.set(Column.NETNS, row, 4026531840L);
        table.set(Column.COOKIE, row, row);
        table.set(Column.LADDR_HIGH, row, 0);
        table.set(Column.LADDR_LOW, row, Address.lowOfV4(0x0a00_0005));
        table.set(Column.LPORT, row, row);
        table.set(Column.RADDR_HIGH, row, 0);
        table.set(Column.RADDR_LOW, row, Address.lowOfV4(0x0a01_0000 + scattered % 250));
        table.set(Column.RPORT, row, 443 + scattered % 4);
        table.set(Column.PORT, row, 443 + scattered % 4);
        table.set(Column.RTT, row, 100 + scattered % 1000);
        table.set(Column.TX_RATE, row, scattered);
        table.set(Column.RX_RATE, row, scattered);
    }
}
