package shawk.support;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Three voters and an observer of the newest release, in a {@link PrivateNetwork}. */
public final class ZooKeeperEnsemble implements AutoCloseable {
    public static final int VOTERS = 3;
    public static final int OBSERVER = 4;
    public static final int FIRST_CLIENT_PORT = 2191;
    public static final int FIRST_QUORUM_PORT = 2881;
    public static final int FIRST_ELECTION_PORT = 3881;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<ZooKeeperServer> servers = new ArrayList<>();

    /** None of its servers is started. */
    public ZooKeeperEnsemble(PrivateNetwork network) throws Exception {
        this(network, "");
    }

    /** @param config further lines of the configuration of each */
    public ZooKeeperEnsemble(PrivateNetwork network, String config) throws Exception {
        StringBuilder members =
                new StringBuilder("tickTime=500\ninitLimit=40\nsyncLimit=40\nmaxSessionTimeout=60000\n" + config);
        for (int i = 0; i < OBSERVER; i++) {
            members.append("server.").append(i + 1).append("=127.0.0.1:").append(FIRST_QUORUM_PORT + i);
            members.append(':').append(FIRST_ELECTION_PORT + i).append(i < VOTERS ? "\n" : ":observer\n");
        }
        for (int i = 0; i < OBSERVER; i++) {
            String own = i < VOTERS ? "" : "peerType=observer\n";
            servers.add(ZooKeeperServer.member(network, FIRST_CLIENT_PORT + i, i + 1, members + own));
        }
    }

    /** By its id, from 1 on. */
    public ZooKeeperServer server(int id) {
        return servers.get(id - 1);
    }

    public void start() throws Exception {
        for (ZooKeeperServer each : servers) {
            each.start();
        }
        leader();
        for (ZooKeeperServer each : servers) {
            each.awaitMode("leader", "follower", "observer");
        }
    }

    /** The voter that leads, as soon as one does. */
    public ZooKeeperServer leader() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            for (ZooKeeperServer each : servers.subList(0, VOTERS)) {
                if (each.mode().equals("leader")) {
                    return each;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("no voter leads");
    }

    /** The other voters. */
    public List<ZooKeeperServer> followers(ZooKeeperServer leader) {
        return servers.subList(0, VOTERS).stream()
                .filter(each -> each != leader)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (ZooKeeperServer each : servers) {
            each.close();
        }
    }
}
