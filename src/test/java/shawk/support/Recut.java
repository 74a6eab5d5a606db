package shawk.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Captures of real conversations, and what networks and captures do to them: cut at other borders, in another order,
 * twice, with losses, from the middle on, with other sequence numbers. The same generator makes the same of them.
 */
public final class Recut {
    private static final Path FOLDER = Path.of("src/test/resources/zk");

    private Recut() {}

    /**
     * The segments of a capture in {@code src/test/resources/zk}, of TCP over IPv4 over Ethernet, in microseconds, all
     * bytes of them captured.
     *
     * @param name {@code java-mix}
     */
    public static List<Segment> read(String name) {
        byte[] file;
        try {
            file = Files.readAllBytes(FOLDER.resolve(name + ".pcap"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != 0xa1b2c3d4 || in.getInt(20) != 1) {
            throw new IllegalArgumentException(name + ": another format");
        }
        in.position(24);
        List<Segment> segments = new ArrayList<>();
        while (in.hasRemaining()) {
            long micros = in.getInt() * 1_000_000L + in.getInt();
            int captured = in.getInt();
            if (in.getInt() != captured) {
                throw new IllegalArgumentException(name + ": a packet is cut");
            }
            segments.add(segment(
                    micros, ByteBuffer.wrap(file, in.position(), captured).slice()));
            in.position(in.position() + captured);
        }
        return segments;
    }

    /** Names of all captures. */
    public static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pcap"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Segment segment(long micros, ByteBuffer p) {
        int tcp = 14 + (p.get(14) & 15) * 4;
        int data = tcp + (p.get(tcp + 12) >> 4 & 15) * 4;
        int end = 14 + (p.getShort(16) & 0xffff);
        return new Segment(
                micros,
                slice(p, 26, 30),
                p.getShort(tcp) & 0xffff,
                slice(p, 30, 34),
                p.getShort(tcp + 2) & 0xffff,
                p.getInt(tcp + 4),
                p.getInt(tcp + 8),
                p.get(tcp + 13),
                slice(p, data, end));
    }

    private static byte[] slice(ByteBuffer p, int from, int to) {
        byte[] bytes = new byte[to - from];
        p.get(from, bytes);
        return bytes;
    }

    /** Data cut anew, into pieces of 1 to {@code most} bytes; neighbours that go on with each other may become one. */
    public static List<Segment> cut(List<Segment> segments, Random random, int most) {
        List<Segment> out = new ArrayList<>();
        for (Segment s : joined(segments, random)) {
            int from = 0;
            while (s.data().length - from > most || s.data().length - from > 1 && random.nextBoolean()) {
                int n = 1 + random.nextInt(Math.min(most, s.data().length - from - 1));
                out.add(s.part(from, from + n));
                from += n;
            }
            out.add(s.part(from, s.data().length));
        }
        return out;
    }

    private static List<Segment> joined(List<Segment> segments, Random random) {
        List<Segment> out = new ArrayList<>();
        for (Segment s : segments) {
            Segment last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last != null
                    && goesOn(last, s)
                    && last.data().length + s.data().length < 60_000
                    && random.nextBoolean()) {
                byte[] both = PacketMaker.join(last.data(), s.data());
                out.set(out.size() - 1, s.with(last.sequence(), s.acknowledgement(), s.flags(), both));
            } else {
                out.add(s);
            }
        }
        return out;
    }

    private static boolean goesOn(Segment last, Segment s) {
        return last.isLike(s)
                && last.data().length > 0
                && s.data().length > 0
                && (last.flags() & (Segment.SYN | Segment.FIN)) == 0
                && last.sequence() + last.data().length == s.sequence();
    }

