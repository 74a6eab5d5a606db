package shawk.zk.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shawk.source.pcap.PortRange;
import shawk.support.PrivateNetwork;
import shawk.support.ZooKeeperEnsemble;
import shawk.support.ZooKeeperServer;
import shawk.tcp.ByteLedger;
import shawk.zk.live.LiveCapture.Heard;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Ports;

/**
 * What the servers of a real ensemble say to each other, captured as it passes: writes that its clients know of, an
 * election when the leader is killed, and the three ways in which one that was away comes up to date.
 */
@Tag("slow")
final class LiveEnsembleTest {
    private static final int WRITES = 20;

    private PrivateNetwork network;
    private ZooKeeperEnsemble ensemble;
    private LiveCapture capture;

    private static Ports ports(int first) {
        Ports ports = new Ports();
        ports.add(first, first + ZooKeeperEnsemble.OBSERVER - 1);
        return ports;
    }

    private static PortRange range(int first) {
        return new PortRange(first, first + ZooKeeperEnsemble.OBSERVER - 1);
    }

    @Test
    void anEnsembleThroughItsTroubles() throws Exception {
        try (PrivateNetwork own = PrivateNetwork.open();
                ZooKeeperEnsemble servers = new ZooKeeperEnsemble(own);
                LiveCapture all = LiveCapture.open(
                        own,
                        "any",
                        ports(ZooKeeperEnsemble.FIRST_CLIENT_PORT),
                        ports(ZooKeeperEnsemble.FIRST_QUORUM_PORT),
                        ports(ZooKeeperEnsemble.FIRST_ELECTION_PORT),
                        List.of(
                                range(ZooKeeperEnsemble.FIRST_CLIENT_PORT),
                                range(ZooKeeperEnsemble.FIRST_QUORUM_PORT),
                                range(ZooKeeperEnsemble.FIRST_ELECTION_PORT)))) {
            network = own;
            ensemble = servers;
            capture = all;
            ensemble.start();
            everyWriteReachesEveryServer();
            ZooKeeperServer killed = anotherIsElected();
            oneThatWasAwayGetsTheDifference(killed);
            oneThatForgotEverythingGetsASnapshot();
            oneThatKnowsWhatNeverWasForgetsIt();
            ByteLedger ledger = capture.finish();
            assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored + ledger.malformed + ledger.evicted);
            assertThat(ledger.malformed)
                    .as("messages that were begun when their senders were killed, of %d bytes", ledger.in)
                    .isLessThan(512);
            assertThat(capture.heard(each -> each.kind() == Kind.NOTE))
                    .allMatch(each -> each.text().contains("snapshot of "));
        }
    }

    private static String client(ZooKeeperServer server) {
        return "127.0.0.1:" + server.port();
    }

    /** Zxids of writes through one server, as its client was told. */
    private List<Long> write(ZooKeeperServer through, String path, int times) throws Exception {
        List<Long> zxids = new ArrayList<>();
        ZooKeeper client = network.inside(() -> new ZooKeeper(client(through), 30_000, event -> {}));
        try {
            Stat stat = new Stat();
            client.create(path, new byte[] {1}, Told.OPEN, CreateMode.PERSISTENT, stat);
            zxids.add(stat.getCzxid());
            for (int i = 1; i < times; i++) {
                zxids.add(client.setData(path, new byte[] {(byte) i}, -1).getMzxid());
            }
        } finally {
            client.close(30_000);
        }
        return zxids;
    }

    private long count(String op, long zxid) {
        return capture.heard(each -> each.kind() == Kind.ZAB && each.op().equals(op) && each.zxid() == zxid)
                .size();
    }

    private void everyWriteReachesEveryServer() throws Exception {
        List<Long> zxids =
                new ArrayList<>(write(ensemble.followers(ensemble.leader()).get(0), "/follower", WRITES));
        zxids.addAll(write(ensemble.server(ZooKeeperEnsemble.OBSERVER), "/observer", WRITES));
        long last = zxids.get(zxids.size() - 1);
        capture.await(each -> each.op().equals("INFORM") && each.zxid() == last);
        // The client has its answer as soon as one of two followers has agreed: the other one's may come later.
        for (long zxid : zxids) {
            awaitCount("ACK", zxid, 2);
            awaitCount("COMMIT", zxid, 2);
            assertThat(count("PROPOSAL", zxid)).as("PROPOSAL of %x", zxid).isEqualTo(2);
            assertThat(count("INFORM", zxid)).as("INFORM of %x", zxid).isEqualTo(1);
        }
        assertThat(capture.heard(each -> each.op().equals("REQUEST") && each.kind() == Kind.ZAB))
                .as("what a client asks of a follower or observer goes to the leader, sessions too")
                .hasSize(2 * (WRITES + 2));
    }

    private void awaitCount(String op, long zxid, int wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (count(op, zxid) < wanted && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(count(op, zxid)).as("%s of %x", op, zxid).isEqualTo(wanted);
    }

    /** The one that was killed. */
    private ZooKeeperServer anotherIsElected() throws Exception {
        ZooKeeperServer old = ensemble.leader();
        int before = capture.size();
        old.kill();
        ZooKeeperServer leader = ensemble.leader();
        assertThat(leader).isNotSameAs(old);
        capture.await(each -> each.kind() == Kind.FLE
                && each.state() == 2
                && isAfter(each, before)
                && each.text().contains("leader=" + leader.id() + " "));
        List<Heard> since = since(before);
        assertThat(since).anyMatch(each -> each.state() == 0);
        capture.await(each -> each.op().equals("UPTODATE")
                && isAfter(each, before)
                && each.serverPort() == ZooKeeperEnsemble.FIRST_QUORUM_PORT + leader.id() - 1);
        write(leader, "/elected", 2);
        return old;
    }

    private boolean isAfter(Heard heard, int before) {
        return since(before).stream().anyMatch(each -> each == heard);
    }

    private List<Heard> since(int before) {
        List<Heard> all = capture.heard(each -> true);
        return all.subList(Math.min(before, all.size()), all.size());
    }

    private void awaitSync(int before, String op) throws Exception {
        capture.await(each -> each.kind() == Kind.ZAB && each.op().equals(op) && isAfter(each, before));
    }

    private void oneThatWasAwayGetsTheDifference(ZooKeeperServer away) throws Exception {
        int before = capture.size();
        away.start();
        away.awaitMode("follower");
        awaitSync(before, "DIFF");
        assertThat(since(before))
                .noneMatch(each -> each.op().equals("SNAP") || each.op().equals("TRUNC"));
    }

    private void oneThatForgotEverythingGetsASnapshot() throws Exception {
        ZooKeeperServer follower = ensemble.followers(ensemble.leader()).get(0);
        follower.kill();
        follower.wipe();
        int before = capture.size();
        follower.start();
        follower.awaitMode("follower");
        awaitSync(before, "SNAP");
        capture.await(
                each -> each.kind() == Kind.NOTE && each.text().contains("snapshot of ") && isAfter(each, before));
    }

    /** The leader writes what no follower has seen, and all are killed; those who have not seen it begin anew. */
    private void oneThatKnowsWhatNeverWasForgetsIt() throws Exception {
        ZooKeeperServer leader = ensemble.leader();
        List<ZooKeeperServer> followers = ensemble.followers(leader);
        write(leader, "/before", 3);
        ZooKeeper client = network.inside(() -> new ZooKeeper(client(leader), 30_000, event -> {}));
        client.exists("/", false);
        for (ZooKeeperServer each : followers) {
            each.freeze();
        }
        client.create("/never", new byte[0], Told.OPEN, CreateMode.PERSISTENT, (code, path, context, name) -> {}, null);
        awaitLogged(leader, "/never");
        leader.kill();
        for (ZooKeeperServer each : followers) {
            each.kill();
            each.start();
        }
        // Who has written anything since could not tell it where to cut.
        ensemble.leader();
        int before = capture.size();
        leader.start();
        leader.awaitMode("follower");
        awaitSync(before, "TRUNC");
        write(ensemble.leader(), "/after", 2);
        assertThat(network.inside(() -> client.exists("/never", false))).isNull();
        client.close(30_000);
    }

    private static void awaitLogged(ZooKeeperServer server, String text) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            try (Stream<Path> logs = Files.list(server.data().resolve("version-2"))) {
                for (Path log : logs.filter(
                                each -> each.getFileName().toString().startsWith("log."))
                        .toList()) {
                    if (Files.readString(log, StandardCharsets.ISO_8859_1).contains(text)) {
                        return;
                    }
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("the leader does not log " + text);
    }
}
