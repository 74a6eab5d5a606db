package shawk.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.NativeException;
import shawk.nativelib.OwnProcess;

/**
 * A run without a terminal. A JVM cannot fork, so the program starts itself anew with the same command line; the second
 * one leaves the session and tells by a line on its standard output what has become of its start. Until then the first
 * one waits, and so a port in use or a missing right is said where the command was typed, with its exit status.
 */
final class Background {
    /** Set in the second one. */
    private static final String DETACHED = "shawk.detached";

    private static final String READY = "ready ";
    private static final String FAILED = "failed ";
    private static final File NOWHERE = new File("/dev/null");

    private Background() {}

    /** Whether this process is the second one. */
    static boolean isDetached() {
        return Boolean.getBoolean(DETACHED);
    }

    /**
     * Starts the second one and waits until it works.
     *
     * @param say takes a line for a person
     * @return the exit status
     */
    static int start(ZkStatsSettings settings, Notices say) throws Failure {
        Process process;
        try {
            Path output = settings.standardOutput();
            if (output != null) {
                Files.newOutputStream(output).close();
            }
            process = new ProcessBuilder(command(Files.readAllBytes(Path.of("/proc/self/cmdline"))))
                    .redirectInput(NOWHERE)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(error(settings.standardError()))
                    .start();
        } catch (IOException e) {
            throw Failure.missing("the background cannot be reached: " + FileTrouble.text(e));
        }
        Thread unfinished = new Thread(process::destroy, "unfinished");
        Runtime.getRuntime().addShutdownHook(unfinished);
        String line = firstLine(process);
        if (line.startsWith(READY)) {
            Runtime.getRuntime().removeShutdownHook(unfinished);
            say.say("serving " + line.substring(READY.length()) + " in the background, as process " + process.pid());
            return ExitStatus.OK;
        }
        if (line.startsWith(FAILED + ExitStatus.USAGE + " ")) {
            throw Failure.usage(line.substring(FAILED.length() + 2));
        }
        throw Failure.missing(
                line.startsWith(FAILED)
                        ? line.substring(FAILED.length() + 2)
                        : "the background ended before it was ready; leave --app_daemonize away to see why");
    }

    private static ProcessBuilder.Redirect error(@Nullable Path file) {
        return file == null ? ProcessBuilder.Redirect.to(NOWHERE) : ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private static String firstLine(Process process) throws Failure {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw Failure.missing("the background says nothing: " + FileTrouble.text(e));
        }
    }

    /** The command line of this process, with a mark for the second one. */
    static List<String> command(byte[] commandLine) {
        List<String> words = new ArrayList<>();
        String text = new String(commandLine, StandardCharsets.UTF_8);
        for (String word : text.substring(0, text.length() - 1).split("\0", -1)) {
            words.add(word);
        }
        words.add(1, "-D" + DETACHED + "=true");
        return words;
    }

    /** What the second one does. */
    @FunctionalInterface
    interface Work {
        int run(OutputStream out) throws Failure, IOException;
    }

    /** Leaves the session and works; why it does not is told to the first one. */
    static int run(Work work, OutputStream out) throws Failure, IOException {
        try {
            OwnProcess.detach();
            return work.run(out);
        } catch (NativeException e) {
            throw failed(out, Failure.missing(Failure.plain(e.getMessage())));
        } catch (Failure e) {
            throw failed(out, e);
        }
    }

    /** It works: the first one may go. */
    static void ready(OutputStream out, String url) throws IOException {
        line(out, READY + url);
    }

    private static Failure failed(OutputStream out, Failure failure) {
        try {
            line(out, FAILED + failure.status() + " " + failure.line());
        } catch (IOException e) {
            // The first one has gone: it worked for a while.
        }
        return failure;
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
