package shawk.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs programs as whole processes: their output, or how long they take. */
final class Runs {
    private Runs() {}

    /** What a program writes to standard output; its status must be 0. */
    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": status " + process.exitValue());
        }
        return output;
    }

    static List<String> lines(String... command) throws IOException, InterruptedException {
        return output(command).lines().toList();
    }

    /** Medians of what a command takes, whole process: seconds on the clock, seconds of processor. */
    record Cost(double seconds, double processor) {}

    /** What each of the commands takes; they run in turn. */
    static Cost[] costs(int rounds, String[]... commands) throws IOException, InterruptedException {
        double[][] seconds = new double[commands.length][rounds];
        double[][] processor = new double[commands.length][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < commands.length; i++) {
                double before = processorOfChildren();
                long start = System.nanoTime();
                int status = new ProcessBuilder(commands[i])
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new IOException(String.join(" ", commands[i]) + ": status " + status);
                }
                // The first round only warms caches.
                seconds[i][Math.max(round, 0)] = (System.nanoTime() - start) / 1e9;
                processor[i][Math.max(round, 0)] = processorOfChildren() - before;
            }
        }
        return IntStream.range(0, commands.length)
                .mapToObj(i -> new Cost(median(seconds[i]), median(processor[i])))
                .toArray(Cost[]::new);
    }

    /** Seconds that ended children have used: {@code cutime} and {@code cstime}, in ticks of 10 ms. */
    private static double processorOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
