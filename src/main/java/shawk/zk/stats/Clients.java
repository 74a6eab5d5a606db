package shawk.zk.stats;

import java.util.LinkedHashMap;
import java.util.Map;
import shawk.tcp.Connection;

/**
 * Who is behind a connection: as whom it has logged in, and the numbers of its address and of that name in the tables.
 * The ones that have been silent for longest are forgotten first. One thread.
 */
final class Clients {
    /** A connection's state. */
    static final class Client {
        /** Number of its address; -1 = not asked for yet. */
        int address = -1;

        /** Number of its user; -1 = not asked for yet. */
        int user = -1;

        /** As what it logged in, masked; empty = not at all. */
        byte[] credential = {};

        long lastMicros;
    }

    /** Those that have said nothing for as long are gone, or will be known again when they log in anew. */
    private static final long SILENT_MICROS = 600_000_000;

    private static final Connection NONE = Connection.of(0, 0, 0, 0, 0, 0);

    /** In the order in which they spoke last. */
    private final LinkedHashMap<Connection, Client> known = new LinkedHashMap<>(64, 0.75f, true);

    private Connection last = NONE;
    private Client lastClient = new Client();

    /** That of a connection. */
    Client find(Connection connection, long micros) {
        if (connection.equals(last)) {
            lastClient.lastMicros = micros;
            return lastClient;
        }
        Client client = known.get(connection);
        if (client == null) {
            client = new Client();
            makeRoom(Limits.CLIENTS - 1);
            known.put(connection, client);
        }
        client.lastMicros = micros;
        last = connection;
        lastClient = client;
        return client;
    }

    /** Forgets one whose session has ended. */
    void forget(Connection connection) {
        known.remove(connection);
        if (last.equals(connection)) {
            last = NONE;
        }
    }

    /** Forgets those that have been silent for long. */
    void age(long micros) {
        known.values().removeIf(client -> micros - client.lastMicros > SILENT_MICROS);
        last = NONE;
    }

    private void makeRoom(int most) {
        var oldest = known.entrySet().iterator();
        while (known.size() > most && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    int size() {
        return known.size();
    }

    /** As whom it counts from now on; empty = as nobody. */
    void loggedIn(Client client, byte[] credential) {
        client.credential = credential;
        client.user = -1;
    }

    /** Numbers of addresses and users are others from now on. */
    void renumber() {
        known.values().forEach(client -> {
            client.address = -1;
            client.user = -1;
        });
        lastClient.address = -1;
        lastClient.user = -1;
    }

    /** Ends of connections and as what they logged in, masked; at one moment. Immutable. */
    record View(String[] clients, byte[][] credentials) {}

    View view() {
        String[] clients = new String[known.size()];
        byte[][] credentials = new byte[known.size()][];
        int at = 0;
        for (Map.Entry<Connection, Client> entry : known.entrySet()) {
            clients[at] = entry.getKey().client();
            credentials[at++] = entry.getValue().credential;
        }
        return new View(clients, credentials);
    }
}
