package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shawk.support.Recut;
import shawk.support.Segment;

/**
 * Captures that are cut otherwise, begin later, or lack segments: nothing is told that was not said, and no reply is
 * taken for the answer to another request.
 */
final class DamagedCaptureTest {
    private static final int MOST_FIRST = 160;

    static Stream<String> captures() {
        return Recut.names().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void howTheStreamIsCutDoesNotMatter(String name) {
        List<Segment> segments = Recut.read(name);
        List<String> expected = untimed(Told.of(segments).lines);
        for (int seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            int most = seed == 1 ? 3 : 40 * seed;
            Told told = Told.of(Recut.duplicate(Recut.cut(segments, random, most), random, 5, 4));
            assertThat(sorted(untimed(told.lines))).as("seed %d", seed).isEqualTo(sorted(expected));
            assertThat(told.notes).isEmpty();
            assertThat(told.balances()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aCaptureThatBeginsLater(String name) {
        List<Segment> segments = sentOnce(name);
        Told whole = Told.of(segments);
        int step = Math.max(1, segments.size() / MOST_FIRST);
        for (int first = 1; first < segments.size(); first += step) {
            Told late = Told.of(Recut.from(segments, first), segments.get(0).micros());
            isPart(late, whole, "from " + first);
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void segmentsAreMissing(String name) {
        List<Segment> segments = sentOnce(name);
        Told whole = Told.of(segments);
        for (int seed = 1; seed <= 30; seed++) {
            List<Segment> left = Recut.drop(segments, new Random(seed), seed % 3 == 0 ? 40 : seed % 3 == 1 ? 10 : 4);
            isPart(Told.of(left, segments.get(0).micros()), whole, "seed " + seed);
        }
    }

    @Test
    void itFindsItsWayBackSoon() {
        List<Segment> segments = Recut.read("java-pipeline");
        int whole = Told.of(segments).lines.size();
        int found = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Told told = Told.of(Recut.drop(segments, new Random(seed), 50));
            found += told.lines.size();
            assertThat(told.notes).noneMatch(note -> note.contains("undecodable"));
        }
        assertThat(found).isGreaterThan(whole * 10 * 85 / 100);
    }

    @Test
    void aCaptureInTheMiddleLosesLittle() {
        List<Segment> segments = Recut.read("java-pipeline");
        Told whole = Told.of(segments);
        for (int first = 100; first < 600; first += 25) {
            long from = segments.get(first).micros() - segments.get(0).micros();
            long expected =
                    whole.lines.stream().filter(line -> micros(line) >= from).count();
            Told late = Told.of(Recut.from(segments, first), segments.get(0).micros());
            assertThat(late.lines).as("from %d", first).hasSizeGreaterThan((int) expected - 60);
        }
    }

    /** What is sent twice comes at another time where the first one is missing. */
    private static List<Segment> sentOnce(String name) {
        List<Segment> once = new ArrayList<>();
        for (Segment segment : Recut.read(name)) {
            boolean again = segment.data().length > 0
                    && once.stream()
                            .anyMatch(before -> before.isLike(segment)
                                    && before.sequence() == segment.sequence()
                                    && before.data().length > 0);
            if (!again) {
                once.add(segment);
            }
        }
        return once;
    }

    /**
     * Each message of {@code part} is one of {@code whole}, as often at most, and its latency is the same or unknown.
     */
    private static void isPart(Told part, Told whole, String what) {
        Map<String, Integer> left = new HashMap<>();
        for (String line : whole.lines) {
            left.merge(line, 1, Integer::sum);
            if (line.contains(" REP ")) {
                left.merge(headerOnly(line), 1, Integer::sum);
            }
        }
        Map<String, Long> latencies = new HashMap<>();
        whole.latency.forEach((line, latency) -> latencies.put(line, latency));
        for (int i = 0; i < part.lines.size(); i++) {
            String line = part.lines.get(i);
            assertThat(left.merge(line, -1, Integer::sum))
                    .as("%s: %s", what, line)
                    .isNotNegative();
            long latency = part.latencies.get(i);
            if (latency != Message.ABSENT) {
                assertThat(latency).as("%s: latency of %s", what, line).isEqualTo(latencies.get(line));
            }
        }
        assertThat(part.settled).as(what).isEqualTo(part.requests);
        assertThat(part.balances()).as(what).isTrue();
    }

    /** What can be said of a reply to what was not seen. */
    private static String headerOnly(String line) {
        int error = line.indexOf(" err=");
        return error < 0 ? line : line.substring(0, line.indexOf(' ', error + 1)) + "  ";
    }

    private static long micros(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static List<String> untimed(List<String> lines) {
        return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    private static List<String> sorted(List<String> lines) {
        List<String> sorted = new ArrayList<>(lines);
        sorted.sort(null);
        return sorted;
    }
}
