package shawk.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.support.Segment;

/** What is true of all streams, over conversations made up by a generator; a failure names its seed. */
final class StreamsPropertyTest {
    private static final int CLIENT = 0;

    /** Two programs talk in turn; each direction is whole frames of a length of one byte and as many bytes. */
    private record Talk(List<Segment> segments, byte[] toClient, byte[] toServer) {
        static Talk of(Random random, int turns) {
            int[] next = {random.nextInt(), random.nextInt()};
            if (random.nextBoolean()) {
                next[0] = -random.nextInt(2_000);
                next[1] = -random.nextInt(2_000);
            }
            List<Segment> segments = new ArrayList<>();
            segments.add(segment(0, next[0]++, 0, Segment.SYN));
            segments.add(segment(1, next[1]++, next[0], Segment.SYN | Segment.ACK));
            segments.add(segment(0, next[0], next[1], Segment.ACK));
            ByteArrayOutputStream[] said = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
            for (int i = 0; i < turns; i++) {
                int who = i & 1;
                byte[] frames = frames(random);
                said[who].writeBytes(frames);
                segments.add(segment(who, next[who], next[1 - who], Segment.ACK, frames));
                next[who] += frames.length;
            }
            segments.add(segment(0, next[0]++, next[1], Segment.FIN | Segment.ACK));
            segments.add(segment(1, next[1]++, next[0], Segment.FIN | Segment.ACK));
            return new Talk(segments, said[1].toByteArray(), said[0].toByteArray());
        }

