package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.look.Amounts;
import shawk.look.Edge;
import shawk.look.End;
import shawk.look.LookException;
import shawk.look.LookQuery;
import shawk.look.MadeUpObservations;
import shawk.look.Observations;
import shawk.look.Selector;
import shawk.look.Walk;
import shawk.look.Way;
import shawk.look.Window;
import shawk.store.Batch;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.StoreException;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Program;
import shawk.support.MadeUpTangle;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** The same question has the same answer, from wherever it comes. */
final class LookAnswersTest {
    private static final long MINUTE = 60_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static long now() {
        return System.currentTimeMillis() / 60_000 * MINUTE;
    }

    private record Agent(Store store, Lease lease) {}

    private static List<Agent> store(Cmdb cmdb, MadeUpFleet fleet) throws StoreException {
        List<Agent> agents = new ArrayList<>();
        for (Batch batch : fleet.batches()) {
            Store store = cmdb.open().store();
            Lease lease = store.register(batch.host(), new UUID(0, 1 + agents.size()));
            assertThat(store.write(lease, 1, batch).rejected()).isZero();
            agents.add(new Agent(store, lease));
        }
        return agents;
    }

    private static String name(End end) {
        return end.facts().name() + "@" + end.address();
    }

    private static Set<String> edges(Observations store, Selector selector, Way way, Window window, boolean amounts)
            throws LookException {
        Set<String> edges = new TreeSet<>();
        LookQuery query = new LookQuery(selector, null, way, 2, window, 100_000, amounts);
        for (Edge edge : Walk.queryGraph(query, store).edges()) {
            Amounts counted = edge.amounts();
            edges.add(String.join(
                    " ",
                    name(edge.client()),
                    name(edge.server()),
                    edge.port() + " " + edge.proof().id() + " " + edge.nat() + " " + edge.approximate(),
                    counted.opened() + " " + counted.closed() + " " + counted.peak() + " " + counted.minutes(),
                    counted.txBytes() + " " + counted.rxBytes()));
        }
        return edges;
    }

    @ParameterizedTest
    @EnumSource
    void aServerAnswersAsMemoryDoes(Version version) throws Exception {
        for (long seed = 0; seed < 2; seed++) {
            try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
                MadeUpTangle tangle = new MadeUpTangle(now() - 30 * MINUTE, seed);
                store(cmdb, tangle.fleet);
                Observations server = cmdb.open().observations();
                Observations memory = new MadeUpObservations(tangle.fleet.batches());
                List<Selector> selectors = new ArrayList<>(List.of(new Selector.Port(80), new Selector.Host("h1")));
                tangle.processes.forEach(each -> selectors.add(new Selector.Program(each)));
                tangle.addresses.forEach(each ->
                        selectors.add(new Selector.Addresses(MadeUpFleet.address(each), MadeUpFleet.address(each))));
                Window always = new Window(0, now() + DAY);
                for (Selector selector : selectors) {
                    for (Way way : Way.values()) {
                        boolean amounts = way != Way.DOWN;
                        assertThat(edges(server, selector, way, always, amounts))
                                .as("seed " + seed + " " + way + " " + selector)
                                .isEqualTo(edges(memory, selector, way, always, amounts));
                    }
                }
            }
        }
    }

    /** Chunks alone; then what they add up to; then that alone, first by hours, then by days. */
    @ParameterizedTest
    @EnumSource
    void hoursAndDaysAnswerAsTheirChunksDo(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            long now = now();
            MadeUpFleet fleet = fleet(now);
            List<Agent> agents = store(cmdb, fleet);
            Observations server = cmdb.open().observations();
            long midnight = now / DAY * DAY;
            List<Window> windows = List.of(
                    new Window(0, now + DAY),
                    new Window(midnight - 3 * DAY, midnight - DAY),
                    new Window(midnight - 2 * DAY + 5 * HOUR, midnight - HOUR),
                    new Window(midnight - 3 * DAY + 7 * HOUR, now + 1));
            List<Set<String>> chunks = answers(server, windows);
            assertThat(chunks.get(0)).hasSize(7);

            for (Agent agent : agents) {
                agent.store.maintain(agent.lease);
            }
            assertThat(answers(server, windows)).isEqualTo(chunks);

            drop(cmdb, "flow_chunk", "retain", midnight);
            assertThat(answers(server, windows)).isEqualTo(chunks);

            drop(cmdb, "flow_hour", "retain_hours", midnight - DAY);
            assertThat(answers(server, windows.subList(0, 2))).isEqualTo(chunks.subList(0, 2));
        }
    }

    /** What is before {@code micros} is kept no longer. */
    private static void drop(Cmdb cmdb, String table, String setting, long micros) throws SQLException {
        String before = "to_timestamp(" + micros / 1_000_000 + ")";
        cmdb.execute("update shawk.setting set value = (now() - " + before + ")::text where name = '" + setting + "'");
        cmdb.execute("delete from shawk." + table + " where at < " + before);
    }

    private static List<Set<String>> answers(Observations store, List<Window> windows) throws LookException {
        List<Set<String>> answers = new ArrayList<>();
        for (Window window : windows) {
            answers.add(edges(store, new Selector.Fleet(), Way.UP, window, true));
        }
        return answers;
    }

    /** Clients and servers who meet at all times of some days; evidence whole and not, one side or both. */
    private static MadeUpFleet fleet(long now) {
        MadeUpFleet fleet = new MadeUpFleet(now);
        MadeUpFleet.Host left = fleet.host("left", "10.0.0.1");
        MadeUpFleet.Host right = fleet.host("right", "10.0.0.2");
        List<Program> clients = new ArrayList<>();
        List<Program> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(fleet.process(left, "client" + i, 10 + i));
            servers.add(fleet.process(right, "server" + i, 20 + i));
        }
        long midnight = now / DAY * DAY;
        for (long at = midnight - 4 * DAY + 50 * MINUTE; at < now; at += 4 * HOUR + 10 * MINUTE) {
            fleet.atMicros = at;
            int turn = (int) (at / HOUR % 3);
            fleet.connect(clients.get(turn), "10.0.0.1", servers.get(turn), "10.0.0.2", 80, 1 + turn);
            fleet.connect(clients.get(0), "10.0.0.1", servers.get(1), "10.0.0.2", 81, 2);
            fleet.connect(clients.get(1), "10.0.0.1", null, "10.0.0.2", 82, 3);
            fleet.connect(null, "10.0.0.1", servers.get(2), "10.0.0.2", 83, 1);
            fleet.complete = false;
            fleet.connect(clients.get(2), "10.0.0.1", null, "10.0.0.2", 84, 1);
            fleet.connect(null, "10.0.0.1", servers.get(2), "10.0.0.2", 84, 1);
            fleet.complete = true;
        }
        fleet.atMicros = now;
        return fleet;
    }
}
