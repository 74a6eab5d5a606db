package shawk.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import shawk.cli.JumpBench;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.model.SocketRecord;
import shawk.record.MemoryRecording;
import shawk.record.RecordingInfo;
import shawk.record.RecordingWriter;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** An hour of a made-up host of which a fifth is busy: what it takes to add a sample, and to go to any moment. */
final class HourBench {
    private static final RecordingInfo INFO = new RecordingInfo(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SECONDS = 3_600;
    private static final int PAST_SAMPLES = 64;

    private HourBench() {}

    /** Milliseconds of processor that an hour of 10,000 sockets takes, see {@link JumpBench#measure}. */
    static double[] jumps() throws IOException {
        Path file = Bench.OUT.resolve("hour.shawk");
        Files.deleteIfExists(file);
        Host host = new Host(10_000);
        double each;
        try (RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, 0)) {
            for (int i = 0; i < SECONDS; i++) {
                writer.write(host.next(), new byte[0]);
            }
            each = (double) writer.written() / writer.sockets();
        }
        System.out.printf(
                Locale.ROOT, "%-52s %8.1f MB, %.1f B a socket%n", "an hour, made up", Files.size(file) / 1e6, each);
        return JumpBench.measure(file, SECONDS);
    }

    /** Milliseconds of processor to keep a sample of 60,000 sockets: median, longest, the first. */
    static double[] keeping() {
        Host host = new Host(60_000);
        double[] changes = new double[PAST_SAMPLES];
        try (MemoryRecording past = new MemoryRecording(Names.NONE, 64 << 20, 3_600_000_000_000L)) {
            for (int i = 0; i < PAST_SAMPLES; i++) {
                RawSample sample = host.next();
                long before = THREADS.getCurrentThreadCpuTime();
                past.add(sample);
                changes[i] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
            }
        }
        double[] late = Arrays.copyOfRange(changes, PAST_SAMPLES / 4, PAST_SAMPLES);
        Arrays.sort(late);
        return new double[] {late[late.length / 2], late[late.length - 1], changes[0]};
    }

    /** Connections whose counters go on, a fifth of them each second; clocks run. */
    private static final class Host {
        private static final Map<String, int[]> LAYOUT = SocketRecord.layout();

        private final Random random = new Random(1);
        private final RawSample first;
        private final int sockets;
        private long second;

        Host(int sockets) {
            this.sockets = sockets;
            RawSampleBuilder all = RawSampleBuilder.at(1);
            for (int pid = 0; pid < 10; pid++) {
                all.process(100 + pid, 5, "p" + pid).details(100 + pid, 5, "/bin/p" + pid, "");
            }
            for (int i = 0; i < sockets; i++) {
                String remote = "10.9." + i % 250 + "." + (1 + i % 199) + ":443";
                all.socket(Socket.tcp("10.0.0.1:" + (1024 + i % 60_000), remote)
                        .set("bytes_acked", random.nextInt())
                        .set("bytes_sent", random.nextInt())
                        .set("bytes_received", random.nextInt())
                        .set("segs_out", 1 + random.nextInt(1 << 20))
                        .set("rtt_us", 1 + random.nextInt(100_000))
                        .inode(1_000 + i)
                        .cookie(1 + i)
                        .heldBy(100 + i % 10));
            }
            first = all.build();
        }

        private void add(int row, String field, long more) {
            ByteBuffer records = first.buffer(RawSection.SOCKETS);
            int[] place = LAYOUT.get(field);
            int at = row * SocketRecord.SIZE + place[0];
            if (place[1] == Long.BYTES) {
                records.putLong(at, records.getLong(at) + more);
            } else {
                records.putInt(at, (int) (records.getInt(at) + more));
            }
        }

        RawSample next() {
            second++;
            for (int row = 0; row < sockets; row++) {
                if (random.nextInt(5) == 0) {
                    int bytes = random.nextInt(5_000);
                    add(row, "bytes_acked", bytes);
                    add(row, "bytes_sent", bytes);
                    add(row, "bytes_received", random.nextInt(5_000));
                    add(row, "segs_out", 3);
                    add(row, "rtt_us", random.nextInt(9) - 4);
                } else {
                    add(row, "last_data_sent_ms", 1_000);
                    add(row, "last_data_recv_ms", 1_000);
                }
            }
            return new RawSample(
                    first.source(),
                    first.wallMicros() + second * 1_000_000,
                    first.monotonicNanos() + second * 1_000_000_000,
                    first.sections(),
                    second == 1 ? first.details() : List.of(),
                    first.degradations());
        }
    }
}
