package shawk.zk.live;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.zk.live.Told.acl;
import static shawk.zk.live.Told.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.support.PrivateNetwork;
import shawk.support.ZooKeeperServer;
import shawk.support.ZooKeeperServer.Version;
import shawk.tcp.ByteLedger;
import shawk.zk.live.LiveCapture.Heard;
import shawk.zk.proto.Kind;

/**
 * The real client runs its operations against real servers, captured on loopback and on all interfaces at once: each
 * request, reply and event that it knows of is heard, in its order, once, with what the client was told, and nothing
 * else is.
 */
@Tag("slow")
final class LiveOperationsTest {
    private static final int PORT = 2181;
    private static final String OPEN = "acl=1[{perms=31 id={scheme=world id=anyone}}]";
    private static final String HEADER = "^\\S+ (REQ|REP|EVT) len=\\d+( xid=\\S+)?( zxid=\\S+)? ";

    private static PrivateNetwork network;

    @BeforeAll
    static void open() throws Exception {
        network = PrivateNetwork.open();
    }

    @AfterAll
    static void close() throws Exception {
        network.close();
    }

    private interface Talk {
        void with(Told told) throws Exception;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> lines(LiveCapture capture, Kind kind) {
        return capture.heard(each -> each.kind() == kind && !each.op().equals("ping")).stream()
                .map(each -> each.text().replaceFirst(HEADER, "").strip())
                .toList();
    }

    private static boolean isEnd(Heard heard) {
        return heard.kind() == Kind.REPLY && heard.op().equals("closeSession");
    }

    private static void check(Version version, Talk... talks) throws Exception {
        try (ZooKeeperServer server = ZooKeeperServer.alone(network, version, PORT);
                LiveCapture lo = LiveCapture.open(network, "lo", PORT);
                LiveCapture any = LiveCapture.open(network, "any", PORT)) {
            Told told = new Told(network, server.port());
            for (Talk talk : talks) {
                talk.with(told);
            }
            told.close();
            for (LiveCapture capture : List.of(lo, any)) {
                capture.await(LiveOperationsTest::isEnd);
                ByteLedger ledger = capture.finish();
                assertThat(lines(capture, Kind.REQUEST)).containsExactlyElementsOf(told.asked);
                assertThat(lines(capture, Kind.REPLY)).containsExactlyElementsOf(told.answered);
                assertThat(lines(capture, Kind.EVENT)).containsExactlyElementsOf(told.events());
                assertThat(lines(capture, Kind.NOTE)).isEmpty();
                assertThat(ledger.decoded).isEqualTo(ledger.in);
                assertThat(capture.heard(each -> each.op().equals("ping") && each.kind() == Kind.REQUEST))
                        .hasSameSizeAs(capture.heard(each -> each.op().equals("ping") && each.kind() == Kind.REPLY));
            }
        }
    }

