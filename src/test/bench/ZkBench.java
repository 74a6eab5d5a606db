package shawk.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Locale;
import shawk.support.Captures;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.view.zk.ByteOut;
import shawk.view.zk.MessagePrinter;
import shawk.view.zk.Output;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.tally.Grouping;
import shawk.zk.tally.Tally;
import shawk.zk.tally.TallyLimits;

/**
 * What decoding takes: a capture of a pipelined session, 84 bytes a message, again and again up to 1 GB, each time as
 * another connection.
 */
final class ZkBench {
    private static final long BYTES = 1_000_000_000;
    private static final int SERVER = 2181;
    private static final int TCP = 14 + 20;

    /** Messages a second of processor. */
    private static final double LEAST_COUNTED = 1_000_000;

    private static final double LEAST_WRITTEN = 200_000;

    private ZkBench() {}

    /** Whether it is fast enough. */
    static boolean run() throws IOException {
        Counter none = new Counter();
        report("decoding alone", none, 0);
        boolean held = written();
        Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), TallyLimits.LIVE);
        return held & report("counting by path", new Counter(tally), LEAST_COUNTED);
    }

    private static boolean written() throws IOException {
        Output output = new Output(Output.Format.NDJSON, true, false, true, ZoneOffset.UTC, 1_024, false, true, true);
        ByteOut bytes = new ByteOut();
        MessagePrinter printer = new MessagePrinter(output, bytes, message -> true, Long.MAX_VALUE);
        try (OutputStream out = Files.newOutputStream(Path.of("/dev/null"))) {
            return report("all of it as NDJSON", new Counter(new Flushing(printer, bytes, out)), LEAST_WRITTEN);
        }
    }

    /** Writes what has been gathered when it is worth it. */
    private record Flushing(MessageSink next, ByteOut bytes, OutputStream out) implements MessageSink {
        @Override
        public void message(Message message) {
            next.message(message);
            spill();
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            next.unanswered(request, why, micros);
            spill();
        }

        private void spill() {
            try {
                bytes.spill(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean report(String what, Counter sink, double least) {
        decode(sink, BYTES / 5);
        sink.messages = 0;
        long clock = System.nanoTime();
        long processor = processor();
        decode(sink, BYTES);
        double busy = (processor() - processor) / 1e9;
        double seconds = (System.nanoTime() - clock) / 1e9;
        double rate = sink.messages / busy;
        System.out.printf(
                Locale.ROOT,
                "%-30s %,12d messages, %,11.0f a second of processor (%,.0f on the clock)%s%n",
                what,
                sink.messages,
                rate,
                sink.messages / seconds,
                least == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", at least %,.0f  %s", least, rate >= least ? "holds" : "FAILS"));
        return rate >= least;
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void decode(MessageSink sink, long bytes) {
        Dissector dissector = new Dissector(Ports.of(SERVER), new Ports(), new Ports(), DecodeLimits.DEFAULT, sink);
        Streams streams = new Streams(dissector, StreamLimits.DEFAULT);
        PacketBatch batch = Captures.read("java-pipeline.pcap");
        long once = 0;
        for (int i = 0; i < batch.count; i++) {
            once += 16 + batch.captured[i];
        }
        int rounds = (int) (bytes / once) + 1;
        for (int round = 0; round < rounds; round++) {
            streams.take(batch);
            another(batch, round);
        }
        streams.finish(batch.micros[batch.count - 1]);
        if (!streams.ledger().isBalanced(0) || streams.ledger().decoded != streams.ledger().in) {
            throw new IllegalStateException("not all bytes were messages");
        }
    }

    /** Makes another connection of the packets: another port and other sequence numbers, a second later. */
    private static void another(PacketBatch batch, int round) {
        ByteBuffer bytes = ByteBuffer.wrap(batch.bytes);
        short port = (short) (3_000 + round % 60_000);
        for (int i = 0; i < batch.count; i++) {
            int at = batch.offset[i] + TCP;
            boolean up = bytes.getShort(at + 2) == SERVER;
            bytes.putShort(up ? at : at + 2, port);
            bytes.putInt(at + 4, bytes.getInt(at + 4) + (up ? 77_777_777 : 99_999_999));
            bytes.putInt(at + 8, bytes.getInt(at + 8) + (up ? 99_999_999 : 77_777_777));
            batch.micros[i] += 1_000_000;
        }
    }

    /** Counts messages on their way to another sink. */
    private static final class Counter implements MessageSink {
        private final MessageSink next;
        long messages;

        Counter() {
            this(new MessageSink() {
                @Override
                public void message(Message message) {}

                @Override
                public void unanswered(Message request, Unanswered why, long micros) {}
            });
        }

        Counter(MessageSink next) {
            this.next = next;
        }

        @Override
        public void message(Message message) {
            messages++;
            next.message(message);
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            next.unanswered(request, why, micros);
        }
    }
}
