package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
import shawk.model.Protocol;
import shawk.model.SocketTable;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;
import shawk.support.SnapshotBuilder;

/** What single sockets are called. */
final class RowNamesTest {
    private final SnapshotBuilder builder = new SnapshotBuilder();

    private SnapshotBuilder.Row unix(Direction direction) {
        SnapshotBuilder.Row row = builder.socket().direction(direction);
        for (Column column : List.of(Column.LADDR_HIGH, Column.LADDR_LOW, Column.LPORT, Column.PORT)) {
            row.set(column, SocketTable.ABSENT);
        }
        for (Column column : List.of(Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT)) {
            row.set(column, SocketTable.ABSENT);
        }
        return row.set(Column.PROTOCOL, Protocol.UNIX.ordinal()).set(Column.FAMILY, Family.UNIX.ordinal());
    }

    private void check(String expected) {
        Pivot pivot = Pivots.of(builder.build(), new PivotSpec(List.of(), List.of(), null, RowChoice.ALL));
        assertThat(new RowNames(pivot, Symbols.UTF8)
                        .of(Tree.of(pivot, Folding.ALL).at(0)))
                .isEqualTo(expected);
    }

    @Test
    void aConnection() {
        builder.socket().owner(builder.process(7, "curl"));
        check("curl (7) 10.0.0.5:30001 → 10.0.0.9:443 ESTABLISHED tcp");
    }

    private void check(int cells, String expected) {
        Pivot pivot = Pivots.of(builder.build(), new PivotSpec(List.of(), List.of(), null, RowChoice.ALL));
        assertThat(new RowNames(pivot, Symbols.UTF8)
                        .within(cells, Tree.of(pivot, Folding.ALL).at(0)))
                .isEqualTo(expected);
    }

    @Test
    void aConnectionKeepsItsRemoteEndWhereThereIsLittleRoom() {
        builder.socket().owner(builder.process(7, "curl"));
        check(54, "curl (7) 10.0.0.5:30001 → 10.0.0.9:443 ESTABLISHED tcp");
        check(53, "curl (7) 10.0.0.5:30001 → 10.0.0.9:443 ESTABLISHED");
        check(49, "curl (7) :30001 → 10.0.0.9:443 ESTABLISHED");
        check(41, "curl (7) :30001 → 10.0.0.9:443");
        check(29, "curl :30001 → 10.0.0.9:443");
        check(10, "curl :30001 → 10.0.0.9:443");
    }

    @Test
    void aSocketThatIsNotConnectedKeepsItsAddress() {
        var row = builder.socket().owner(builder.process(7, "curl"));
        for (Column column : List.of(Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT)) {
            row.set(column, SocketTable.ABSENT);
        }
        check(10, "curl 10.0.0.5:30001");
    }

    @Test
    void aUnixSocketAndWhoIsAtTheOtherEnd() {
        int server = builder.process(12, "nginx");
        int client = builder.process(44, "php-fpm");
        unix(Direction.IN).owner(server).text(Column.PATH, "/run/x.sock").set(Column.PEER_OWNER, client);
        check("nginx (12) /run/x.sock ← php-fpm (44) ESTABLISHED unix");
    }

    @Test
    void aUnixSocketOfAPair() {
        unix(Direction.UNKNOWN).owner(builder.process(12, "nginx"));
        check("nginx (12) (no name) ESTABLISHED unix");
    }
}
