package shawk.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import shawk.record.Recording;

/** What going to a moment of a recording takes. */
public final class JumpBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int JUMPS = 60;

    private JumpBench() {}

    /** Milliseconds of processor: opening with the first moment; longest of the first jumps; then median and longest. */
    public static double[] measure(Path file, int samples) throws IOException {
        double[] millis = new double[JUMPS];
        Random random = new Random(3);
        long before = THREADS.getCurrentThreadCpuTime();
        try (Recording recording = Recording.open(file)) {
            Playback playback = new Playback(recording, () -> LiveSamples.newTable(recording.names()), true);
            for (int i = 0; i < JUMPS; i++) {
                // The second goes as far from a key frame as can be.
                playback.at(i == 0 ? 0 : i == 1 ? samples / 32 * 16 : random.nextInt(samples));
                long now = THREADS.getCurrentThreadCpuTime();
                millis[i] = (now - before) / 1e6;
                before = now;
            }
        }
        double[] warm = Arrays.copyOfRange(millis, 10, JUMPS);
        Arrays.sort(warm);
        double second = Arrays.stream(millis, 1, 10).max().orElse(0);
        return new double[] {millis[0], second, warm[warm.length / 2], warm[warm.length - 1]};
    }
}
