package shawk.field;

import java.util.List;
import shawk.model.Column;
import shawk.model.SocketTable;

/** Fields that say who is at the other end, beyond its address. */
public final class PeerFields {
    public static final KeyField PEER_PROCESS = new KeyField.Builder("peer_process", "PEER PROCESS")
            .text((snapshot, row) -> {
                long owner = snapshot.table().value(Column.PEER_OWNER, row);
                return owner == SocketTable.ABSENT
                        ? SocketTable.ABSENT
                        : snapshot.processTexts().name((int) owner);
            })
            .groupable()
            .width(16)
            .help("name of the process at the other end, where that is a socket of this host");

    static final List<Field> ALL = List.of(PEER_PROCESS);

    private PeerFields() {}
}
