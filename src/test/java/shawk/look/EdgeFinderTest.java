package shawk.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpTangle;

/** What is asked for around flows is all that their edges depend on. */
final class EdgeFinderTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final Window ALWAYS = new Window(0, NOW + 3_600_000_000L);
    private static final int SEEDS = 40;

    private static Graph look(MadeUpTangle tangle, Selector selector, Way way, boolean amounts) throws LookException {
        LookQuery query = new LookQuery(selector, null, way, 1, ALWAYS, 100_000, amounts);
        return Walk.queryGraph(query, new MadeUpObservations(tangle.fleet.batches()));
    }

    private static String name(End end) {
        return end.facts().name() + "@" + end.address();
    }

    private static String name(Edge edge) {
        return name(edge.client()) + " " + name(edge.server()) + ":" + edge.port();
    }

    private static String all(Edge edge) {
        return name(edge) + " " + edge.proof().id() + " " + edge.nat() + " " + edge.approximate() + " "
                + edge.amounts();
    }

    private static Set<String> edges(Graph graph, Predicate<Edge> wanted) {
        Set<String> edges = new TreeSet<>();
        graph.edges().stream().filter(wanted).forEach(edge -> edges.add(all(edge)));
        return edges;
    }

    private static Set<String> names(Graph graph, Predicate<Edge> wanted) {
        Set<String> edges = new TreeSet<>();
        graph.edges().stream().filter(wanted).forEach(edge -> edges.add(name(edge)));
        return edges;
    }

    private static Set<String> found(Graph graph, Way way) {
        Set<String> edges = new TreeSet<>();
        graph.found().stream()
                .filter(each -> each.up() == way.up())
                .forEach(each -> edges.add(all(each.edge()) + " " + each.up()));
        return edges;
    }

    private static boolean isOf(End end, String process) {
        return end.facts().name().value().equals(process);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessHasTheEdgesThatItHasWhenAllFlowsAreThere(boolean amounts) throws LookException {
        for (long seed = 0; seed < SEEDS; seed++) {
            MadeUpTangle tangle = new MadeUpTangle(NOW, seed);
            Graph all = look(tangle, new Selector.Fleet(), Way.UP, amounts);
            for (String process : tangle.processes) {
                Selector selector = new Selector.Program(process);
                assertThat(edges(look(tangle, selector, Way.BOTH, amounts), edge -> true))
                        .as("seed " + seed + " " + process)
                        .isEqualTo(edges(all, edge -> isOf(edge.client(), process) || isOf(edge.server(), process)));
                assertThat(edges(look(tangle, selector, Way.UP, amounts), edge -> true))
                        .as("seed " + seed + " up " + process)
                        .isEqualTo(edges(all, edge -> isOf(edge.server(), process)));
                assertThat(edges(look(tangle, selector, Way.DOWN, amounts), edge -> true))
                        .as("seed " + seed + " down " + process)
                        .isEqualTo(edges(all, edge -> isOf(edge.client(), process)));
            }
        }
    }

    /** Of edges that other addresses are part of, too, an address has its own part. */
    @Test
    void anAddressHasTheEdgesThatItHasWhenAllFlowsAreThere() throws LookException {
        for (long seed = 0; seed < SEEDS; seed++) {
            MadeUpTangle tangle = new MadeUpTangle(NOW, seed);
            Graph all = look(tangle, new Selector.Fleet(), Way.UP, true);
            for (String text : tangle.addresses) {
                Selector.Addresses at = new Selector.Addresses(MadeUpFleet.address(text), MadeUpFleet.address(text));
                Graph both = look(tangle, at, Way.BOTH, true);
                Set<String> names = names(both, edge -> true);
                assertThat(names(all, edge -> true))
                        .as("seed " + seed + " " + text)
                        .containsAll(names);
                assertThat(names)
                        .as("seed " + seed + " " + text)
                        .containsAll(names(
                                all,
                                edge -> at.contains(edge.client().address())
                                        || at.contains(edge.server().address())));
                for (Way way : List.of(Way.UP, Way.DOWN)) {
                    assertThat(found(look(tangle, at, way, true), way))
                            .as("seed " + seed + " " + way + " " + text)
                            .isEqualTo(found(both, way));
                }
            }
        }
    }
}
