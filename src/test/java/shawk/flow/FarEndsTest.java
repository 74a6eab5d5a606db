package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.model.Cells;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Who is at the other ends, written into the rows as far as it is known. */
final class FarEndsTest {
    private static final PeerNames PEERS = new PeerNames() {
        @Override
        public SafeText host() {
            return SafeText.of("web01");
        }

        @Override
        public boolean any() {
            return true;
        }

        @Override
        public @Nullable Peer find(Cells cells, int row) {
            return cells.value(Column.RPORT, row) == 5432
                    ? new Peer(SafeText.of("postgres"), SafeText.of("db01"))
                    : null;
        }

        @Override
        public void ask(Cells cells, int row) {
            throw new AssertionError("the fold wants nothing");
        }
    };

    @Test
    void writesWhatIsKnownAndNotWhereTheOtherEndIsHere() {
        Texts texts = new Texts(Names.NONE, 1);
        SocketTable.Builder builder = new SocketTable.Builder(3);
        builder.set(Column.RPORT, 0, 5432);
        builder.set(Column.RPORT, 1, 80);
        builder.set(Column.RPORT, 2, 5432);
        builder.set(Column.PEER_OWNER, 2, 7);
        new FarEnds(PEERS, texts).write(builder, 3);
        SocketTable table = builder.build(3, 3);
        assertThat(texts.text(table.value(Column.PEER_PROCESS, 0)).value()).isEqualTo("postgres");
        assertThat(texts.text(table.value(Column.PEER_HOST, 0)).value()).isEqualTo("db01");
        assertThat(table.has(Column.PEER_PROCESS, 1)).isFalse();
        assertThat(table.has(Column.PEER_HOST, 2)).isFalse();
        assertThat(texts.text(table.hostText()).value()).isEqualTo("web01");
        assertThat(table.peers()).isSameAs(PEERS);
    }
}
