package shawk.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The program as a process of its own; it ends with the test. */
public final class ShawkProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Path out;
    private final Path err;

    private ShawkProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The command that runs it, out of the classes of the test. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Djna.boot.library.path=" + System.getProperty("jna.boot.library.path"),
                "-Djna.nounpack=true",
                "-Djna.nosys=true",
                "-Dshawk.native.dir=" + System.getProperty("shawk.native.dir"),
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Starts it.
     *
     * @param command as of {@link #command}, or of something around it
     * @param folder for what it writes
     * @param in what it reads
     */
    public static ShawkProcess start(List<String> command, Path folder, File in) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SHAWK_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectInput(in).redirectOutput(out.toFile()).redirectError(err.toFile());
        return new ShawkProcess(builder.start(), out, err);
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits until what it has written is like that. */
    public void await(Predicate<String> wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!wanted.test(out())) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("it has not written that; it says " + err() + " and wrote " + out());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Ends it as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        Commands.output("/bin/kill", "-INT", Long.toString(process.pid()));
    }

    /** Its exit status, as soon as it has one. */
    public int status() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it says " + err());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
