package shawk.zk.tally;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import shawk.model.Address;
import shawk.tcp.Connection;
import shawk.zk.proto.Message;
import shawk.zk.proto.QuorumConfig;
import shawk.zk.proto.Vote;

/**
 * Who the servers of an ensemble are: who sits at which address, and who votes. Learned from what they say; names of
 * hosts need no resolving, since who introduces itself says its port and has its address. Used by one thread.
 */
final class Voters {
    private static final int MOST = 4_096;
    private static final int IPV6_BITS = 64;

    private final Map<String, Long> byEndpoint = new HashMap<>();
    private final Map<Integer, Long> byPort = new HashMap<>();
    private final Set<Long> participants = new HashSet<>();
    private String config = "";

    /** Learns what a message of an election tells. */
    void learn(Message message) {
        Connection connection = message.connection;
        String address = Vote.address(message);
        if (connection != null && !address.isEmpty() && byEndpoint.size() < MOST) {
            for (String each : address.split("\\|", IPV6_BITS)) {
                int port = port(each.substring(each.lastIndexOf(':') + 1));
                if (port > 0) {
                    String endpoint = Connection.endpoint(connection.clientHigh(), connection.clientLow(), port);
                    byEndpoint.put(endpoint, message.sid);
                }
            }
        }
        String told = Vote.config(message);
        if (!told.isEmpty() && !told.equals(config)) {
            config = told;
            learn(QuorumConfig.parse(told));
        }
    }

    private void learn(QuorumConfig told) {
        participants.clear();
        byPort.clear();
        Set<Integer> shared = new HashSet<>();
        for (QuorumConfig.Server server : told.servers()) {
            if (server.participant()) {
                participants.add(server.sid());
            }
            for (QuorumConfig.Address address : server.addresses()) {
                Address numeric = Address.parse(address.host());
                if (numeric != null && byEndpoint.size() < MOST) {
                    byEndpoint.put(
                            Connection.endpoint(numeric.high(), numeric.low(), address.electionPort()), server.sid());
                }
                Long other = byPort.put(address.electionPort(), server.sid());
                if (other != null && other != server.sid()) {
                    shared.add(address.electionPort());
                }
            }
        }
        byPort.keySet().removeAll(shared);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            return port > 0 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Who sent a message of an election; {@link Message#ABSENT} where nobody knows. */
    long sender(Message message) {
        Connection connection = message.connection;
        if (message.sid != Message.ABSENT || connection == null || message.toServer) {
            return message.sid;
        }
        Long sid = byEndpoint.get(connection.server());
        if (sid == null) {
            sid = byPort.get(connection.serverPort());
        }
        return sid == null ? Message.ABSENT : sid;
    }

    /** Whether a server's vote counts; where nobody was told, everybody's does. */
    boolean votes(long sid) {
        return participants.isEmpty() || participants.contains(sid);
    }

    /**
     * Votes that are more than half.
     *
     * @param seen servers that are known where no configuration tells how many there are
     */
    int quorum(int seen) {
        return (participants.isEmpty() ? Math.max(2, seen) : participants.size()) / 2 + 1;
    }
}
