package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/**
 * What {@code SHAWK_DEBUG} asks for: one line an event, with the milliseconds since the start. Off unless asked for; a
 * log that cannot be written any more falls silent. Any thread may use it.
 */
final class DebugLog {
    /** Writes nothing. */
    static final DebugLog OFF = new DebugLog(null);

    private final @Nullable OutputStream out;
    private final long startNanos = System.nanoTime();

    private DebugLog(@Nullable OutputStream out) {
        this.out = out;
    }

    /**
     * The log that a value of {@code SHAWK_DEBUG} asks for: none, standard error or a file, which is made for its owner
     * alone and is never followed through a link.
     */
    static DebugLog open(@Nullable String value) throws Failure {
        if (value == null || value.equals("0") || value.equals("false")) {
            return OFF;
        }
        if (value.equals("1") || value.equals("true") || value.equals("stderr")) {
            return new DebugLog(System.err);
        }
        if (value.indexOf('/') < 0) {
            throw Failure.usage(
                    Environment.DEBUG + "=" + Failure.quote(value) + ": expected 1 or the path of a file, e.g. ./"
                            + SafeText.of(value).value());
        }
        try {
            return new DebugLog(append(Path.of(value).toAbsolutePath()));
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.missing(
                    Environment.DEBUG + "=" + Failure.quote(value) + " cannot be written; name a file that can");
        }
    }

    private static OutputStream append(Path path) throws IOException {
        Set<OpenOption> options =
                new HashSet<>(Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS));
        return java.nio.channels.Channels.newOutputStream(Files.newByteChannel(path, options, PrivateFile.OWNER_ONLY));
    }

    /** The same where a screen is drawn: what would be written over it is off, which is said. */
    static DebugLog offScreen(Environment environment, Notices notices) throws Failure {
        DebugLog log = open(environment.value(Environment.DEBUG));
        if (!log.onStandardError() || !StandardStreams.isTerminal(StandardStreams.ERR)) {
            return log;
        }
        notices.say(Environment.DEBUG + " would write over the screen, and is off; name a file: " + Environment.DEBUG
                + "=./debug.log");
        return OFF;
    }

    /** Whether a line would be written, for lines that cost something to make. */
    boolean on() {
        return out != null;
    }

    /** Whether the lines go where a full-screen view draws. */
    boolean onStandardError() {
        return out == System.err;
    }

    void line(String text) {
        if (out == null) {
            return;
        }
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        byte[] line = ("shawk debug +" + millis + " ms: " + SafeText.of(text).value() + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (this) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            // A log on a full disk must not end the program that it is about.
        }
    }
}
