package shawk.zk.proto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What servers tell each other of who they are: {@code server.1=host:2888:3888:participant;host:2181}, a line each, and
 * a version. Lines that say something else are passed over.
 *
 * @param servers those that are told, each once
 * @param version in the configuration hexadecimal; 0 where it is not told
 */
public record QuorumConfig(List<Server> servers, long version) {
    private static final int MOST_SERVERS = 1_024;
    private static final int MOST_ADDRESSES = 16;
    private static final String SERVER = "server.";
    private static final String VERSION = "version=";

    /**
     * A server.
     *
     * @param sid its number
     * @param addresses one, or several where it has several ways to it
     * @param participant whether it votes
     * @param client where clients reach it; null = it is not told
     */
    public record Server(
            long sid,
            List<Address> addresses,
            boolean participant,
            @Nullable Endpoint client) {
        public Server {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Where other servers reach a server.
     *
     * @param host a name or an address, without brackets
     * @param quorumPort 1 to 65535
     * @param electionPort the same
     */
    public record Address(String host, int quorumPort, int electionPort) {}

    /** @param host a name or an address, without brackets; empty = any */
    public record Endpoint(String host, int port) {}

    public QuorumConfig {
        servers = List.copyOf(servers);
    }

    /** What a text tells; whatever it is, it is no reason to fail. */
    public static QuorumConfig parse(String text) {
        List<Server> servers = new ArrayList<>();
        long version = 0;
        for (String line : text.split("\n", -1)) {
            String trimmed = line.strip();
            int equals = trimmed.indexOf('=');
            if (trimmed.startsWith(SERVER) && equals > 0 && servers.size() < MOST_SERVERS) {
                Server server = server(trimmed.substring(SERVER.length(), equals), trimmed.substring(equals + 1));
                if (server != null) {
                    servers.add(server);
                }
            } else if (trimmed.startsWith(VERSION)) {
                version = number(trimmed.substring(VERSION.length()), 16, 0);
            }
        }
        return new QuorumConfig(servers, version);
    }

    private static @Nullable Server server(String name, String value) {
        long sid = number(name.strip(), 10, -1);
        int semicolon = value.indexOf(';');
        String servers = semicolon < 0 ? value : value.substring(0, semicolon);
        List<Address> addresses = new ArrayList<>();
        boolean participant = true;
        for (String part : servers.split("\\|", MOST_ADDRESSES)) {
            List<String> parts = split(part.strip());
            int quorum = parts.size() < 3 ? 0 : port(parts.get(1));
            int election = parts.size() < 3 ? 0 : port(parts.get(2));
            if (quorum > 0 && election > 0 && parts.get(0).indexOf('[') < 0) {
                addresses.add(new Address(parts.get(0), quorum, election));
            }
            participant &= parts.size() < 4 || !parts.get(3).equals("observer");
        }
        if (sid < 0 || addresses.isEmpty()) {
            return null;
        }
        Endpoint client =
                semicolon < 0 ? null : client(value.substring(semicolon + 1).strip());
        return new Server(sid, addresses, participant, client);
    }

    private static @Nullable Endpoint client(String text) {
        List<String> parts = split(text);
        int port = port(parts.get(parts.size() - 1));
        return port == 0 || parts.size() > 2 ? null : new Endpoint(parts.size() == 1 ? "" : parts.get(0), port);
    }

    /** At its colons, but for those between brackets, which go. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            parts.add(text.substring(1, text.indexOf(']')));
            from = text.indexOf(']') + 2;
        }
        if (from <= text.length()) {
            parts.addAll(List.of(text.substring(from).split(":", 6)));
        }
        return parts;
    }

    private static int port(String text) {
        long port = number(text.strip(), 10, 0);
        return port > 0 && port <= 65_535 ? (int) port : 0;
    }

    private static long number(String digits, int radix, long otherwise) {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
