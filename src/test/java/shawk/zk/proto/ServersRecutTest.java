package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.support.Segment;
import shawk.tcp.ByteLedger;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/**
 * What the servers of an ensemble said to each other, as networks and captures change it: the same messages, or those
 * alone whose bytes are all there. A failure names its seed.
 */
final class ServersRecutTest {
    private static final int SEEDS = 30;
    private static final List<Segment> SENT = Recut.read("ensemble-full").stream()
            .filter(s -> isServers(s.sourcePort()) || isServers(s.destinationPort()))
            .toList();

    private static boolean isServers(int port) {
        return port >= 2881 && port <= 2884 || port >= 3881 && port <= 3884;
    }

    /** @param length bytes of the stream that it took */
    private record Line(String text, int length) {}

    /** What a sink was told, by both ends of a direction. */
    private static final class Lines implements MessageSink {
        final Map<String, List<Line>> by = new TreeMap<>();
        final List<String> notes = new ArrayList<>();
        final Streams streams;
        private final OracleText text = new OracleText(0);

        Lines(List<Segment> segments) {
            Ports zab = new Ports();
            Ports fle = new Ports();
            zab.add(2881, 2884);
            fle.add(3881, 3884);
            streams =
                    new Streams(new Dissector(new Ports(), zab, fle, DecodeLimits.DEFAULT, this), StreamLimits.DEFAULT);
            PacketMaker.feed(streams, segments);
            assertThat(streams.ledger().isBalanced(0)).isTrue();
        }

        @Override
        public void message(Message message) {
            text.message(message);
            String line = text.lines.remove(0).replaceFirst("^ *\\S+ ", "");
            if (message.kind == Kind.NOTE && !line.contains(" SNAPDATA ")) {
                notes.add(line);
            } else {
                int length = (int) message.size + (message.op.equals("NOTIFICATION") ? Integer.BYTES : 0);
                by.computeIfAbsent(line.split(" ")[0], ends -> new ArrayList<>())
                        .add(new Line(line, length));
            }
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            throw new AssertionError("servers ask nothing");
        }

        ByteLedger ledger() {
            return streams.ledger();
        }
    }

    @Test
    void packetsAsTheyWere() {
        Lines lines = new Lines(SENT);
        assertThat(lines.by.values().stream().mapToInt(List::size).sum()).isEqualTo(139 + 1145);
        assertThat(lines.notes).isEmpty();
        assertThat(lines.by.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Line::length)
                        .sum())
                .isEqualTo(lines.ledger().in)
                .isEqualTo(there(SENT));
    }

    @Test
    void oneByteATime() {
        assertSame(0, Recut.cut(SENT, new Random(0), 1));
    }

    @ParameterizedTest
    @EnumSource
    void sameBytesInOtherSegments(Recut.Change change) {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertSame(seed, change.of(SENT, new Random(seed)));
        }
    }

    private static void assertSame(int seed, List<Segment> changed) {
        Lines expected = new Lines(SENT);
        Lines found = new Lines(changed);
        assertThat(found.by).as("seed %d", seed).isEqualTo(expected.by);
        assertThat(found.notes).as("seed %d", seed).isEmpty();
        assertThat(found.ledger().gap).isZero();
        assertThat(found.ledger().malformed).isZero();
        assertThat(found.ledger().in).isEqualTo(expected.ledger().in);
    }

    @Test
    void losses() {
        int[] sums = new int[2];
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Segment> cut = Recut.cut(SENT, random, 20 + random.nextInt(200));
            List<Segment> left = Recut.drop(cut, random, 5 + random.nextInt(100));
            check("seed " + seed, Recut.reorder(left, random, 10), sums);
        }
        assertThat(sums[1]).as("missed of %d", sums[0]).isLessThan(sums[0] / 300);
    }

    @Test
    void fromTheMiddleOn() {
        int[] sums = new int[2];
        for (int seed = 0; seed < 3 * SEEDS; seed++) {
            Random random = new Random(seed);
            List<Segment> cut = Recut.cut(SENT, random, 20 + random.nextInt(200));
            check("seed " + seed, Recut.from(cut, random.nextInt(cut.size())), sums);
        }
        assertThat(sums[1]).as("missed of %d", sums[0]).isLessThan(sums[0] / 1000);
    }

    /**
     * Each message told was sent and is there whole, in the same order. To {@code sums} go the number of those that are
     * there whole, and of those of them that were not told: where nothing is known of the place, several are needed.
     */
    private static void check(String what, List<Segment> left, int[] sums) {
        Lines sent = new Lines(SENT);
        Lines told = new Lines(left);
        assertThat(sent.by.keySet()).as(what).containsAll(told.by.keySet());
        assertThat(told.ledger().in).as(what).isEqualTo(there(left));
        sent.by.forEach((ends, lines) -> {
            boolean[] whole = whole(lines, bytes(ends, left));
            int at = 0;
            int found = 0;
            for (Line line : told.by.getOrDefault(ends, List.of())) {
                while (at < lines.size() && !(whole[at] && lines.get(at).equals(line))) {
                    at++;
                }
                assertThat(at).as("%s: %s was never sent", what, line).isLessThan(lines.size());
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

    private static boolean[] whole(List<Line> lines, BitSet there) {
        boolean[] whole = new boolean[lines.size()];
        int at = 0;
        for (int i = 0; i < whole.length; i++) {
            int end = at + lines.get(i).length();
            whole[i] = there.nextClearBit(at) >= end;
            at = end;
        }
        return whole;
    }

    /** Which bytes of a direction are there. */
    private static BitSet bytes(String ends, List<Segment> segments) {
        Segment syn = SENT.stream()
                .filter(s -> s.has(Segment.SYN) && ends(s).equals(ends))
                .findFirst()
                .orElseThrow();
        BitSet there = new BitSet();
        for (Segment s : segments) {
            int at = s.sequence() - syn.sequence() - 1;
            if (s.data().length > 0 && ends(s).equals(ends)) {
                there.set(at, at + s.data().length);
            }
        }
        return there;
    }

    /** How many bytes of all directions are there, each once. */
    private static long there(List<Segment> segments) {
        return segments.stream()
                .filter(s -> s.data().length > 0)
                .map(ServersRecutTest::ends)
                .distinct()
                .mapToLong(ends -> bytes(ends, segments).cardinality())
                .sum();
    }

    private static String ends(Segment s) {
        return "127.0.0.1:" + s.sourcePort() + ">127.0.0.1:" + s.destinationPort();
    }
}