    @Test
    void everyOperationOfTheNewest() throws Exception {
        check(
                Version.V3_9,
                LiveOperationsTest::basics,
                LiveOperationsTest::sinceThreeFive,
                LiveOperationsTest::transactions,
                LiveOperationsTest::sinceThreeSix);
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V3_7", "V3_8"})
    void everyOperationOfTheLinesBefore(Version version) throws Exception {
        check(version, LiveOperationsTest::basics, LiveOperationsTest::transactions, LiveOperationsTest::sinceThreeSix);
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V3_4", "V3_5", "V3_6"})
    void whatEachLineHas(Version version) throws Exception {
        check(version, LiveOperationsTest::basics, LiveOperationsTest::transactions);
    }

    /** The server is killed and comes again: the session goes on, and its watches are set again. */
    @Test
    void aSessionThatGoesOn() throws Exception {
        try (ZooKeeperServer server = ZooKeeperServer.alone(network, Version.V3_9, PORT);
                LiveCapture capture = LiveCapture.open(network, "any", PORT)) {
            Told told = new Told(network, server.port());
            told.ask(
                    "create path=/app data=\"1\" " + OPEN + " flags=1",
                    client -> "path=" + client.create("/app", bytes("1"), Told.OPEN, CreateMode.EPHEMERAL));
            told.ask("getData path=/app watch=true", client -> data(client, "/app", told.watcher()));
            told.ask("addWatch path=/other mode=0", client -> {
                client.addWatch("/other", told.watcher(), AddWatchMode.PERSISTENT);
                return "err=0";
            });
            server.kill();
            server.start();
            capture.await(each -> each.kind() == Kind.REPLY && each.op().equals("setWatches2"));
            told.ask("setData path=/app data=\"2\" version=0", client -> text(client.setData("/app", bytes("2"), 0)));
            told.close();
            capture.await(LiveOperationsTest::isEnd);
            capture.finish();
            String session = "sessionId=" + Told.hex(told.client().getSessionId());
            assertThat(lines(capture, Kind.REQUEST))
                    .containsSubsequence(told.asked)
                    .anyMatch(line -> line.startsWith("connect ") && line.contains(session))
                    .anyMatch(line -> line.startsWith("setWatches2 ") && line.contains("dataWatches=1[/app]"));
            assertThat(lines(capture, Kind.REPLY)).containsSubsequence(told.answered);
            assertThat(lines(capture, Kind.EVENT)).containsExactlyElementsOf(told.events());
        }
    }

    private static void basics(Told told) throws Exception {
        told.ask(
                "create path=/app data=\"hello\" " + OPEN + " flags=0",
                client -> "path=" + client.create("/app", bytes("hello"), Told.OPEN, CreateMode.PERSISTENT));
        told.ask(
                "create path=/app/eph data=\"\" " + OPEN + " flags=1",
                client -> "path=" + client.create("/app/eph", bytes(""), Told.OPEN, CreateMode.EPHEMERAL));
        told.ask(
                "create path=/app/seq- data=\"s\" " + OPEN + " flags=2",
                client ->
                        "path=" + client.create("/app/seq-", bytes("s"), Told.OPEN, CreateMode.PERSISTENT_SEQUENTIAL));
        told.ask(
                "create path=/app data=\"\" " + OPEN + " flags=0",
                client -> "path=" + client.create("/app", bytes(""), Told.OPEN, CreateMode.PERSISTENT));
        told.ask(
                "create path=/no/parent data=\"\" " + OPEN + " flags=0",
                client -> "path=" + client.create("/no/parent", bytes(""), Told.OPEN, CreateMode.PERSISTENT));
        told.ask("exists path=/app/none watch=true", client -> missing(client, told.watcher()));
        told.ask("exists path=/app watch=false", client -> text(client.exists("/app", false)));
        told.ask("getData path=/app watch=true", client -> data(client, "/app", told.watcher()));
        told.ask(
                "setData path=/app data=\"hello world\" version=-1",
                client -> text(client.setData("/app", bytes("hello world"), -1)));
        told.ask("setData path=/app data=\"x\" version=99", client -> text(client.setData("/app", bytes("x"), 99)));
        told.ask("getChildren2 path=/app watch=true", client -> {
            Stat stat = new Stat();
            return text("children", client.getChildren("/app", told.watcher(), stat)) + " " + text(stat);
        });
        told.ask("getChildren path=/app watch=false", client -> text("children", client.getChildren("/app", false)));
        told.ask(
                "create path=/app/none data=\"n\" " + OPEN + " flags=0",
                client -> "path=" + client.create("/app/none", bytes("n"), Told.OPEN, CreateMode.PERSISTENT));
        told.ask("auth type=0 scheme=digest auth=\"alice:secret\"", client -> {
            client.addAuthInfo("digest", bytes("alice:secret"));
            return "";
        });
        told.ask(
                "setACL path=/app/none acl=1[{perms=3 id={scheme=auth id=}}] version=-1",
                client -> text(client.setACL(
                        "/app/none", Arrays.asList(new ACL(Perms.READ | Perms.WRITE, new Id("auth", ""))), -1)));
        told.ask("getACL path=/app/none", client -> {
            Stat stat = new Stat();
            return acl(client.getACL("/app/none", stat)) + " " + text(stat);
        });
        told.ask("sync path=/app", client -> {
            BlockingQueue<String> done = new ArrayBlockingQueue<>(1);
            client.sync("/app", (rc, path, context) -> done.add("path=" + path), null);
            return String.valueOf(done.poll(30, TimeUnit.SECONDS));
        });
        told.ask("delete path=/app/none version=7", client -> delete(client, "/app/none", 7));
        told.ask("delete path=/app/none version=0", client -> delete(client, "/app/none", 0));
        told.ask("delete path=/app version=-1", client -> delete(client, "/app", -1));
    }

    /** The client's own word for what is not there is null, the server's an error. */
    private static String missing(org.apache.zookeeper.ZooKeeper client, Watcher watcher) throws Exception {
        if (client.exists("/app/none", watcher) == null) {
            throw new org.apache.zookeeper.KeeperException.NoNodeException("/app/none");
        }
        return "";
    }

    private static String data(org.apache.zookeeper.ZooKeeper client, String path, Watcher watcher) throws Exception {
        Stat stat = new Stat();
        return text(client.getData(path, watcher, stat)) + " " + text(stat);
    }

    private static String delete(org.apache.zookeeper.ZooKeeper client, String path, int version) throws Exception {
        client.delete(path, version);
        return "";
    }

    private static void transactions(Told told) throws Exception {
        told.ask(
                "multi 4 ops [create path=/m data=\"1\" " + OPEN
                        + " flags=0; setData path=/m data=\"22\" version=0; check path=/m version=1;"
                        + " delete path=/app/eph version=-1]",
                client -> {
                    List<OpResult> results = client.multi(List.of(
                            Op.create("/m", bytes("1"), Told.OPEN, CreateMode.PERSISTENT),
                            Op.setData("/m", bytes("22"), 0),
                            Op.check("/m", 1),
                            Op.delete("/app/eph", -1)));
                    return "4 results [create err=0 path=" + ((OpResult.CreateResult) results.get(0)).getPath()
                            + "; setData err=0 " + text(((OpResult.SetDataResult) results.get(1)).getStat())
                            + "; check err=0 ; delete err=0 ]";
                });
        // The reply's own error stays 0: the sub-operations say what failed.
        told.ask("multi 2 ops [create path=/m2 data=\"1\" " + OPEN + " flags=0; check path=/m version=77]", client -> {
            try {
                return "none"
                        + client.multi(List.of(
                                Op.create("/m2", bytes("1"), Told.OPEN, CreateMode.PERSISTENT), Op.check("/m", 77)));
            } catch (org.apache.zookeeper.KeeperException e) {
                int code = e.code().intValue();
                return "2 results [error err=0 err=0; error err=" + code + " err=" + code + "]";
            }
        });
    }

    private static void sinceThreeFive(Told told) throws Exception {
        told.ask("create2 path=/new data=\"2\" " + OPEN + " flags=0", client -> {
            Stat stat = new Stat();
            return "path=" + client.create("/new", bytes("2"), Told.OPEN, CreateMode.PERSISTENT, stat) + " "
                    + text(stat);
        });
        told.ask("createContainer path=/new/cont data=\"\" " + OPEN + " flags=4", client -> {
            Stat stat = new Stat();
            return "path=" + client.create("/new/cont", bytes(""), Told.OPEN, CreateMode.CONTAINER, stat) + " "
                    + text(stat);
        });
        told.ask("createTTL path=/new/ttl data=\"t\" " + OPEN + " flags=5 ttl=600000", client -> {
            Stat stat = new Stat();
            return "path="
                    + client.create("/new/ttl", bytes("t"), Told.OPEN, CreateMode.PERSISTENT_WITH_TTL, stat, 600_000)
                    + " " + text(stat);
        });
        Watcher watcher = told.watcher();
        told.ask("getData path=/new watch=true", client -> data(client, "/new", watcher));
        told.ask("checkWatches path=/new type=2", client -> {
            client.removeWatches("/new", watcher, WatcherType.Data, false);
            return "";
        });
    }

    private static void sinceThreeSix(Told told) throws Exception {
        told.ask("addWatch path=/app mode=1", client -> {
            client.addWatch("/app", told.watcher(), AddWatchMode.PERSISTENT_RECURSIVE);
            return "err=0";
        });
        told.ask(
                "create path=/app/w data=\"1\" " + OPEN + " flags=1",
                client -> "path=" + client.create("/app/w", bytes("1"), Told.OPEN, CreateMode.EPHEMERAL));
        told.ask("setData path=/app/w data=\"2\" version=0", client -> text(client.setData("/app/w", bytes("2"), 0)));
        told.ask("getEphemerals prefixPath=/", client -> text("ephemerals", client.getEphemerals()));
        told.ask("getAllChildrenNumber path=/app", client -> "totalNumber=" + client.getAllChildrenNumber("/app"));
        told.ask("multiRead 2 ops [getChildren path=/app watch=false; getData path=/m watch=false]", client -> {
            List<OpResult> results = client.multi(List.of(Op.getChildren("/app"), Op.getData("/m")));
            OpResult.GetDataResult data = (OpResult.GetDataResult) results.get(1);
            return "2 results [getChildren err=0 "
                    + text("children", ((OpResult.GetChildrenResult) results.get(0)).getChildren())
                    + "; getData err=0 " + text(data.getData()) + " " + text(data.getStat()) + "]";
        });
        told.ask("whoAmI", client -> {
            var infos = client.whoAmI();
            return "clientInfo=" + infos.size()
                    + infos.stream()
                            .map(each -> "{authScheme=" + each.getAuthScheme() + " user=" + each.getUser() + "}")
                            .collect(java.util.stream.Collectors.joining(",", "[", "]"));
        });
        told.ask("removeWatches path=/app type=3", client -> {
            client.removeAllWatches("/app", WatcherType.Any, false);
            return "";
        });
    }
}
