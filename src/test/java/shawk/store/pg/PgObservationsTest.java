package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.look.Edge;
import shawk.look.Graph;
import shawk.look.LookQuery;
import shawk.look.Observations;
import shawk.look.Selector;
import shawk.look.TreeForm;
import shawk.look.Walk;
import shawk.look.Way;
import shawk.look.Window;
import shawk.model.Address;
import shawk.store.Batch;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Host;
import shawk.support.MadeUpFleet.Program;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** What look asks, of real servers. */
final class PgObservationsTest {
    private static final long MINUTE = 60_000_000L;

    private static long now(Cmdb cmdb) throws Exception {
        return Long.parseLong(cmdb.ask("select extract(epoch from date_trunc('minute', now()))::bigint")) * 1_000_000;
    }

    private static void store(Cmdb cmdb, MadeUpFleet fleet) throws Exception {
        int number = 1;
        for (Batch batch : fleet.batches()) {
            Store store = cmdb.open().store();
            Lease lease = store.register(batch.host(), new UUID(0, number++));
            assertThat(store.write(lease, 1, batch).rejected()).isZero();
        }
    }

    private static Graph look(Cmdb cmdb, Selector selector, Way way, int depth, Window window) throws Exception {
        Observations observations = cmdb.open().observations();
        return Walk.queryGraph(new LookQuery(selector, null, way, depth, window, 1000, true), observations);
    }

    private static String tree(Graph graph) {
        StringBuilder out = new StringBuilder();
        TreeForm.append(out, graph, false);
        return out.toString();
    }

    private static Selector at(String address) {
        return new Selector.Addresses(MadeUpFleet.address(address), MadeUpFleet.address(address));
    }

    @ParameterizedTest
    @EnumSource
    void everySelectorFindsItsOwn(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            long now = now(cmdb);
            MadeUpFleet fleet = new MadeUpFleet(now);
            Host web = fleet.host("web.example.com", "10.0.0.10", "fd00::10");
            Host app = fleet.host("app", "10.0.0.12");
            Program nginx = fleet.process(web, "nginx", 4656, "nginx.service", "");
            Program python = fleet.process(app, "python'; drop table shawk.flow; --", 6111, "", "web-1");
            fleet.listens(nginx, "0.0.0.0", 80);
            fleet.connect(nginx, "10.0.0.10", python, "10.0.0.12", 8080, 20);
            fleet.connect(python, "10.0.0.12", nginx, "10.0.0.10", 80, 2);
            fleet.connect(nginx, "127.0.0.1", nginx, "127.0.0.1", 9000, 1);
            fleet.connect(nginx, "fd00::10", null, "2001:db8::5", 443, 1);
            store(cmdb, fleet);
            Window always = new Window(0, now + MINUTE);
            String served = """
                    10.0.0.10:80 ('nginx', pgid=4656)
                    └<-- 10.0.0.12:many ('python\\'; drop table shawk.flow; --', pgid=6111)
                    """;
            String called = """
                    10.0.0.12:8080 ('python\\'; drop table shawk.flow; --', pgid=6111)
                    └<-- 10.0.0.10:many ('nginx', pgid=4656)
                    """;
            assertThat(tree(look(cmdb, at("10.0.0.10"), Way.UP, 1, always))).isEqualTo(served);
            assertThat(tree(look(cmdb, new Selector.Port(80), Way.BOTH, 1, always)))
                    .isEqualTo(served);
            for (Selector selector : List.of(
                    new Selector.Program("python'; drop table shawk.flow; --"),
                    new Selector.Program("/usr/bin/python'; drop table shawk.flow; --"),
                    new Selector.Container("web-1"),
                    new Selector.Host("app"),
                    new Selector.Host("APP"),
                    at("10.0.0.12"))) {
                assertThat(tree(look(cmdb, selector, Way.UP, 1, always))).isEqualTo(called);
            }
            for (Selector selector : List.of(
                    new Selector.Program("nginx"), new Selector.Unit("nginx.service"), new Selector.Host("web"))) {
                assertThat(tree(look(cmdb, selector, Way.BOTH, 1, always))).contains("[2001:db8::5]:443");
            }
            assertThat(tree(look(cmdb, at("127.0.0.1"), Way.UP, 1, always))).isEqualTo("""
                    127.0.0.1:9000 ('nginx', pgid=4656)
                    └<-- 127.0.0.1:many ('nginx', pgid=4656) (cycle)
                    """);
            assertThat(look(cmdb, new Selector.Fleet(), Way.BOTH, 1, always).found())
                    .hasSize(4);
            assertThat(look(cmdb, at("10.9.9.9"), Way.BOTH, 1, always).found()).isEmpty();
            Edge edge = look(cmdb, new Selector.Container("web-1"), Way.UP, 1, always)
                    .found()
                    .get(0)
                    .edge();
            assertThat(edge.proof().id()).isEqualTo("both");
            assertThat(edge.amounts().opened()).isEqualTo(20);
            assertThat(edge.amounts().txBytes()).isEqualTo(20_000);
            assertThat(edge.approximate()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressIsAHostsForAsLongAsItSaysSo(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            long now = now(cmdb);
            Store store = cmdb.open().store();
            HostIdentity host = MadeUp.host(1);
            Lease lease = store.register(host, new UUID(0, 1));
            store.write(lease, 1, MadeUp.of(host, now - 600 * MINUTE, 0, 1, 1, false));
            store.write(lease, 2, MadeUp.empty(host, now));
            Address address = MadeUpFleet.address("10.0.0.1");
            Observations observations = cmdb.open().observations();
            List<Boolean> held = new ArrayList<>();
            for (int[] ago : new int[][] {{700, 610}, {610, 590}, {500, 490}, {460, 0}, {60, 0}}) {
                Window window = new Window(now - ago[0] * MINUTE, now - ago[1] * MINUTE);
                held.add(!observations.queryHolders(Set.of(address), window).isEmpty());
            }
            assertThat(held).containsExactly(false, true, true, false, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWindowIsByMinutesWhateverCameLater(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            long now = now(cmdb);
            MadeUpFleet fleet = new MadeUpFleet(now - 180 * MINUTE);
            Program client = fleet.process(fleet.host("a", "10.0.0.1"), "client", 1);
            Program server = fleet.process(fleet.host("b", "10.0.0.2"), "server", 2);
            fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 5);
            fleet.atMicros = now;
            fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 7);
            store(cmdb, fleet);
            List<Long> opened = new ArrayList<>();
            for (long[] ago : new long[][] {{999, 0}, {181, 179}, {180, 179}, {179, 1}, {1, -1}}) {
                Graph graph = look(
                        cmdb,
                        at("10.0.0.1"),
                        Way.DOWN,
                        1,
                        new Window(now - ago[0] * MINUTE, now - ago[1] * MINUTE + 1));
                opened.add(
                        graph.found().isEmpty()
                                ? 0
                                : graph.found().get(0).edge().amounts().opened());
            }
            assertThat(opened).containsExactly(12L, 5L, 5L, 0L, 7L);
        }
    }
}