        private static byte[] frames(Random random) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int k = random.nextInt(8); k >= 0; k--) {
                byte[] frame = new byte[1 + random.nextInt(random.nextBoolean() ? 200 : 5)];
                random.nextBytes(frame);
                frame[0] = (byte) (frame.length - 1);
                out.writeBytes(frame);
            }
            return out.toByteArray();
        }
    }

    private static Segment segment(int who, int sequence, int acknowledgement, int flags, byte... data) {
        boolean client = who == CLIENT;
        return new Segment(
                1_000,
                PacketMaker.address(client ? 1 : 2),
                client ? 1000 : 2181,
                PacketMaker.address(client ? 2 : 1),
                client ? 2181 : 1000,
                sequence,
                acknowledgement,
                flags,
                data);
    }

    @Test
    void anyWayOfCuttingGivesTheSameBytes() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Talk talk = Talk.of(random, 2 + random.nextInt(12));
            List<Segment> segments = Recut.cut(talk.segments(), random, 1 + random.nextInt(300));
            if (random.nextBoolean()) {
                segments = Recut.overlap(segments, random, 3);
            }
            if (random.nextBoolean()) {
                segments = Recut.reorder(segments, random, 2 + random.nextInt(50));
            }
            if (random.nextBoolean()) {
                segments = Recut.duplicate(segments, random, 3, 10);
            }
            Heard heard = hear(seed, segments, StreamLimits.DEFAULT, random.nextBoolean());
            assertThat(heard.bytes[0].toByteArray()).as("seed %d", seed).isEqualTo(talk.toClient());
            assertThat(heard.bytes[1].toByteArray()).as("seed %d", seed).isEqualTo(talk.toServer());
            assertThat(heard.missing).as("seed %d", seed).containsOnly(0);
            assertThat(heard.ended).as("seed %d", seed).isEqualTo(Conversation.End.FIN);
            assertThat(heard.whole).isTrue();
        }
    }

    @Test
    void lossesAreGapsOfExactlyWhatIsMissing() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Talk talk = Talk.of(random, 2 + random.nextInt(12));
            List<Segment> segments = Recut.cut(talk.segments(), random, 1 + random.nextInt(300));
            segments = Recut.drop(segments, random, 2 + random.nextInt(20));
            String expected = left(segments, talk);
            segments = Recut.duplicate(Recut.reorder(segments, random, 20), random, 5, 10);
            Heard.All all = new Heard.All(false);
            Streams streams = new Streams(all, StreamLimits.DEFAULT);
            PacketMaker.feed(streams, segments);
            Heard heard = all.opened.get(0);
            assertThat(sorted(heard)).as("seed %d", seed).isEqualTo(expected);
            assertThat(streams.ledger().isBalanced(0)).as("seed %d", seed).isTrue();
            assertThat(streams.ledger().gap).as("seed %d", seed).isEqualTo(heard.missing[0] + heard.missing[1]);
        }
    }

    /** What the captured segments leave of each direction: bytes, and a count of missing ones. */
    private static String left(List<Segment> segments, Talk talk) {
        StringBuilder text = new StringBuilder();
        for (int who = 1; who >= 0; who--) {
            byte[] all = who == 1 ? talk.toClient() : talk.toServer();
            boolean[] there = new boolean[all.length];
            int first = talk.segments().get(who).sequence() + 1;
            for (Segment s : segments) {
                if (s.sourcePort() == (who == CLIENT ? 1000 : 2181) && s.data().length > 0) {
                    Arrays.fill(there, s.sequence() - first, s.sequence() - first + s.data().length, true);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int missing = 0;
            for (int i = 0; i < all.length; i++) {
                if (there[i]) {
                    bytes.write(all[i]);
                } else {
                    missing++;
                }
            }
            text.append(Arrays.hashCode(bytes.toByteArray())).append('/').append(bytes.size());
            text.append('[').append(missing).append("] ");
        }
        return text.toString();
    }

    private static String sorted(Heard heard) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            byte[] bytes = heard.bytes[i].toByteArray();
            text.append(Arrays.hashCode(bytes)).append('/').append(bytes.length);
            text.append('[').append(heard.missing[i]).append("] ");
        }
        return text.toString();
    }

    /** Segments of few connections with all that can be wrong: it ends, balances, and stays within its memory. */
    @Test
    void anySegments() {
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            StreamLimits limits = new StreamLimits(
                    10_000 + random.nextInt(20_000),
                    1 + random.nextInt(4_000),
                    300 + random.nextInt(300),
                    3,
                    1_000,
                    50_000);
            Heard.All all = new Heard.All(random.nextBoolean());
            Streams streams = new Streams(all, limits);
            long micros = 0;
            for (int i = 0; i < 600; i++) {
                micros += random.nextInt(50) == 0 ? random.nextInt() : random.nextInt(500);
                byte[] packet = PacketMaker.ip(wild(random));
                int cut = random.nextInt(10) == 0 ? random.nextInt(packet.length) : packet.length;
                streams.take(packet, 0, cut, packet.length, LinkType.RAW, micros);
                assertThat(streams.ledger().isBalanced(streams.heldBytes()))
                        .as("seed %d, %d", seed, i)
                        .isTrue();
                assertThat(streams.memory()).as("seed %d, %d", seed, i).isBetween(0L, limits.maxBuffer());
                assertThat(streams.connections()).isLessThanOrEqualTo(3);
            }
            streams.finish(micros);
            assertThat(streams.ledger().isBalanced(0)).as("seed %d", seed).isTrue();
            assertThat(streams.memory()).isZero();
            assertThat(all.opened).allMatch(heard -> heard.ended != null);
        }
    }

    private static Segment wild(Random random) {
        byte[] data = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? 3_000 : 60)];
        random.nextBytes(data);
        int near = random.nextInt(2_000) - 1_000;
        int[] sequences = {near, near, near, near, near + (1 << 27), random.nextInt(), 0, Integer.MIN_VALUE};
        int client = 1000 + random.nextInt(4);
        boolean up = random.nextBoolean();
        int[] flags = {Segment.SYN, Segment.FIN, Segment.RST, Segment.SYN | Segment.ACK, random.nextInt(64)};
        return new Segment(
                0,
                PacketMaker.address(up ? 1 : 2),
                up ? client : 2181,
                PacketMaker.address(up ? 2 : 1),
                up ? 2181 : client,
                sequences[random.nextInt(sequences.length)],
                sequences[random.nextInt(sequences.length)],
                random.nextInt(6) == 0 ? flags[random.nextInt(flags.length)] : Segment.ACK,
                data);
    }

    @Test
    void aPieceAtATimeFromTheEnd() {
        List<Segment> segments = new ArrayList<>();
        segments.add(segment(0, 0, 0, Segment.SYN));
        byte[] all = new byte[20_000];
        new Random(7).nextBytes(all);
        for (int i = all.length - 1; i >= 0; i--) {
            segments.add(segment(0, 1 + i, 0, Segment.ACK, all[i]));
        }
        Heard heard = hear(0, segments, new StreamLimits(1 << 26, 1 << 20, 1 << 20, 10, 1, 1), false);
        // With so many pieces behind it the hole is given up; what comes later is too late.
        assertThat(heard.missing[1] + heard.bytes[1].size()).isEqualTo(all.length);
        assertThat(heard.bytes[1].size()).isGreaterThanOrEqualTo(4_096);
    }

    private static Heard hear(int seed, List<Segment> segments, StreamLimits limits, boolean framed) {
        Heard.All all = new Heard.All(framed);
        Streams streams = new Streams(all, limits);
        PacketMaker.feed(streams, segments);
        assertThat(all.opened).as("seed %d", seed).hasSize(1);
        assertThat(streams.ledger().isBalanced(0)).as("seed %d", seed).isTrue();
        assertThat(streams.memory()).as("seed %d", seed).isZero();
        return all.opened.get(0);
    }
}
