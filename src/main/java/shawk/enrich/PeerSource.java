package shawk.enrich;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.PeerNames.Peer;

/** What knows other hosts' processes. Used by one thread; no call takes longer than its time-outs allow. */
public interface PeerSource extends AutoCloseable {
    /** Who is at these ends: as many answers as questions, in their order. */
    List<Answer> query(List<Question> questions) throws IOException;

    @Override
    void close();

    /**
     * Whose other end this is: the connections of this host that have these ends.
     *
     * @param out whether this host opened them; else the other end did
     * @param udp whether it is UDP; else TCP, or MPTCP, which the other end may see as TCP
     * @param local own address
     * @param natLocal own address as the other end sees it; null = the same, or not known
     * @param peer address of the other end
     * @param natPeer true address of the other end; null = the same, or not known
     * @param port the service's port
     * @param natPort the service's port as the other end has it; -1 = the same, or not known
     */
    record Question(
            boolean out,
            boolean udp,
            Address local,
            @Nullable Address natLocal,
            Address peer,
            @Nullable Address natPeer,
            int port,
            int natPort) {}

    /**
     * An answer.
     *
     * @param peer who it is, whichever connection of these it is; null = nobody, or it depends on the connection
     * @param byConnection by the hash of a connection's ends who that one is with, where it depends on it
     */
    record Answer(@Nullable Peer peer, Map<Long, Peer> byConnection) {
        /** Nobody is known. */
        public static final Answer NOBODY = new Answer(null, Map.of());

        public Answer {
            byConnection = Map.copyOf(byConnection);
        }
    }
}
