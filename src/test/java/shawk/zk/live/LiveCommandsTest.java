package shawk.zk.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;
import shawk.support.Json;
import shawk.support.PrivateNetwork;
import shawk.support.ShawkProcess;
import shawk.support.ZooKeeperEnsemble;
import shawk.support.ZooKeeperServer;
import shawk.support.ZooKeeperServer.Version;

/** The commands as processes, live on what real servers and clients say: what the clients were told is the truth. */
@Tag("slow")
final class LiveCommandsTest {
    private static final int WRITES = 20;

    @TempDir
    private Path folder;

    private PrivateNetwork network;

    @BeforeEach
    void open() throws Exception {
        network = PrivateNetwork.open();
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private ShawkProcess start(String... arguments) throws IOException {
        List<String> command = network.command(ShawkProcess.command(arguments));
        return ShawkProcess.start(command, folder, new File("/dev/null"));
    }

    /** Waits until so many listen to packets in the network. */
    private void awaitListening(int wanted) throws Exception {
        String[] question = network.command(List.of("cat", "/proc/net/packet")).toArray(String[]::new);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (Commands.output(question).lines().count() - 1 < wanted) {
            assertThat(System.nanoTime()).as("%d listen to packets", wanted).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Ends them, and what each has written. */
    private static List<List<Map<?, ?>>> end(ShawkProcess... processes) throws Exception {
        List<List<Map<?, ?>>> all = new ArrayList<>();
        for (ShawkProcess each : processes) {
            each.interrupt();
        }
        for (ShawkProcess each : processes) {
            assertThat(each.status()).as(each.err()).isZero();
            List<Map<?, ?>> lines = new ArrayList<>();
            each.out().lines().forEach(line -> lines.add((Map<?, ?>) Json.parse(line)));
            all.add(lines);
        }
        return all;
    }

    private static boolean is(Map<?, ?> line, String name, String value) {
        return value.equals(line.get(name));
    }

    private static long count(List<Map<?, ?>> lines, String type, long zxid) {
        return lines.stream()
                .filter(line -> is(line, "kind", "zab") && is(line, "type", type) && is(line, "zxid", Told.hex(zxid)))
                .count();
    }

    private ZooKeeper client(ZooKeeperServer server) throws Exception {
        return network.inside(() -> new ZooKeeper("127.0.0.1:" + server.port(), 30_000, event -> {}));
    }

    /** Zxids, as the client was told. */
    private List<Long> write(ZooKeeperServer through, String path) throws Exception {
        List<Long> zxids = new ArrayList<>();
        ZooKeeper client = client(through);
        Stat stat = new Stat();
        client.create(path, new byte[] {1}, Told.OPEN, CreateMode.PERSISTENT, stat);
        zxids.add(stat.getCzxid());
        for (int i = 1; i < WRITES; i++) {
            zxids.add(client.setData(path, new byte[] {(byte) i}, -1).getMzxid());
        }
        assertThat(client.close(30_000)).isTrue();
        return zxids;
    }

    private String removeObserver(ZooKeeperServer through) throws Exception {
        ZooKeeperAdmin admin =
                network.inside(() -> new ZooKeeperAdmin("127.0.0.1:" + through.port(), 30_000, event -> {}));
        String leaving = Integer.toString(ZooKeeperEnsemble.OBSERVER);
        byte[] config = admin.reconfigure((String) null, leaving, null, -1, new Stat());
        assertThat(admin.close(30_000)).isTrue();
        return new String(config, StandardCharsets.UTF_8);
    }

    @Test
    void anEnsemble() throws Exception {
        try (ZooKeeperEnsemble ensemble = new ZooKeeperEnsemble(network, "reconfigEnabled=true\nskipACL=yes\n");
                ShawkProcess zab = start("zk", "zab", "--port", "2881-2884", "--format", "ndjson");
                ShawkProcess fle = start("zk", "fle", "--outcome", "--port", "3881-3884", "--format", "ndjson");
                ShawkProcess omni = start("zk", "omni", "--iface", "lo", "--format", "ndjson")) {
            awaitListening(3);
            ensemble.start();
            ZooKeeperServer first = ensemble.leader();
            List<Long> zxids = write(ensemble.followers(first).get(0), "/follower");
            zxids.addAll(write(ensemble.server(ZooKeeperEnsemble.OBSERVER), "/observer"));
            String last = "\"zxid\":\"" + Told.hex(zxids.get(zxids.size() - 1)) + "\"";
            for (ShawkProcess each : List.of(zab, omni)) {
                each.await(out ->
                        has(out, "ACK", last) == 2 && has(out, "COMMIT", last) == 2 && has(out, "INFORM", last) == 1);
            }
            assertThat(removeObserver(first)).doesNotContain("server.4=").contains("server.3=");
            zab.await(out -> out.contains("\"COMMITANDACTIVATE\""));
            omni.await(out -> out.contains("\"COMMITANDACTIVATE\""));
            first.kill();
            ZooKeeperServer second = ensemble.leader();
            second.awaitMode("leader");
            ensemble.followers(second).stream().filter(each -> each != first).forEach(LiveCommandsTest::awaitFollower);
            List<List<Map<?, ?>>> written = end(zab, fle, omni);
            checkWrites(written.get(0), zxids);
            checkWrites(written.get(2), zxids);
            checkElections(written.get(1), first.id(), second.id());
            checkClients(written.get(2));
        }
    }

    private static long has(String out, String type, String zxid) {
        return out.lines()
                .filter(line -> line.contains("\"" + type + "\"") && line.contains(zxid))
                .count();
    }

    private static void awaitFollower(ZooKeeperServer server) {
        try {
            server.awaitMode("follower");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void checkWrites(List<Map<?, ?>> lines, List<Long> zxids) {
        for (long zxid : zxids) {
            assertThat(count(lines, "PROPOSAL", zxid))
                    .as("PROPOSAL of %x", zxid)
                    .isEqualTo(2);
            assertThat(count(lines, "ACK", zxid)).as("ACK of %x", zxid).isEqualTo(2);
            assertThat(count(lines, "COMMIT", zxid)).as("COMMIT of %x", zxid).isEqualTo(2);
            assertThat(count(lines, "INFORM", zxid)).as("INFORM of %x", zxid).isEqualTo(1);
        }
    }

    private static void checkElections(List<Map<?, ?>> lines, int first, int second) {
        List<Integer> leaders = lines.stream()
                .filter(line -> is(line, "outcome", "elected"))
                .map(line -> Integer.parseInt(String.valueOf(line.get("leader"))))
                .toList();
        assertThat(leaders).containsSubsequence(first, second).endsWith(second);
    }

    private static void checkClients(List<Map<?, ?>> lines) {
        for (String path : List.of("/follower", "/observer")) {
            for (String kind : List.of("request", "reply")) {
                assertThat(lines.stream()
                                .filter(line -> is(line, "kind", kind) && is(line, "op", "setData"))
                                .filter(line -> is(line, "path", path)))
                        .as("%s of setData %s", kind, path)
                        .hasSize(WRITES - 1);
            }
        }
        assertThat(lines.stream().filter(line -> is(line, "kind", "request") && is(line, "op", "reconfig")))
                .singleElement()
                .satisfies(line -> assertThat(line.get("body").toString()).contains("leavingServers=4"));
        assertThat(lines.stream().filter(line -> is(line, "kind", "reply") && is(line, "op", "reconfig")))
                .singleElement()
                .satisfies(line -> assertThat(line.get("err")).hasToString("0"));
    }

    /** On loopback and on all interfaces: each request and each reply once. */
    @Test
    void aClient() throws Exception {
        try (ZooKeeperServer server = ZooKeeperServer.alone(network, Version.V3_9, 2191);
                ShawkProcess lo =
                        start("zk", "dump", "--iface", "lo", "-p", "--zookeeper-port", "2191", "--format", "ndjson");
                ShawkProcess any =
                        start("zk", "dump", "--iface", "any", "-p", "--zookeeper-port", "2191", "--format", "ndjson")) {
            awaitListening(2);
            List<Long> zxids = write(server, "/once");
            for (ShawkProcess each : List.of(lo, any)) {
                each.await(
                        out -> out.lines().anyMatch(line -> line.contains("reply") && line.contains("closeSession")));
            }
            for (List<Map<?, ?>> lines : end(lo, any)) {
                List<Object> asked = new ArrayList<>();
                List<Object> answered = new ArrayList<>();
                for (Map<?, ?> line : lines) {
                    if (is(line, "path", "/once")) {
                        (is(line, "kind", "request") ? asked : answered).add(line.get("xid"));
                    }
                }
                assertThat(asked).hasSize(WRITES).doesNotHaveDuplicates();
                assertThat(answered).isEqualTo(asked);
                assertThat(lines.stream()
                                .filter(line -> is(line, "kind", "reply") && is(line, "path", "/once"))
                                .map(line -> (Object) line.get("zxid")))
                        .isEqualTo(zxids.stream().map(Told::hex).toList());
            }
        }
    }
}
