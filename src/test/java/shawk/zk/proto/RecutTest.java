package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.support.Captures;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.support.Segment;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/**
 * Captures of real servers as networks and captures change them: the same messages, or all but those that are lost. A
 * failure names capture and seed.
 */
final class RecutTest {
    private static final int SEEDS = 30;

    private static final Pattern LENGTH = Pattern.compile(" len=(\\d+)");
    private static final Pattern KEY =
            Pattern.compile("[^ ]+ \\w+(?: len=-?\\d+)?(?: xid=-?\\d+)?(?: zxid=[-\\w]+)?(?: err=-?\\d+)?");

    /** What a sink was told, by connection and direction. */
    private static final class Lines implements MessageSink {
        final Map<String, List<String>> by = new TreeMap<>();
        final Map<String, List<String>> notes = new TreeMap<>();
        final Streams streams;

        Lines() {
            Dissector dissector = new Dissector(Told.PORTS, new Ports(), new Ports(), DecodeLimits.DEFAULT, this);
            streams = new Streams(dissector, StreamLimits.DEFAULT);
        }

        static Lines of(List<Segment> segments) {
            Lines lines = new Lines();
            PacketMaker.feed(lines.streams, segments);
            assertThat(lines.streams.ledger().isBalanced(0)).isTrue();
            return lines;
        }

        @Override
        public void message(Message message) {
            String direction = Objects.requireNonNull(message.connection).client() + (message.toServer ? ">" : "<");
            var lines = message.kind == Kind.NOTE ? notes : by;
            lines.computeIfAbsent(direction, key -> new ArrayList<>()).add(ReferenceText.of(message));
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {}
    }

    @Test
    void packetsAsTheyWere() {
        for (String name : Recut.names()) {
            Lines lines = new Lines();
            lines.streams.take(Captures.read(name + ".pcap"));
            lines.streams.finish(0);
            List<String> expected = CaptureTest.reference(name).stream()
                    .map(line -> line.replaceFirst("\\d+ ", ""))
                    .sorted()
                    .toList();
            assertThat(lines.by.values().stream()
                            .flatMap(List::stream)
                            .filter(line -> !line.contains("4LWREPLY"))
                            .sorted())
                    .as(name)
                    .containsExactlyElementsOf(expected);
            assertThat(lines.notes).isEmpty();
            assertThat(lines.streams.ledger().isBalanced(0)).isTrue();
            assertThat(lines.streams.ledger().gap).isZero();
            assertThat(lines.streams.ledger().malformed).isZero();
        }
    }

    @Test
    void oneByteATime() {
        for (String name : Recut.names()) {
            List<Segment> segments = Recut.read(name);
            assertSame(name, 0, segments, Recut.cut(segments, new Random(0), 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameBytesInOtherSegments(Recut.Change change) {
        for (String name : Recut.names()) {
            List<Segment> segments = Recut.read(name);
            for (int seed = 0; seed < SEEDS; seed++) {
                assertSame(name, seed, segments, change.of(segments, new Random(seed)));
            }
        }
    }

    private static void assertSame(String name, int seed, List<Segment> segments, List<Segment> changed) {
        Lines expected = Lines.of(segments);
        Lines found = Lines.of(changed);
        assertThat(found.by).as("%s, seed %d", name, seed).isEqualTo(expected.by);
        assertThat(found.notes).as("%s, seed %d", name, seed).isEmpty();
        assertThat(found.streams.ledger().gap).isZero();
        assertThat(found.streams.ledger().malformed).isZero();
    }

    @Test
    void losses() {
        int[] sums = new int[2];
        for (String name : Recut.names()) {
            List<Segment> segments = Recut.read(name);
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                List<Segment> cut = Recut.cut(segments, random, 20 + random.nextInt(200));
                List<Segment> left = Recut.drop(cut, random, 5 + random.nextInt(100));
                check(name + ", seed " + seed, segments, Recut.reorder(left, random, 10), sums);
            }
        }
        assertThat(sums[1]).as("missed of %d", sums[0]).isLessThan(sums[0] / 100);
    }

    @Test
    void fromTheMiddleOn() {
        int[] sums = new int[2];
        for (String name : Recut.names()) {
            List<Segment> segments = Recut.read(name);
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                List<Segment> cut = Recut.cut(segments, random, 20 + random.nextInt(200));
                check(name + ", seed " + seed, segments, Recut.from(cut, random.nextInt(cut.size())), sums);
            }
        }
        assertThat(sums[1]).as("missed of %d", sums[0]).isLessThan(sums[0] / 20);
    }

    /**
     * Each message told is one that was sent and is there whole, in the same order. To {@code sums} go the number of
     * those that are there whole, and of those of them that were not told: behind a hole messages are looked for.
     */
    private static void check(String what, List<Segment> all, List<Segment> left, int[] sums) {
        Lines sent = Lines.of(all);
        Lines told = Lines.of(left);
        assertThat(sent.by.keySet()).as(what).containsAll(told.by.keySet());
        sent.by.forEach((direction, messages) -> {
            boolean[] whole = whole(direction, messages, left, all);
            int at = 0;
            int found = 0;
            for (String message : told.by.getOrDefault(direction, List.of())) {
                while (at < messages.size()
                        && !(whole[at] && key(messages.get(at)).equals(key(message)))) {
                    at++;
                }
                assertThat(at).as("%s: %s was never sent", what, message).isLessThan(messages.size());
                at++;
                found++;
            }
            for (boolean each : whole) {
                sums[0] += each ? 1 : 0;
                sums[1] += each ? 1 : 0;
            }
            sums[1] -= found;
        });
    }

    /** Which messages of a direction are there whole; answers to four-letter words end anywhere. */
    private static boolean[] whole(String direction, List<String> messages, List<Segment> left, List<Segment> all) {
        BitSet there = new BitSet();
        int first = of(direction, all).get(0).sequence();
        first += of(direction, all).get(0).has(Segment.SYN) ? 1 : 0;
        for (Segment s : of(direction, left)) {
            int at = s.sequence() - first;
            if (s.data().length > 0 && at >= 0) {
                there.set(at, at + s.data().length);
            }
        }
        boolean[] whole = new boolean[messages.size()];
        int at = 0;
        for (int i = 0; i < whole.length; i++) {
            var length = LENGTH.matcher(messages.get(i));
            int n = length.find() ? 4 + Integer.parseInt(length.group(1)) : 0;
            whole[i] = there.nextClearBit(at) >= at + n;
            at += n;
        }
        return whole;
    }

    private static List<Segment> of(String direction, List<Segment> segments) {
        int port = Integer.parseInt(direction.substring(direction.lastIndexOf(':') + 1, direction.length() - 1));
        boolean up = direction.endsWith(">");
        return segments.stream()
                .filter(s -> (up ? s.sourcePort() : s.destinationPort()) == port)
                .toList();
    }

    /** Ends, kind and header: what a reply says depends on its request, which may be lost. */
    private static String key(String line) {
        var matcher = KEY.matcher(line);
        return matcher.lookingAt() ? matcher.group() : line;
    }
}
