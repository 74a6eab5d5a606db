package shawk.zk.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import shawk.support.Json;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;

/** Whatever comes, no more is kept than there is room for; what is counted stays exact in all. */
final class BoundsTest {
    private static final StatsOptions ALL = new StatsOptions(0, 0, true, 1, false);

    private static String value(String json, String key) {
        return String.valueOf(Json.object(json).get(key));
    }

    @Test
    void pathsBeyondTheBoundAreOneAndTotalsStayExact() {
        MadeUpTraffic traffic = new MadeUpTraffic(ALL);
        int many = Limits.PATHS + 10_000;
        for (int i = 0; i < many; i++) {
            traffic.request("getData", "/" + i, 0);
        }
        String json = KeysJson.paths(traffic.snapshot(), Window.CURRENT);
        assertThat(value(json, "total/reads")).isEqualTo(Integer.toString(many));
        assertThat(value(json, "GetDataRequest(other)")).isEqualTo(Integer.toString(many - Limits.PATHS / 2));
    }

    @Test
    void whatWasNotAskedForInAMinuteMakesRoom() {
        MadeUpTraffic traffic = new MadeUpTraffic(ALL);
        for (int i = 0; i < Limits.PATHS * 2; i++) {
            traffic.request("getData", "/old" + i, 0);
        }
        traffic.seconds(60).request("getData", "/kept", 0).seconds(60);
        traffic.seconds(1).request("getData", "/kept", 0).request("getData", "/new", 0);
        StatsSnapshot snapshot = traffic.snapshot();
        assertThat(value(KeysJson.paths(snapshot, Window.PREVIOUS), "GetDataRequest/kept"))
                .isEqualTo("1");
        assertThat(value(KeysJson.paths(snapshot, Window.SLIDING), "GetDataRequest/kept"))
                .isEqualTo("2");
        assertThat(value(KeysJson.paths(snapshot, Window.CURRENT), "GetDataRequest/new"))
                .isEqualTo("1");
        assertThat(value(KeysJson.addresses(snapshot, Window.CURRENT), "per_ip/GetDataRequest/new:10.0.0.1"))
                .isEqualTo("1");
        assertThat(value(KeysJson.users(snapshot, Window.SLIDING), "per_auth/GetDataRequest/kept:noauth"))
                .isEqualTo("2");
        assertThat(snapshot.current.to().paths().size()).isLessThan(10);
    }

    @Test
    void clientsOperationsAndErrorsHaveABound() {
        MadeUpTraffic traffic = new MadeUpTraffic(ALL);
        for (int i = 0; i < 70_000; i++) {
            traffic.from("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1_000 + i % 60_000);
            traffic.auth("digest", "user" + i + ":secret")
                    .request("op" + i, "/a")
                    .reply("op" + i, i, -i);
        }
        StatsSnapshot snapshot = traffic.snapshot();
        assertThat(snapshot.clients.clients()).hasSizeLessThanOrEqualTo(Limits.CLIENTS);
        assertThat(snapshot.rows).hasSizeLessThanOrEqualTo(Limits.OPERATIONS);
        assertThat(snapshot.current.to().errors().size()).isLessThanOrEqualTo(Limits.ERRORS + Limits.OPERATIONS);
        assertThat(snapshot.current.to().users().size()).isLessThanOrEqualTo(Limits.KEYS + Limits.OTHER_KEYS);
        assertThat(value(KeysJson.paths(snapshot, Window.CURRENT), "total/reads"))
                .isEqualTo("140000");
        assertThat(MetricsText.of(snapshot, "1", 0).lines().count()).isLessThan(20_000);
    }

    @Test
    void aLongPathIsCut() {
        MadeUpTraffic traffic = new MadeUpTraffic(ALL).request("getData", "/" + "x".repeat(100_000), 0);
        assertThat(value(
                        KeysJson.paths(traffic.snapshot(), Window.CURRENT),
                        "GetDataRequest/" + "x".repeat(Limits.NAME_BYTES - 1)))
                .isEqualTo("1");
    }

    @Test
    void aMessageWhoseKeyIsKnownAllocatesNothing() {
        MadeUpTraffic traffic = new MadeUpTraffic(ALL);
        Message message = new Message();
        byte[] bytes = "\0\0\0\0\0\0\0\0\0\0\0\2/a\1".getBytes(StandardCharsets.ISO_8859_1);
        Connection[] clients = {MadeUpTraffic.client("10.0.0.1", 1), MadeUpTraffic.client("10.0.0.2", 1)};
        Runnable turn = () -> {
            for (int i = 0; i < 10_000; i++) {
                message.clear();
                message.micros = MadeUpTraffic.START;
                message.kind = (i & 2) == 0 ? Kind.REQUEST : Kind.REPLY;
                message.connection = clients[i & 1];
                message.op = "getData";
                message.bytes = bytes;
                message.to = bytes.length;
                message.bodyFrom = 8;
                message.pathFrom = 12;
                message.pathLength = 2;
                message.error = -101;
                message.latencyMicros = 500;
                traffic.aggregator().message(message);
            }
        };
        turn.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        turn.run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
