package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.opened;
import static shawk.support.RawSampleBuilder.at;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Degradation;
import shawk.model.Names;
import shawk.model.Snapshot;
import shawk.support.Json;

/** What the options of {@code events} do, over three connections of two processes, one sample each. */
final class EventsCommandTest {
    /** Three samples, each of an opening and an end. */
    private static final class Feed implements EventFeed {
        private final Deque<Snapshot> batches = new ArrayDeque<>();
        private final long droppedEach;
        private long dropped;
        private boolean closed;

        Feed(long droppedEach, Degradation... degradations) {
            this.droppedEach = droppedEach;
            FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1);
            for (int i = 1; i <= 3; i++) {
                table.fold(at(i).process(5120 + i % 2, 1, i % 2 == 0 ? "curl" : "java")
                        .kernel(
                                opened(i - 0.5, "10.0.0.1:" + i, "10.0.0.2:443")
                                        .cookie(i)
                                        .by(5120 + i % 2),
                                closed(i - 0.25, "10.0.0.1:" + i, "10.0.0.2:443")
                                        .cookie(i)
                                        .by(5120 + i % 2))
                        .build());
                batches.add(table.events().withDegradations(List.of(degradations)));
            }
        }

        @Override
        public List<Snapshot> next() {
            dropped += droppedEach;
            return List.of(batches.remove());
        }

        @Override
        public boolean hasNext() {
            return !batches.isEmpty();
        }

        @Override
        public long dropped() {
            return dropped;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Run run(Feed feed, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        MadeUpSamples none = new MadeUpSamples(0);
        int status =
                new Main(out, errors, (view, environment, log) -> none, (view, environment, log) -> feed).run(args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), none);
    }

    private static void checkRefused(String expected, String... args) {
        Run run = run(new Feed(0), args);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("shawk: " + expected).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void allUnlessFewerAreAskedFor() {
        Feed feed = new Feed(0);
        Run run = run(feed, "events");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasLineCount(6).contains("java(5121)    10.0.0.1:1 -> 10.0.0.2:443  opened\n————————►");
        assertThat(feed.closed).isTrue();
        assertThat(run(new Feed(0), "events", "-c", "3").out()).hasLineCount(3);
        assertThat(run(new Feed(0), "events", "--unpaired").out()).doesNotContain("►");
    }

    @Test
    void onlyWhatMatches() {
        assertThat(run(new Feed(0), "events", "-f", "process = curl").out()).hasLineCount(2);
        String out = run(new Feed(0), "events", "-f", "process = java", "-c", "3", "--format", "ndjson")
                .out();
        assertThat(out.lines().map(Json::object)).hasSize(3).allMatch(each -> "java".equals(each.get("process")));
    }

    @Test
    void fieldsAreAddedToTheUsualOnes() {
        String chosen = run(new Feed(0), "events", "-c", "1", "--format", "ndjson", "-F", "pid,raddr")
                .out();
        assertThat(Json.object(chosen.strip()).keySet()).containsExactly("t", "event", "pid", "raddr");
        String more = run(new Feed(0), "events", "-c", "1", "--format", "csv", "-F", "+exe,-pid")
                .out();
        assertThat(more.lines().findFirst().orElseThrow())
                .startsWith("t,event,process,dir,")
                .endsWith(",exe");
        assertThat(run(new Feed(0), "events", "--format", "csv", "-F", "all").out())
                .hasLineCount(7);
    }

    @Test
    void whatNoEventHasIsRefused() {
        checkRefused("--fields: no event has conns; ", "events", "-F", "pid,conns");
        checkRefused("--filter: no event has state; ", "events", "-f", "state = ESTABLISHED");
        checkRefused("--unpaired is for text that pairs events", "events", "--unpaired", "--format", "json");
        checkRefused("--unpaired is for text that pairs events", "events", "--unpaired", "-F", "pid");
        checkRefused("--format 'table': there is no such value", "events", "--format", "table");
        checkRefused("shawk events does not take -i", "events", "-i", "1s");
    }

    @Test
    void whatWasDroppedIsSaidAtTheEndAndInItsPlace() {
        Run run = run(new Feed(5), "events", "--format", "json");
        assertThat(run.err())
                .isEqualTo("shawk: 15 events were dropped: they came faster than they were written; 6 were written\n");
        assertThat(Json.objects(run.out()))
                .hasSize(9)
                .filteredOn(each -> "dropped".equals(each.get("event")))
                .hasSize(3)
                .allMatch(each -> each.get("count").toString().equals("5"));
        assertThat(run(new Feed(1), "events").out()).hasLineCount(6);
    }

    @Test
    void addressesAreRedactedAndTheFilterAsksForRealOnes() {
        Run run = run(new Feed(0), "events", "--redact=key", "-f", "raddr = 10.0.0.2 and lport = 1");
        assertThat(run.status()).isZero();
        assertThat(run.out()).hasLineCount(2).doesNotContain("10.0.0.1", "10.0.0.2");
    }

    @Test
    void whatIsMissingIsSaidOnce() {
        Degradation missing = new Degradation("netns", "sockets of 2 network namespaces", "no right", "be root");
        assertThat(run(new Feed(0, missing), "events").err())
                .isEqualTo("shawk: sockets of 2 network namespaces: no right; be root\n");
    }
}