    /**
     * Data that follow each other in one direction, in any order, at most {@code most} at once; but for the first ones
     * of a direction whose SYN is not there: nobody could know that something comes before them.
     */
    public static List<Segment> reorder(List<Segment> segments, Random random, int most) {
        List<Segment> out = new ArrayList<>(segments);
        Set<String> known = new HashSet<>();
        int from = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment s = segments.get(i);
            boolean isKnown = known.contains(direction(s));
            if (!isKnown || i - from >= most || !isData(s) || !s.isLike(segments.get(from))) {
                Collections.shuffle(out.subList(Math.min(from, i), i), random);
                from = isData(s) && isKnown ? i : i + 1;
            }
            if (s.data().length > 0 || s.has(Segment.SYN)) {
                known.add(direction(s));
            }
        }
        Collections.shuffle(out.subList(Math.min(from, out.size()), out.size()), random);
        return out;
    }

    private static String direction(Segment s) {
        return Arrays.toString(s.source()) + s.sourcePort() + Arrays.toString(s.destination()) + s.destinationPort();
    }

    private static boolean isData(Segment s) {
        return s.data().length > 0 && !s.has(Segment.SYN);
    }

    /** One in {@code one} with data comes again, up to {@code later} segments later. */
    public static List<Segment> duplicate(List<Segment> segments, Random random, int one, int later) {
        List<Segment> out = new ArrayList<>(segments);
        for (int i = out.size() - 1; i >= 0; i--) {
            if (out.get(i).data().length > 0 && random.nextInt(one) == 0) {
                out.add(Math.min(out.size(), i + 1 + random.nextInt(later)), out.get(i));
            }
        }
        return out;
    }

    /**
     * One in {@code one} with data comes again with some of what is before it in the same direction, and less of its
     * own.
     */
    public static List<Segment> overlap(List<Segment> segments, Random random, int one) {
        List<Segment> out = new ArrayList<>();
        for (Segment s : segments) {
            out.add(s);
            Segment before = lastOf(out, s);
            if (before != null && random.nextInt(one) == 0) {
                byte[] both = PacketMaker.join(before.data(), s.data());
                int from = random.nextInt(both.length);
                int to = from + 1 + random.nextInt(both.length - from);
                byte[] part = Arrays.copyOfRange(both, from, to);
                out.add(s.with(before.sequence() + from, s.acknowledgement(), s.flags() & ~Segment.FIN, part));
            }
        }
        return out;
    }

    private static Segment lastOf(List<Segment> out, Segment s) {
        for (int i = out.size() - 2; i >= 0 && i > out.size() - 20 && isData(s); i--) {
            Segment before = out.get(i);
            if (isData(before) && goesOn(before, s)) {
                return before;
            }
        }
        return null;
    }

    /** One in {@code one} of those with data is missing. */
    public static List<Segment> drop(List<Segment> segments, Random random, int one) {
        return segments.stream()
                .filter(s -> s.data().length == 0 || random.nextInt(one) > 0)
                .toList();
    }

    /** As if the capture had begun later. */
    public static List<Segment> from(List<Segment> segments, int first) {
        return segments.subList(first, segments.size());
    }

    /** Both directions of each connection begin {@code before} bytes before their sequence numbers wrap around. */
    public static List<Segment> wrap(List<Segment> segments, int before) {
        List<Segment> out = new ArrayList<>(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            Segment s = segments.get(i);
            int sequence = -before + s.sequence() - first(segments, s, i, true);
            int acknowledgement = s.has(Segment.ACK) ? -before + s.acknowledgement() - first(segments, s, i, false) : 0;
            out.add(s.with(sequence, acknowledgement, s.flags(), s.data()));
        }
        return out;
    }

    /** First sequence number of the direction of {@code s}, or of the other one, as far as it is known at {@code i}. */
    private static int first(List<Segment> segments, Segment s, int i, boolean same) {
        int begin = i;
        for (int k = i; k >= 0; k--) {
            Segment other = segments.get(k);
            if (s.isLike(other) || s.answers(other)) {
                begin = k;
                if (other.has(Segment.SYN) && !other.has(Segment.ACK)) {
                    break;
                }
            }
        }
        for (int k = begin; k < segments.size(); k++) {
            Segment other = segments.get(k);
            if (same ? s.isLike(other) : s.answers(other)) {
                return other.sequence();
            }
        }
        return s.acknowledgement();
    }

    /** The same bytes in other segments: none is missing. */
    public enum Change {
        OTHER_BORDERS {
            @Override
            public List<Segment> of(List<Segment> sent, Random random) {
                return cut(sent, random, 1 + random.nextInt(200));
            }
        },
        ANOTHER_ORDER {
            @Override
            public List<Segment> of(List<Segment> sent, Random random) {
                return reorder(cut(sent, random, 1 + random.nextInt(200)), random, 2 + random.nextInt(100));
            }
        },
        AGAIN_AND_OVERLAPPING {
            @Override
            public List<Segment> of(List<Segment> sent, Random random) {
                List<Segment> cut = cut(sent, random, 1 + random.nextInt(200));
                return duplicate(reorder(overlap(cut, random, 3), random, 20), random, 3, 30);
            }
        },
        AROUND_THE_END_OF_THE_SEQUENCE_NUMBERS {
            @Override
            public List<Segment> of(List<Segment> sent, Random random) {
                return cut(wrap(sent, random.nextInt(2_000)), random, 100);
            }
        };

        public abstract List<Segment> of(List<Segment> sent, Random random);
    }
}
