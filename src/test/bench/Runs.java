package shawk.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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

    /** Median seconds of each of the commands, which run in turn. */
    static double[] seconds(int rounds, String[]... commands) throws IOException, InterruptedException {
        double[][] seconds = new double[commands.length][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < commands.length; i++) {
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
            }
        }
        return Arrays.stream(seconds).mapToDouble(Runs::median).toArray();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
