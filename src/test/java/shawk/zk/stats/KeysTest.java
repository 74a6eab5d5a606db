package shawk.zk.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import shawk.support.HostileNames;
import shawk.support.Json;
import shawk.zk.proto.Message;

/** What keys look like, and what counts under them. */
final class KeysTest {
    private static final String LABEL = "[a-z]+=\"(?:[^\"\\\\]++|\\\\.)*+\"";
    private static final String METRIC =
            "# (HELP|TYPE) [a-z_]+ .*|[a-z_]+(\\{" + LABEL + "(," + LABEL + ")*})? [0-9.]+";

    private static Map<String, String> told(String json) {
        return Json.object(json).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    private static Map<String, String> paths(MadeUpTraffic traffic) {
        return told(KeysJson.paths(traffic.snapshot(), Window.CURRENT));
    }

    private static MadeUpTraffic fresh() {
        return new MadeUpTraffic(StatsOptions.DEFAULT);
    }

    private static void check(MadeUpTraffic traffic, String key) {
        assertThat(paths(traffic)).as(key).containsEntry(key, "1");
    }

    @Test
    void requestsAreCalledAsZkTrafficCallsThem() {
        check(fresh().request("getChildren", "/discovery", 0), "GetChildrenRequest/discovery");
        check(fresh().request("getChildren2", "/a", 0), "GetChildren2Request/a");
        check(fresh().request("getACL", "/a"), "GetAclRequest/a");
        check(fresh().request("setACL", "/a"), "SetAclRequest/a");
        check(fresh().request("delete", "/a"), "DeleteRequest/a");
        check(fresh().request("create", "/a", 0, 0, 0, 0), "CreateRequest/a");
        check(fresh().request("create", "/a", 0, 0, 0, 3), "CreateEphemeralRequest/a");
        check(fresh().request("create2", "/a", 0, 0, 0, 2), "Create2Request/a");
        check(fresh().request("createContainer", "/a", 0, 0, 0, 4), "CreateContainerRequest/a");
        check(fresh().request("createTTL", "/a", 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1), "CreateTTLRequest/a");
        check(fresh().raw("closeSession", ByteBuffer.allocate(0)), "CloseRequest/");
        check(fresh().raw("connect", ByteBuffer.allocate(44)), "ConnectRequest/");
        check(fresh().raw("connect", ByteBuffer.allocate(44).put(23, (byte) 1)), "ReConnectRequest/");
        check(fresh().auth("digest", "alice:secret"), "SetAuthRequest/alice:***");
        check(fresh().auth("super", "root:secret"), "SetAuthRequest/root:***");
        check(fresh().auth("sasl", "secret"), "SetAuthRequest/sasl:***");
        check(fresh().auth("digest", "secret"), "SetAuthRequest/:***");
        check(fresh().raw("whoAmI", ByteBuffer.allocate(0)), "WhoAmIRequest/");
        check(fresh().event("NodeDataChanged", "/a"), "NodeDataChanged/a");
        check(fresh().request("getData", "/a", 1), "watches/a");
        check(fresh().raw("setWatches2", ByteBuffer.allocate(16)), "watches/");
        check(fresh().raw("multi", multi(1, "/first")), "MultiRequest/first");
        check(fresh().raw("multi", ByteBuffer.allocate(9).putInt(0, -1)), "MultiRequest/");
    }

    private static ByteBuffer multi(int type, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(13 + bytes.length)
                .putInt(type)
                .put((byte) 0)
                .putInt(-1)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }

    @Test
    void whatIsNotKnownHasAWordAndIsCounted() {
        MadeUpTraffic traffic = fresh().request("getData", "/a", 0).reply("getData", 100, 0);
        traffic.reply("", Message.ABSENT, 0).reply("", Message.ABSENT, -101);
        assertThat(MetricsText.of(traffic.snapshot(), "1", 0))
                .doesNotContain("\"\"")
                .contains("\nshawk_zk_replies_total{op=\"unknown\"} 2\n")
                .contains("\nshawk_zk_replies_total{op=\"getData\"} 1\n")
                .contains("\nshawk_zk_errors_total{op=\"unknown\",error=\"NoNode\"} 1\n");
        assertThat(StatsJson.operations(traffic.snapshot(), Window.CURRENT))
                .contains("\n\"unknown\":{\"kind\":\"read\",\"requests\":0,\"request_bytes\":0,\"replies\":2,");
    }

    @Test
    void readsAndWritesAreAddedUp() {
        MadeUpTraffic traffic = fresh().request("getData", "/a", 1)
                .request("exists", "/a", 0)
                .request("setData", "/a")
                .request("ping", (byte[]) null);
        assertThat(paths(traffic))
                .containsEntry("reads/a", "2")
                .containsEntry("readsBytes/a", "30")
                .containsEntry("writes/a", "1")
                .containsEntry("writesBytes/a", "14")
                .containsEntry("total/reads", "2")
                .containsEntry("total/writes", "1")
                .containsEntry("total/readBytes", "30")
                .containsEntry("total/writeBytes", "14")
                .containsEntry("GetDataRequestBytes/a", "15")
                .containsEntry("reads/", "0")
                .containsEntry("writes/", "0")
                .doesNotContainKey("PingRequest/");
    }

    @Test
    void aDepthCutsPaths() {
        MadeUpTraffic traffic = new MadeUpTraffic(new StatsOptions(2, 10, true, 1, false));
        traffic.request("getData", "/a/b/c", 0).request("getData", "/a/b/d", 0).request("getData", "/a", 0);
        traffic.request("getData", "/a/b", 0);
        assertThat(paths(traffic)).containsEntry("GetDataRequest/a/b", "3").containsEntry("GetDataRequest/a", "1");
    }

    @Test
    void onlyTheHighestOfAnOperationAreTold() {
        MadeUpTraffic traffic = new MadeUpTraffic(new StatsOptions(0, 2, false, 1, false));
        for (int i = 0; i < 6; i++) {
            for (int times = 0; times <= i; times++) {
                traffic.request("getData", "/" + i, 0);
            }
        }
        traffic.request("exists", "/only", 0);
        assertThat(paths(traffic).keySet())
                .containsExactlyInAnyOrder(
                        "total/reads",
                        "total/writes",
                        "reads/",
                        "writes/",
                        "GetDataRequest/5",
                        "GetDataRequest/4",
                        "ExistsRequest/only",
                        "reads/5",
                        "reads/4");
        assertThat(paths(traffic)).containsEntry("total/reads", "22");
    }

    @Test
    void clientsAndUsersHaveTheirKeys() {
        MadeUpTraffic traffic = fresh().request("getData", "/a", 0)
                .auth("digest", "alice:secret")
                .request("getData", "/a", 0)
                .from("2001:db8::7", 50_000)
                .request("getData", "/a", 1);
        assertThat(told(KeysJson.addresses(traffic.snapshot(), Window.CURRENT)))
                .containsEntry("per_ip/GetDataRequest/a:10.0.0.1", "2")
                .containsEntry("per_ip/GetDataRequest/a:2001:db8::7", "1")
                .containsEntry("per_ip/watches/a:2001:db8::7", "1")
                .containsEntry("per_ip/total/reads", "4")
                .containsEntry("per_ip/writes/", "0");
        assertThat(told(KeysJson.users(traffic.snapshot(), Window.CURRENT)))
                .containsEntry("per_auth/GetDataRequest/a:alice:***", "1")
                .containsEntry("per_auth/GetDataRequest/a:noauth", "2");
        assertThat(told(KeysJson.clients(traffic.snapshot())))
                .isEqualTo(Map.of("10.0.0.1:40000", "alice:***", "[2001:db8::7]:50000", "noauth"));
    }

    @Test
    void whoIsRefusedIsNobody() {
        MadeUpTraffic traffic = fresh().auth("digest", "alice:wrong").reply("auth", 100, -115);
        assertThat(told(KeysJson.clients(traffic.snapshot()))).containsEntry("10.0.0.1:40000", "noauth");
    }

    @Test
    void anEndedSessionIsForgotten() {
        MadeUpTraffic traffic = fresh().auth("digest", "alice:secret").request("closeSession", (byte[]) null);
        assertThat(told(KeysJson.clients(traffic.snapshot()))).isEmpty();
    }

    @Test
    void whatIsSampledIsScaledUp() {
        MadeUpTraffic traffic = new MadeUpTraffic(new StatsOptions(0, 10, true, 0.1, false));
        for (int i = 0; i < 100_000; i++) {
            traffic.request("getData", "/a", 0);
        }
        Map<String, String> paths = paths(traffic);
        assertThat(Long.parseLong(paths.get("GetDataRequest/a"))).isBetween(97_000L, 103_000L);
        assertThat(paths).containsEntry("total/reads", "100000");
        assertThat(StatsJson.info(traffic.snapshot(), "1", 0)).contains("\"sampling\":0.1,\"scaled\":true");
    }

    @Test
    void noSecretIsToldAndNoTextDoesHarm() {
        for (var name : HostileNames.ALL) {
            MadeUpTraffic traffic = new MadeUpTraffic(new StatsOptions(0, 0, true, 1, false));
            traffic.request("getData", name.toBytes(), 0);
            traffic.auth(new String(name.toBytes(), StandardCharsets.ISO_8859_1), "x:secret");
            traffic.auth("digest", new String(name.toBytes(), StandardCharsets.ISO_8859_1) + ":secret");
            traffic.request(new String(name.toBytes(), StandardCharsets.ISO_8859_1), "/a");
            StatsSnapshot snapshot = traffic.snapshot();
            for (String text : List.of(
                    KeysJson.paths(snapshot, Window.CURRENT),
                    KeysJson.addresses(snapshot, Window.CURRENT),
                    KeysJson.users(snapshot, Window.CURRENT),
                    KeysJson.clients(snapshot),
                    StatsJson.operations(snapshot, Window.CURRENT),
                    StatsJson.live(snapshot, 1))) {
                assertThat(text).doesNotContain("secret");
                assertThat(HostileNames.harmIn(text.replace("\n", ""))).isEqualTo(-1);
                Json.parse(text);
            }
            String metrics = MetricsText.of(snapshot, "1", 0);
            assertThat(HostileNames.harmIn(metrics.replace("\n", ""))).isEqualTo(-1);
            metrics.lines().forEach(line -> assertThat(line).matches(METRIC));
        }
    }
}
