package shawk.store.pg;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import shawk.enrich.PeerSource.Question;
import shawk.model.Address;
import shawk.model.PeerNames.Peer;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * A flow that may be the other side of a question: all that {@link PeerSql#FLOWS} says of it.
 *
 * @param who its process
 * @param flowId its id on that host
 * @param out whether its host opened the connections
 * @param port 0 = not known; {@code natPort} too
 */
record PeerFlow(
        Who who,
        long flowId,
        boolean out,
        boolean udp,
        @Nullable Address local,
        @Nullable Address natLocal,
        @Nullable Address peer,
        @Nullable Address natPeer,
        int port,
        int natPort) {
    /**
     * A process of a host.
     *
     * @param peer null = nobody knows which process that is
     */
    record Who(long hostId, long processId, @Nullable Peer peer) {
        static Who of(long hostId, long processId, String process, String host) {
            boolean known = !process.isEmpty();
            return new Who(hostId, processId, known ? new Peer(SafeText.of(process), SafeText.of(host)) : null);
        }
    }

    static PeerFlow of(ResultSet row) throws SQLException {
        return new PeerFlow(
                Who.of(row.getLong(1), row.getLong(2), row.getString(12), row.getString(13)),
                row.getLong(3),
                row.getInt(4) == 1,
                row.getInt(5) == Protocol.UDP.number(),
                address(row.getString(6)),
                address(row.getString(7)),
                address(row.getString(8)),
                address(row.getString(9)),
                row.getInt(10),
                row.getInt(11));
    }

    static @Nullable Address address(@Nullable String text) {
        return text == null ? null : Address.parse(text);
    }

    /** Whether these are the same connections seen from there. */
    boolean matches(Question question) {
        return out != question.out()
                && udp == question.udp()
                && (question.port() == port
                        || question.port() == natPort
                        || question.natPort() > 0 && (question.natPort() == port || question.natPort() == natPort))
                && alike(question.peer(), question.natPeer(), local, natLocal)
                && alike(question.local(), question.natLocal(), peer, natPeer);
    }

    private static boolean alike(
            Address seen, @Nullable Address translated, @Nullable Address there, @Nullable Address translatedThere) {
        return seen.equals(there)
                || seen.equals(translatedThere)
                || translated != null && (translated.equals(there) || translated.equals(translatedThere));
    }
}
