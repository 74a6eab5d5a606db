package shawk.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.model.Direction;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Host;
import shawk.support.MadeUpFleet.Program;

/** Edges against what is known to be true. */
final class EdgeJoinTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final Window ALWAYS = new Window(0, NOW + 3_600_000_000L);

    private final MadeUpFleet fleet = new MadeUpFleet(NOW);
    private final Host a = fleet.host("a", "10.0.0.1");
    private final Host b = fleet.host("b", "10.0.0.2");

    private static Set<String> edges(MadeUpFleet fleet, boolean amounts) throws LookException {
        LookQuery query = new LookQuery(new Selector.Fleet(), null, Way.UP, 1, ALWAYS, 100_000, amounts);
        Set<String> edges = new TreeSet<>();
        for (Edge edge :
                Walk.queryGraph(query, new MadeUpObservations(fleet.batches())).edges()) {
            edges.add(name(edge.client()) + " " + name(edge.server()) + " " + edge.port() + " "
                    + edge.proof().id() + (edge.nat() ? " nat?" : ""));
        }
        return edges;
    }

    private static String name(End end) {
        String process = end.facts().known() ? end.facts().name().value() : String.valueOf(end.address());
        return end.host().isEmpty() ? process : end.host() + "/" + process;
    }

    private void check(String... expected) throws LookException {
        assertThat(edges(fleet, true)).containsExactlyInAnyOrder(expected);
        assertThat(edges(fleet, false)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void twoClientsAndTwoServersAreTwoEdges() throws LookException {
        Program c1 = fleet.process(a, "c1", 1);
        Program c2 = fleet.process(a, "c2", 2);
        Program s1 = fleet.process(b, "s1", 3);
        Program s2 = fleet.process(b, "s2", 4);
        fleet.connect(c1, "10.0.0.1", s1, "10.0.0.2", 80, 3);
        fleet.connect(c2, "10.0.0.1", s2, "10.0.0.2", 80, 3);
        check("a/c1 b/s1 80 both", "a/c2 b/s2 80 both");
    }

    @Test
    void workersOfOnePortEachHaveTheirClients() throws LookException {
        Program client = fleet.process(a, "client", 1);
        for (int i = 0; i < 4; i++) {
            fleet.connect(client, "10.0.0.1", fleet.process(b, "worker" + i, 10 + i), "10.0.0.2", 80, 2);
        }
        check(
                "a/client b/worker0 80 both",
                "a/client b/worker1 80 both",
                "a/client b/worker2 80 both",
                "a/client b/worker3 80 both");
    }

    @Test
    void whatBothKeptWholeAndHaveNotInCommonIsNoEdge() throws LookException {
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.see(client, Direction.OUT, "10.0.0.1", "10.0.0.2", 80, null, null, -1, List.of(1L));
        fleet.see(server, Direction.IN, "10.0.0.2", "10.0.0.1", 80, null, null, -1, List.of(2L));
        check("a/client b/10.0.0.2 80 client-only nat?", "a/10.0.0.1 b/server 80 server-only nat?");
    }

    @Test
    void whatWasNotKeptWholeIsAmbiguous() throws LookException {
        fleet.complete = false;
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.see(client, Direction.OUT, "10.0.0.1", "10.0.0.2", 80, null, null, -1, List.of(1L));
        fleet.see(server, Direction.IN, "10.0.0.2", "10.0.0.1", 80, null, null, -1, List.of(2L));
        check("a/client b/server 80 ambiguous");
    }

    @Test
    void aProvenEdgeLeavesNoRoomForAnAmbiguousOne() throws LookException {
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        Program other = fleet.process(a, "other", 3);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 3);
        fleet.complete = false;
        fleet.see(other, Direction.OUT, "10.0.0.1", "10.0.0.2", 80, null, null, -1, List.of(7L));
        check("a/client b/server 80 both", "a/other b/10.0.0.2 80 client-only nat?");
    }

    @Test
    void theTrueAddressLeadsThroughATranslation() throws LookException {
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.connectVia(client, "10.0.0.1", "10.9.9.9", 80, server, "10.0.0.2", 8080, true);
        check("a/client b/server 8080 both");
    }

    @Test
    void aTranslationThatNobodyCouldReadIsSaid() throws LookException {
        Host proxy = fleet.host("proxy", "10.9.9.9");
        fleet.process(proxy, "kernel", 9);
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.connectVia(client, "10.0.0.1", "10.9.9.9", 80, server, "10.0.0.2", 8080, false);
        check("a/client proxy/10.9.9.9 80 client-only nat?", "a/10.0.0.1 b/server 8080 server-only nat?");
    }

    @Test
    void equalPrivateAddressesOfTwoHostsStayApart() throws LookException {
        for (Host host : List.of(a, b)) {
            Program client = fleet.process(host, "client", 1);
            Program server = fleet.process(host, "server", 2);
            fleet.see(client, Direction.OUT, "172.17.0.2", "172.17.0.3", 80, null, null, -1, List.of(5L));
            fleet.see(server, Direction.IN, "172.17.0.3", "172.17.0.2", 80, null, null, -1, List.of(5L));
        }
        check("a/client a/server 80 both", "b/client b/server 80 both");
    }

    @Test
    void loopbackLeadsToNoOtherHost() throws LookException {
        fleet.complete = false;
        fleet.connect(fleet.process(a, "client", 1), "127.0.0.1", null, "127.0.0.1", 80, 1);
        fleet.connect(null, "127.0.0.1", fleet.process(b, "server", 2), "127.0.0.1", 80, 1);
        check("a/client a/127.0.0.1 80 client-only", "b/127.0.0.1 b/server 80 server-only");
    }

    @Test
    void aSideThatDoesNotKnowTheDirectionLearnsItByACommonConnection() throws LookException {
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.see(client, Direction.UNKNOWN, "10.0.0.1", "10.0.0.2", -1, null, null, -1, List.of(5L));
        fleet.see(server, Direction.IN, "10.0.0.2", "10.0.0.1", 80, null, null, -1, List.of(5L));
        check("a/client b/server 80 both");
    }

    @Test
    void theOrderOfReportsIsAllTheSame() throws LookException {
        Program client = fleet.process(a, "client", 1);
        Program server = fleet.process(b, "server", 2);
        fleet.connect(null, "10.0.0.1", server, "10.0.0.2", 80, 1);
        fleet.connect(client, "10.0.0.1", server, "10.0.0.2", 80, 1);
        check("a/client b/server 80 both");
    }

    /** Several processes a host, several addresses, ports that many serve, and addresses that all hosts have. */
    private static Set<String> random(MadeUpFleet fleet, long seed, boolean whole) {
        Random random = new Random(seed);
        List<Program> programs = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        int hosts = 2 + random.nextInt(4);
        for (int h = 0; h < hosts; h++) {
            Host host = fleet.host("h" + h, "10.0.0." + h);
            for (int p = 0; p < 3; p++) {
                programs.add(fleet.process(host, "p" + p, 1 + p));
                addresses.add("10.0.0." + h);
            }
        }
        Set<String> truth = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            int from = random.nextInt(programs.size());
            int to = random.nextInt(programs.size());
            boolean near = from / 3 == to / 3;
            String own = near && random.nextBoolean() ? "172.17.0.2" : addresses.get(from);
            String far = own.startsWith("172") ? "172.17.0.3" : addresses.get(to);
            int port = 80 + random.nextInt(2);
            int count = 1 + random.nextInt(whole ? 2 : 30);
            boolean fromSees = whole || random.nextInt(5) > 0;
            boolean toSees = whole || random.nextInt(5) > 0;
            fleet.complete = whole || random.nextBoolean();
            fleet.connect(
                    fromSees ? programs.get(from) : null, own, toSees ? programs.get(to) : null, far, port, count);
            truth.add("h" + from / 3 + "/p" + from % 3 + " h" + to / 3 + "/p" + to % 3 + " " + port);
        }
        return truth;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noProvenEdgeIsFalse(boolean whole) throws LookException {
        for (long seed = 0; seed < 300; seed++) {
            MadeUpFleet made = new MadeUpFleet(NOW);
            Set<String> truth = random(made, seed, whole);
            Set<String> proven = new HashSet<>();
            for (String edge : edges(made, true)) {
                if (edge.endsWith(" both")) {
                    proven.add(edge.substring(0, edge.length() - " both".length()));
                }
            }
            assertThat(truth).as("seed " + seed).containsAll(proven);
            if (whole) {
                assertThat(proven).as("seed " + seed).isEqualTo(truth);
            }
        }
    }
}
