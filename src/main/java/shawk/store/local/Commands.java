package shawk.store.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Programs that are started for the server: by absolute paths, with nothing of the caller's environment. */
final class Commands {
    /** What a program says and somebody looks at; bytes. */
    private static final int MOST_BYTES = 1 << 16;

    private static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

    private final Path supervisor;

    /** With shawk-cmdb, as it was built. */
    Commands(Path supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * How a program ended.
     *
     * @param status 0 = well
     * @param output all that it said, its end where that is long
     */
    record Outcome(int status, String output) {
        boolean failed() {
            return status != 0;
        }

        /** What it said last. */
        String lastLine() {
            String[] lines = output.strip().split("\n");
            return lines[lines.length - 1].strip();
        }
    }

    /** Runs {@code command} as {@code user}, until its end or {@code seconds} are over; then it is killed. */
    Outcome run(ServerUser user, List<String> command, String input, int seconds) throws IOException {
        List<String> all = new ArrayList<>(List.of(supervisor.toString(), "run"));
        all.addAll(user.options());
        all.add("--");
        all.addAll(command);
        return run(all, input, seconds);
    }

    /** Runs {@code command} as whoever this is. */
    static Outcome run(List<String> command, String input, int seconds) throws IOException {
        Process process = builder(command).redirectErrorStream(true).start();
        FutureTask<String> output = start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It reads nothing; what it says tells more.
            }
            byte[] said = process.getInputStream().readNBytes(MOST_BYTES);
            process.getInputStream().skip(Long.MAX_VALUE);
            return new String(said, StandardCharsets.UTF_8);
        });
        try {
            String said = await(output, seconds);
            return new Outcome(process.waitFor(), said);
        } catch (TimeoutException e) {
            throw new IOException(command.get(0) + " was still at work after " + seconds + " s, and was ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Has shawk-cmdb serve; what it reports, which is one line; empty = nothing within {@code seconds}. */
    String serve(List<String> arguments, int seconds) throws IOException {
        List<String> all = new ArrayList<>(List.of(supervisor.toString(), "serve"));
        all.addAll(arguments);
        Process process =
                builder(all).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        FutureTask<String> line = start(() -> {
            String read = said.readLine();
            return read == null ? "failed its supervisor ended without a word" : read;
        });
        try {
            return await(line, seconds);
        } catch (TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // That which waits for the report; the server goes on.
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        return builder;
    }

    private static FutureTask<String> start(Callable<String> work) {
        FutureTask<String> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "cmdb-command");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static String await(FutureTask<String> task, int seconds)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
