package shawk.zk.omni;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.tcp.Connection;
import shawk.zk.proto.Protocol;
import shawk.zk.proto.QuorumConfig;

/**
 * Which port speaks which protocol. An address and port that were told count first; where names stand for addresses, or
 * addresses are translated on the way, the port alone does. Used by one thread.
 */
public final class PortRoles {
    /** How a note begins that says what was learned. */
    public static final String LEARNED = "learned:";

    private static final int MOST = 16_384;
    private static final int PORTS = 65_536;

    private final @Nullable Protocol[] byPort = new @Nullable Protocol[PORTS];
    private final Map<String, Protocol> byEndpoint = new HashMap<>();

    /** What was learned: {@code 10.0.0.1:2888} or {@code 2888}, and what is spoken there. */
    public record Learned(String place, Protocol protocol) {}

    /** Says what the ports of a range speak; what is said last counts. */
    public void add(Protocol protocol, int from, int to) {
        for (int port = Math.max(1, from); port <= Math.min(to, PORTS - 1); port++) {
            byPort[port] = protocol;
        }
    }

    /** What is spoken at an end of a connection; null = not known. */
    public @Nullable Protocol of(String endpoint, int port) {
        Protocol told = byEndpoint.get(endpoint);
        return told == null ? byPort[port] : told;
    }

    /** Whether somebody serves something at that port, wherever. */
    boolean isKnown(int port) {
        return port > 0 && port < PORTS && byPort[port] != null;
    }

    /** Learns what an end speaks, from what was said there. */
    List<Learned> learn(String endpoint, int port, Protocol protocol) {
        List<Learned> news = new ArrayList<>();
        put(endpoint, protocol, news);
        put(port, protocol, news);
        return news;
    }

    /** Learns what a configuration tells; what is new of it. */
    List<Learned> learn(QuorumConfig config) {
        List<Learned> news = new ArrayList<>();
        for (QuorumConfig.Server server : config.servers()) {
            for (QuorumConfig.Address address : server.addresses()) {
                put(address.host(), address.electionPort(), Protocol.FLE, news);
                put(address.host(), address.quorumPort(), Protocol.ZAB, news);
                QuorumConfig.Endpoint client = server.client();
                if (client != null) {
                    Address bound = Address.parse(client.host());
                    boolean any = bound == null || Address.isWildcard(bound.high(), bound.low());
                    put(any ? address.host() : client.host(), client.port(), Protocol.CLIENT, news);
                }
            }
        }
        return news;
    }

    private void put(String host, int port, Protocol protocol, List<Learned> news) {
        Address address = Address.parse(host);
        if (address != null) {
            put(Connection.endpoint(address.high(), address.low(), port), protocol, news);
        }
        put(port, protocol, news);
    }

    private void put(String endpoint, Protocol protocol, List<Learned> news) {
        if (byEndpoint.get(endpoint) != protocol && byEndpoint.size() < MOST) {
            byEndpoint.put(endpoint, protocol);
            news.add(new Learned(endpoint, protocol));
        }
    }

    /** A port that is known already stays what it is: it may be another one at each host. */
    private void put(int port, Protocol protocol, List<Learned> news) {
        if (byPort[port] == null) {
            byPort[port] = protocol;
            news.add(new Learned(Integer.toString(port), protocol));
        }
    }
}
