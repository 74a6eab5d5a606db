package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import shawk.support.Golden;
import shawk.support.Json;

/** What programs in the kernel saw once, played without them. */
final class RecordedEventsTest {
    private static final String SOURCE = "replay:src/test/resources/replay/ebpf.shawk";

    private static List<Map<String, Object>> objects(String... args) {
        Run run = Run.playing(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out().lines().map(Json::object).toList();
    }

    @Test
    void eachFormHasThemAll() {
        for (String format : List.of("json", "ndjson", "csv")) {
            Run run = Run.playing("events", "--source", SOURCE, "--format", format);
            assertThat(run.err()).isEmpty();
            Golden.check("events/ebpf." + format, run.out());
        }
        String text = Run.playing("events", "--source", SOURCE, "--unpaired").out();
        Golden.check("events/ebpf.txt", text.replaceAll("(?m)^..:..:", "00:00:"));
    }

    @Test
    void eachConnectionOpensAndClosesOnce() {
        Map<Object, Integer> balance = new HashMap<>();
        for (Map<String, Object> each : objects("events", "--source", SOURCE, "--format", "ndjson")) {
            int change =
                    each.get("event").equals("opened") ? 1 : each.get("event").equals("closed") ? -1 : 0;
            int now = balance.merge(each.get("cookie"), change, Integer::sum);
            assertThat(now)
                    .as("never closed before it opened, never opened twice")
                    .isBetween(0, 1);
            assertThat(each.get("owner_proof")).isEqualTo("proven");
        }
        assertThat(balance.values()).containsOnly(0);
    }

    /** Two commands, one truth. Groups without anything new are not in every sample. */
    @Test
    void countsOfTheDumpAreThoseOfTheEvents() {
        Map<String, List<Integer>> counted = new TreeMap<>();
        for (Map<String, Object> each : objects("events", "--source", SOURCE, "--format", "ndjson")) {
            List<Integer> counts = counted.computeIfAbsent(
                    each.get("process") + " " + each.get("dir"), key -> new ArrayList<>(List.of(0, 0, 0)));
            int at = List.of("opened", "closed", "failed").indexOf((String) each.get("event"));
            counts.set(at, counts.get(at) + 1);
        }
        Map<String, List<Integer>> dumped = new TreeMap<>();
        for (Map<String, Object> row : objects(
                "dump", "--source", SOURCE, "--format", "ndjson", "-g", "process,dir", "-F", "opened,closed,failed")) {
            Map<?, ?> group = (Map<?, ?>) row.get("group");
            List<Integer> counts = new ArrayList<>();
            for (String field : List.of("opened", "closed", "failed")) {
                counts.add(Integer.valueOf(row.get(field).toString()));
            }
            dumped.put(group.get("process") + " " + group.get("dir"), counts);
        }
        assertThat(dumped).isEqualTo(counted);
    }

    private static double number(Map<String, Object> row, String field) {
        return Double.parseDouble(String.valueOf(row.get(field)));
    }

    /** A table every so often has all that happened since the one before. */
    @Test
    void samplesThatAreLeftOutCount() {
        List<Map<String, Object>> rows = objects(
                "dump",
                "--source",
                SOURCE,
                "-i",
                "2s",
                "-c",
                "0",
                "--format",
                "ndjson",
                "-g",
                "proto",
                "-F",
                "opened,closed,failed,tx_bytes,open_rate,close_rate,fail_rate,tx_rate");
        assertThat(rows).hasSize(1);
        Map<String, Object> row = rows.get(0);
        assertThat(number(row, "sample")).isEqualTo(2);
        assertThat(List.of(number(row, "opened"), number(row, "closed"), number(row, "failed")))
                .containsExactly(12.0, 12.0, 1.0);
        assertThat(number(row, "tx_bytes")).isEqualTo(6028);
        double seconds = 1 / number(row, "fail_rate");
        assertThat(seconds).isBetween(2.2, 2.4);
        assertThat(Math.round(seconds * number(row, "open_rate"))).isEqualTo(12);
        assertThat(Math.round(seconds * number(row, "close_rate"))).isEqualTo(12);
        assertThat(seconds * number(row, "tx_rate")).isBetween(5990.0, 6060.0);
    }

    @Test
    void aRecordingOfPollingGivesWhatItsSamplesDifferIn() {
        Run run =
                Run.playing("events", "--source", "replay:src/test/resources/replay/load.shawk", "--format", "ndjson");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("connections that lived between two samples of the recording");
        assertThat(run.out().lines().map(Json::object))
                .isNotEmpty()
                .allMatch(each -> each.get("duration") == null && each.get("close_reason") == null);
    }

    @Test
    void aRecordingHasNoBudget() {
        Run run = Run.playing("events", "--source", SOURCE, "--budget", "5");
        assertThat(run.status()).isEqualTo(2);
    }
}
