package shawk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import shawk.cli.JumpBench;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.SafeText;
import shawk.record.Recording;
import shawk.record.RecordingInfo;
import shawk.record.RecordingWriter;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;
import shawk.source.diag.NetlinkSource;

/** Bytes a socket and sample, and what it takes to write, to read and to jump. */
final class RecordBench {
    private static final int SAMPLES = 33;
    private static final RecordingInfo INFO = new RecordingInfo(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);

    private RecordBench() {}

    /** Bytes a socket and sample of a recording of what is open now, made over half a minute. */
    static double bytes(String what) throws IOException, InterruptedException {
        Path file = Bench.OUT.resolve("bench.shawk");
        Files.deleteIfExists(file);
        double[] millis = new double[SAMPLES];
        double each;
        try (Source source = NetlinkSource.open(SourceConfig.DEFAULT);
                RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, 0)) {
            for (int i = 0; i < SAMPLES; i++) {
                RawSample sample = source.poll();
                long start = System.nanoTime();
                writer.write(sample, new byte[0]);
                millis[i] = (System.nanoTime() - start) / 1e6;
                Thread.sleep(1000);
            }
            each = (double) writer.written() / writer.sockets();
        } catch (SourceException e) {
            throw new IOException(e);
        }
        say(what + ": written, median", Runs.median(millis.clone()));
        say(what + ": written, longest after the first", Arrays.stream(millis).skip(1).max().orElse(0));
        read(what, file);
        return each;
    }

    private static void read(String what, Path file) throws IOException {
        long start = System.nanoTime();
        try (Recording recording = Recording.open(file)) {
            say(what + ": opened", (System.nanoTime() - start) / 1e6);
            double[] decoded = new double[SAMPLES];
            double[] folded = new double[SAMPLES];
            for (int round = 0; round < 3; round++) {
                FlowTable table = new FlowTable(recording.names(), FlowLimits.DEFAULT, 7);
                for (int i = 0; i < recording.end(); i++) {
                    long before = System.nanoTime();
                    RawSample sample = recording.read(i);
                    long read = System.nanoTime();
                    if (sample != null) {
                        table.fold(sample);
                    }
                    decoded[i] = (read - before) / 1e6;
                    folded[i] = (System.nanoTime() - read) / 1e6;
                }
            }
            say(what + ": decoded, median", Runs.median(decoded));
            say(what + ": folded, median", Runs.median(folded));
        }
        double[] jumps = JumpBench.measure(file, SAMPLES);
        say(what + ": jump, median, processor", jumps[2]);
        say(what + ": jump, longest, processor", jumps[3]);
    }

    private static void say(String what, double millis) {
        System.out.printf(Locale.ROOT, "%-52s %8.1f ms%n", what, millis);
    }
}
