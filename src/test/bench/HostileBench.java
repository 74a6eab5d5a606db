package shawk.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.support.Segment;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.view.zk.ByteOut;
import shawk.view.zk.MessagePrinter;
import shawk.view.zk.Output;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.tally.Grouping;
import shawk.zk.tally.Tally;
import shawk.zk.tally.TallyLimits;

/**
 * Ten million messages made hostile by five means, decoded, counted and written in one run that never starts anew, in
 * a heap of 256 MB: nothing is thrown, every byte is accounted for, memory stays what it was.
 */
public final class HostileBench {
    private static final long MESSAGES = 10_000_000;
    private static final int TCP = 14 + 20;
    private static final int[] LENGTHS = {-1, 0, 1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 4 << 20, 255};

    /** Small ones, so that all of them are met early and memory can be seen to stay. */
    private static final StreamLimits LIMITS =
            new StreamLimits(8 << 20, 1 << 20, 1 << 21, 1_000, 100_000, 10_000_000);

    /** Bytes by which memory may be more at the end than after the first tenth. */
    private static final long SLACK = 16 << 20;

    /** What is done to the messages of a capture. */
    private enum Means {
        BITS,
        LENGTHS,
        RECUT,
        SPLICED,
        NOISE
    }

    private record Capture(List<Segment> segments, PacketBatch packets, long messages) {}

    private final List<Capture> captures = new ArrayList<>();
    private final Everything sink = new Everything();
    private final Streams streams = streams(sink);
    private final long seed;
    private long connection;

    private HostileBench(long seed) {
        this.seed = seed;
        for (String name : Recut.names()) {
            List<Segment> segments = Recut.read(name);
            PacketBatch packets = PacketMaker.batch(segments);
            Everything counter = new Everything();
            Streams once = streams(counter);
            once.take(packets);
            once.finish(0);
            captures.add(new Capture(segments, packets, counter.checker.messages));
        }
    }

    private static Streams streams(MessageSink sink) {
        Ports zab = Ports.of(2881, 2882, 2883);
        Ports fle = Ports.of(3881, 3882, 3883);
        Ports zk = Ports.of(2181, 2191, 2192, 2193, 2194);
        return new Streams(new Dissector(zk, zab, fle, DecodeLimits.DEFAULT, sink), LIMITS);
    }

    /** Runs it; {@code -Dbench.seed} does the same again. */
    public static void main(String[] arguments) {
        System.exit(run() ? 0 : 1);
    }

    /** Whether all of it held. */
    private static boolean run() {
        long seed = Long.getLong("bench.seed", System.nanoTime());
        System.out.println("seed " + seed + " (-Dbench.seed=" + seed + " does the same again)");
        return new HostileBench(seed).all();
    }

    private boolean all() {
        long offered = 0;
        long first = 0;
        long last = 0;
        long[] by = new long[Means.values().length];
        for (long round = 0; offered < MESSAGES; round++) {
            Random random = new Random(seed + round);
            Means means = Means.values()[(int) (round % by.length)];
            // As many messages by each means, whatever the capture.
            for (long n = 0; n < 100_000; ) {
                Capture capture = captures.get(random.nextInt(captures.size()));
                n += capture.messages();
                by[means.ordinal()] += capture.messages();
                take(means, capture, random);
            }
            offered = Arrays.stream(by).sum();
            HostileSink.check(streams.ledger().isBalanced(streams.heldBytes()), "the ledger, seed " + seed);
            System.gc();
            long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            last = used;
            first = offered < MESSAGES / 5 ? Math.max(first, used) : first;
        }
        streams.finish(0);
        HostileSink.check(streams.ledger().isBalanced(0), "the ledger at the end, seed " + seed);
        boolean flat = last - first < SLACK;
        System.out.printf(
                Locale.ROOT,
                "%,d messages %s: %,d were told, %,d notes, %,d connections, %,d evicted; in %,d, malformed %,d, gap %,d"
                        + "%nmemory after a collection: %,d kB in the first fifth, %,d kB at the end  %s%n",
                offered,
                Arrays.toString(by),
                sink.checker.messages,
                sink.checker.notes,
                streams.counts().connections,
                streams.counts().evicted,
                streams.ledger().in,
                streams.ledger().malformed,
                streams.ledger().gap,
                first >> 10,
                last >> 10,
                flat ? "holds" : "FAILS");
        return flat;
    }

