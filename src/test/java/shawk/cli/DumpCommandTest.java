package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;
import shawk.model.Snapshot;
import shawk.support.Json;

/** What the options of the dump do, over four made-up connections of two processes. */
class DumpCommandTest {
    private static final Degradation OWNERS =
            new Degradation("owners", "owners of other users' sockets", "no CAP_SYS_PTRACE", "run as root");

    private static List<Map<String, Object>> rows(String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out().lines().map(Json::object).toList();
    }

    @Test
    void oneSampleUnlessMoreAreAskedFor() {
        Run run = Run.of("dump", "--format", "ndjson");
        assertThat(run.samples().taken()).isEqualTo(1);
        assertThat(run.samples().closed()).isTrue();
        List<Map<String, Object>> three = rows("dump", "--format", "ndjson", "-c", "3", "-i", "50ms", "-l", "1");
        assertThat(three)
                .extracting(row -> row.get("sample").toString())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(three).extracting(row -> row.get("t").toString()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void ratesNeedASampleBefore() {
        Run run = Run.of("dump", "--rates", "-i", "50ms", "--format", "json");
        assertThat(run.samples().taken()).isEqualTo(2);
        List<Map<String, Object>> samples = Json.objects(run.out());
        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).get("sample")).isEqualTo(new Json.Number("1"));
        assertThat(samples.get(0).get("t")).as("the second moment").isEqualTo(new Json.Number("1700000004.000000"));
    }

    @Test
    void aTableOfOneSampleHasNoColumnsForRates() {
        assertThat(Run.of("dump").out().lines().findFirst().orElseThrow())
                .contains("CONNS")
                .doesNotContain("/S");
        assertThat(Run.of("dump", "-c", "2", "-i", "50ms").out()).contains("NEW/S", "TX/S");
        assertThat(Run.of("dump", "-F", "tx_rate").out()).contains("TX/S");
        assertThat(rows("dump", "--format", "ndjson").get(0)).containsKey("tx_rate");
    }

    @Test
    void whatAllAddsIsCounted() {
        assertThat(Run.of("dump", "-a").out()).contains("TIMEWT", "LISTEN");
        assertThat(Run.of("dump").out()).doesNotContain("TIMEWT", "LISTEN");
        assertThat(rows("dump", "-a", "--format", "ndjson").get(0)).containsKeys("time_wait", "listeners");
        assertThat(rows("dump", "-a", "-g", "none", "--format", "ndjson").get(0))
                .doesNotContainKeys("time_wait", "listeners");
    }

    @Test
    void fieldsGroupingSortAndFilter() {
        List<Map<String, Object>> rows =
                rows("dump", "--format", "ndjson", "-g", "none", "-F", "process,raddr", "-s", "raddr:desc");
        assertThat(rows)
                .extracting(row -> row.get("raddr"))
                .containsExactly("192.0.2.4", "192.0.2.3", "192.0.2.2", "192.0.2.1");
        assertThat(rows.get(0).keySet()).containsExactly("t", "sample", "process", "raddr");
        rows = rows(
                "dump",
                "--format",
                "ndjson",
                "-g",
                "process",
                "-F",
                "conns",
                "-f",
                "raddr in (192.0.2.1, 192.0.2.2, 192.0.2.3) or comm = x",
                "-s",
                "process");
        assertThat(rows).extracting(row -> row.get("conns").toString()).containsExactly("1", "2");
        rows = rows("dump", "--format", "ndjson", "-F", "+rttvar,-verdict");
        assertThat(rows.get(0).keySet()).contains("rttvar", "conns").doesNotContain("verdict");
        rows = rows("dump", "--format", "ndjson", "-F", "all", "-g", "none");
        assertThat(rows.get(0).keySet()).contains("holders", "timer", "mem");
    }

    @Test
    void whatIsMissingIsSaidOnceOnStandardErrorAndInJson() {
        MadeUpSamples samples = new MadeUpSamples(1, OWNERS);
        Run run = Run.over(samples, "dump", "--format", "json", "-c", "3", "-i", "50ms");
        assertThat(run.err()).isEqualTo("shawk: owners of other users' sockets: no CAP_SYS_PTRACE; run as root\n");
        assertThat(Json.objects(run.out()))
                .hasSize(3)
                .allMatch(sample -> ((List<?>) sample.get("degraded")).size() == 1);
    }

    @Test
    void aNumberThatChangesIsNoNews() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        notices.degradations(List.of(new Degradation("owners", "sockets of 1 of 70 processes", "no", "be root")));
        notices.degradations(List.of(new Degradation("owners", "sockets of 2 of 71 processes", "no", "be root")));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("shawk: sockets of 1 of 70 processes: no; be root\n");
    }

    @Test
    void theScheduleLeavesOutWhatItMissed() {
        assertThat(DumpRun.next(1000, 100, 1000)).isEqualTo(1100);
        assertThat(DumpRun.next(1000, 100, 1099)).isEqualTo(1100);
        assertThat(DumpRun.next(1000, 100, 1100)).isEqualTo(1200);
        assertThat(DumpRun.next(1000, 100, 1450)).isEqualTo(1500);
        assertThat(DumpRun.next(1000, 100, 900)).as("woken early").isEqualTo(1100);
    }

    @Test
    void colourOnlyWhereItIsWanted() {
        assertThat(Run.of("dump").out()).doesNotContain("\u001b").startsWith("PROCESS");
        assertThat(Run.of("dump", "--color", "always").out()).startsWith("\u001b[1mPROCESS");
        assertThat(Run.of("dump", "--color=never").out()).startsWith("PROCESS");
        assertThat(Run.of("dump", "--no-header").out())
                .doesNotContain("PROCESS")
                .hasLineCount(4);
    }

    @Test
    void aTableOfSeveralSamplesSaysWhen() {
        String out = Run.of("dump", "-c", "2", "-i", "50ms", "-l1").out();
        assertThat(out.lines().filter(line -> line.startsWith("2023-11-14T22:13:2")))
                .hasSize(2);
    }

    /** Samples that know who is at other ends. */
    private static final class Asking implements Samples {
        private long waited;

        @Override
        public Snapshot next() {
            return Snapshot.EMPTY;
        }

        @Override
        public boolean asksPeers() {
            return true;
        }

        @Override
        public void awaitPeers(long nanos) {
            waited = nanos;
        }

        @Override
        public void close() {}
    }

    @Test
    void whoIsAtOtherEndsIsAskedThoughSamplesAreStoredAndNotWhereNamesAreHidden() {
        Asking real = new Asking();
        try (HandFlush flush = new HandFlush(new Environment(Map.of()), () -> Snapshot.EMPTY)) {
            Samples stored = new StoredSamples(real, flush, 1);
            assertThat(stored.asksPeers()).isTrue();
            stored.awaitPeers(7);
            assertThat(real.waited).isEqualTo(7);
        }
        assertThat(new RedactedSamples(real, new Redactor(new Pseudonyms("key"), null)).asksPeers())
                .isFalse();
    }
}
