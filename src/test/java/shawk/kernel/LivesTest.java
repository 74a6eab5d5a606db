package shawk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kind of connection that the generator knows: seen once, with its owner, direction, bytes, reason and duration,
 * in the records of single connections and in the counts, with nothing lost.
 */
@Tag("slow")
final class LivesTest {
    /** Of 50 ms and more. */
    private static final int LATE_READS = 200;

    private static Witness witness;

    @BeforeAll
    static void load() throws Exception {
        // Others of this host have connections too: the ring is emptied often, so that nothing is dropped for their
        // sake.
        witness = new Witness("--every", "100", "--seconds", "300");
    }

    @AfterAll
    static void unload() throws Exception {
        witness.end();
    }

    @TestFactory
    Stream<DynamicTest> served() {
        return tests(Generator.CHURN, LivesTest::checkConnections);
    }

    @TestFactory
    Stream<DynamicTest> ended() {
        return tests(Generator.ENDINGS, LivesTest::checkConnections);
    }

    @TestFactory
    Stream<DynamicTest> failed() {
        return tests(Generator.ATTEMPTS, LivesTest::checkConnections);
    }

    @TestFactory
    Stream<DynamicTest> datagrams() {
        return tests(Generator.DATAGRAMS, LivesTest::checkDatagrams);
    }

    private interface Check {
        void of(List<String> truth, List<String> seen) throws IOException;
    }

    private static Stream<DynamicTest> tests(List<String> scenarios, Check check) {
        return scenarios.stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> {
                    witness.taken();
                    List<String> truth = Generator.run(scenario);
                    check.of(truth, taken());
                }));
    }

    /** Twice: what a process does at its very end may come just after the generator's own. */
    private static List<String> taken() throws IOException {
        witness.order("take");
        witness.order("run 1 50");
        return witness.order("print");
    }

    private static Comparison compare(List<End> ends, List<String> seen) {
        return Comparison.of(
                ends, Line.of(seen, "event").stream().map(End::ofWitness).toList());
    }

    private static void checkConnections(List<String> truth, List<String> read) throws IOException {
        List<End> ends = End.truth(truth);
        List<String> seen = new ArrayList<>(read);
        Comparison comparison = compare(ends, seen);
        // On a busy machine the last to close may come late.
        for (int i = 0; comparison.isMissing() && i < LATE_READS; i++) {
            seen.addAll(taken());
            comparison = compare(ends, seen);
        }
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.ends()).isPositive();
        assertThat(comparison.proven())
                .isEqualTo(ends.stream()
                        .filter(end -> end.proof().equals("proven"))
                        .count());
        assertThat(Counts.ofBundles(seen, ends)).isEqualTo(Counts.ofTruth(ends));
        for (String loss : List.of("lost", "untracked", "overflowed", "events_dropped")) {
            assertThat(Witness.meter(seen, loss)).as(loss).isZero();
        }
    }

    private static void checkDatagrams(List<String> truth, List<String> seen) {
        TreeMap<String, List<Long>> expected = flows(Line.of(truth, "end"));
        TreeMap<String, List<Long>> actual = flows(Line.of(seen, "flow"));
        TreeSet<String> places = new TreeSet<>();
        expected.keySet().forEach(key -> places.add(key.substring(0, key.indexOf(' '))));
        actual.keySet().removeIf(key -> !places.contains(key.substring(0, key.indexOf(' '))));
        assertThat(actual).isEqualTo(expected).isNotEmpty();
        assertThat(Witness.meter(seen, "flows_dropped")).isZero();
    }

    /** By namespace, process and both ends: bytes and packets, each way. */
    private static TreeMap<String, List<Long>> flows(List<Line> lines) {
        TreeMap<String, List<Long>> flows = new TreeMap<>();
        for (Line line : lines) {
            boolean known = line.number("rport") != 0;
            String key = line.text("netns") + " " + line.text("pid") + " " + line.text("name") + " "
                    + line.text("laddr") + ":" + line.text("lport") + " "
                    + (known ? line.text("raddr") + ":" + line.text("rport") : "-");
            List<Long> values = Stream.of("tx", "rx", "tx_packets", "rx_packets")
                    .map(line::number)
                    .toList();
            flows.merge(key, values, LivesTest::plus);
        }
        return flows;
    }

    private static List<Long> plus(List<Long> left, List<Long> right) {
        return Stream.iterate(0, i -> i + 1)
                .limit(left.size())
                .map(i -> left.get(i) + right.get(i))
                .toList();
    }
}
