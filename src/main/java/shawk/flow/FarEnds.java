package shawk.flow;

import shawk.model.Column;
import shawk.model.PeerNames;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Names the processes at the other ends that are on other hosts, as far as they are known. Used by one thread. */
final class FarEnds {
    private final PeerNames peers;
    private final Texts texts;

    FarEnds(PeerNames peers, Texts texts) {
        this.peers = peers;
        this.texts = texts;
    }

    /** Writes those of the first {@code rows} rows, whose ends stand there. */
    void write(SocketTable.Builder table, int rows) {
        SafeText host = peers.host();
        table.peers(peers, host.isEmpty() ? SocketTable.ABSENT : texts.number(host));
        if (!peers.any()) {
            return;
        }
        PeerNames.Peer last = null;
        int process = 0;
        int on = 0;
        for (int row = 0; row < rows; row++) {
            PeerNames.Peer peer =
                    table.value(Column.PEER_OWNER, row) == SocketTable.ABSENT ? peers.find(table, row) : null;
            if (peer != null) {
                if (!peer.equals(last)) {
                    process = texts.number(peer.process());
                    on = texts.number(peer.host());
                    last = peer;
                }
                table.set(Column.PEER_PROCESS, row, process);
                table.set(Column.PEER_HOST, row, on);
            }
        }
    }
}