    private void take(Means means, Capture capture, Random random) {
        PacketBatch batch =
                switch (means) {
                    case RECUT -> PacketMaker.batch(recut(capture.segments(), random));
                    case SPLICED -> PacketMaker.batch(spliced(capture.segments(), random));
                    default -> copy(capture.packets());
                };
        if (means != Means.RECUT && means != Means.SPLICED) {
            spoil(means, batch, random);
        }
        another(batch);
        streams.take(batch);
    }

    private static List<Segment> recut(List<Segment> segments, Random random) {
        List<Segment> cut = Recut.cut(segments, random, 1 + random.nextInt(400));
        List<Segment> again = Recut.duplicate(Recut.overlap(cut, random, 5), random, 5, 30);
        return Recut.drop(Recut.reorder(again, random, 20), random, 3 + random.nextInt(100));
    }

    /** Data of another conversation in place of its own, now and then. */
    private List<Segment> spliced(List<Segment> segments, Random random) {
        List<Segment> other = captures.get(random.nextInt(captures.size())).segments();
        List<Segment> out = new ArrayList<>(segments);
        int one = 2 + random.nextInt(30);
        for (int i = 0; i < out.size(); i++) {
            Segment s = out.get(i);
            byte[] data = other.get(random.nextInt(other.size())).data();
            if (s.data().length > 0 && data.length > 0 && random.nextInt(one) == 0) {
                out.set(i, s.with(s.sequence(), s.acknowledgement(), s.flags(), data));
            }
        }
        return out;
    }

    private static PacketBatch copy(PacketBatch batch) {
        PacketBatch copy = new PacketBatch();
        copy.bytes = batch.bytes.clone();
        copy.count = batch.count;
        copy.micros = batch.micros.clone();
        copy.offset = batch.offset;
        copy.captured = batch.captured;
        copy.wire = batch.wire;
        copy.link = batch.link;
        return copy;
    }

    private static void spoil(Means means, PacketBatch batch, Random random) {
        int one = 1 + random.nextInt(60);
        ByteBuffer bytes = ByteBuffer.wrap(batch.bytes);
        for (int i = 0; i < batch.count; i++) {
            int data = batch.offset[i] + TCP + 20;
            int n = batch.captured[i] - TCP - 20;
            if (n < 4 || random.nextInt(one) > 0) {
                continue;
            }
            switch (means) {
                case BITS -> bytes.put(data + random.nextInt(n), (byte) (1 << random.nextInt(8)));
                case LENGTHS -> {
                    int at = random.nextBoolean() ? data : data + random.nextInt(n - 3);
                    bytes.putInt(at, LENGTHS[random.nextInt(LENGTHS.length)]);
                }
                default -> {
                    byte[] noise = new byte[n];
                    random.nextBytes(noise);
                    bytes.put(data, noise);
                }
            }
        }
    }

    /** Makes other connections of the packets, so that each round has its own. */
    private void another(PacketBatch batch) {
        ByteBuffer bytes = ByteBuffer.wrap(batch.bytes);
        connection++;
        for (int i = 0; i < batch.count; i++) {
            int ip = batch.offset[i] + 14;
            bytes.putInt(ip + 12, (int) (bytes.getInt(ip + 12) + connection));
            bytes.putInt(ip + 16, (int) (bytes.getInt(ip + 16) + connection));
            batch.micros[i] += connection * 100_000;
        }
    }

    /** Checks, counts and writes. */
    private static final class Everything implements MessageSink {
        final HostileSink checker = new HostileSink();
        private final Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), TallyLimits.LIVE);
        private final ByteOut bytes = new ByteOut();
        private final MessagePrinter printer = new MessagePrinter(
                new Output(Output.Format.NDJSON, true, false, true, ZoneOffset.UTC, 1_024, false, true, true),
                bytes,
                message -> true,
                Long.MAX_VALUE);

        @Override
        public void message(Message message) {
            checker.message(message);
            tally.message(message);
            if (message.kind != Kind.ZAB && message.kind != Kind.FLE) {
                printer.message(message);
                spill();
            }
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            checker.unanswered(request, why, micros);
            tally.unanswered(request, why, micros);
            printer.unanswered(request, why, micros);
            spill();
        }

        private void spill() {
            try {
                bytes.spill(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
