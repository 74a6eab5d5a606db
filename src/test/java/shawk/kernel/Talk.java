package shawk.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is ruled by lines and answers in lines. Ends with {@link #close}, and always within its own limit. */
final class Talk implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final OutputStream in;
    private final Path errors;

    Talk(List<String> command) throws IOException {
        errors = Files.createTempFile("shawk-kernel", ".err");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
        in = process.getOutputStream();
    }

    /** Lines up to and including the first that begins so. Fails at the end of the output. */
    List<String> until(String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new AssertionError("ended without " + beginning + ": " + Files.readString(errors) + lines);
            }
            lines.add(line);
        } while (!line.startsWith(beginning));
        return lines;
    }

    void say(String line) throws IOException {
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    long pid() {
        return process.pid();
    }

    /** All that is left of the output, until the process has ended with status 0. */
    List<String> rest() throws IOException, InterruptedException {
        in.close();
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("status " + process.exitValue() + ": " + Files.readString(errors));
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(errors);
    }
}
