package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was typed at the prompt, in a file that only its owner reads; through sudo it is that of who called it, opened
 * with his rights. What looks as if it held a password is not kept. Where the file cannot be read or written, there is
 * what was typed in this run. Used by one thread.
 */
final class HistoryFile {
    /** Lines that are kept. */
    static final int LINES_MAX = 500;

    /** Bytes of the file at which it is written anew, and beyond which it is not read. */
    static final int BYTES_MAX = 1 << 18;

    /** A line that is longer is not kept. */
    static final int LINE_MAX = 4096;

    private static final Pattern SECRET =
            Pattern.compile("(?i)passw|passphrase|pgpass|secret|credential|token|--redact="
                    + "|://[^/\\s]*:[^/\\s]*@|\\bidentified\\s+by\\b");

    private final @Nullable Path file;
    private final Invoker invoker;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private boolean loaded;

    HistoryFile(@Nullable Path file, Invoker invoker) {
        this.file = file;
        this.invoker = invoker;
    }

    /** That of the user who started the program: under {@code XDG_STATE_HOME}, else under his home. */
    static HistoryFile of(Map<String, String> variables, Invoker invoker) {
        Path given = Invoker.absolute(variables.getOrDefault(Environment.STATE_HOME, ""));
        Path home = invoker.home();
        Path state = given != null ? given : home == null ? null : home.resolve(".local/state");
        return new HistoryFile(state == null ? null : state.resolve("shawk/history"), invoker);
    }

    /** Takes in what the file has, when somebody first asks. */
    private void load() {
        Path path = file;
        if (path == null || loaded) {
            return;
        }
        loaded = true;
        try {
            invoker.call(() -> read(path)).forEach(this::keep);
        } catch (IOException e) {
            // There is none yet, or none that this user can read.
        }
    }

    private static List<String> read(Path path) throws IOException {
        // A pipe would be waited for, and a link may lead anywhere.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<String> read = new ArrayList<>();
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            for (String line : new String(in.readNBytes(2 * BYTES_MAX), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && line.length() <= LINE_MAX) {
                    read.add(unescaped(line));
                }
            }
        }
        return read;
    }

    private void keep(String line) {
        lines.add(line);
        if (lines.size() > LINES_MAX) {
            lines.remove();
        }
    }

    /** The lines, the oldest first. */
    List<String> lines() {
        load();
        return List.copyOf(lines);
    }

    /** Keeps a line; returns whether it may be kept at all. */
    boolean add(String line) {
        if (line.isBlank() || line.startsWith(" ") || line.length() > LINE_MAX / 2 || isSecret(line)) {
            return false;
        }
        load();
        if (!line.equals(lines.peekLast())) {
            keep(line);
            write(line);
        }
        return true;
    }

    static boolean isSecret(String line) {
        return SECRET.matcher(line).find();
    }

    private void write(String line) {
        Path path = file;
        if (path == null) {
            return;
        }
        try {
            invoker.call(() -> {
                append(path, escaped(line) + "\n");
                return path;
            });
        } catch (IOException e) {
            // It is known for as long as the prompt goes on.
        }
    }

    private void append(Path path, String text) throws IOException {
        Files.createDirectories(
                path.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) > BYTES_MAX) {
            shorten(path);
            return;
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(path, options, PrivateFile.OWNER_ONLY)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    /** The lines that are kept, the newest among them, take the place of all. */
    private void shorten(Path path) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(escaped(line)).append('\n'));
        Path fresh = Files.createTempFile(path.getParent(), ".history-", ".new", PrivateFile.OWNER_ONLY);
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String line) {
        StringBuilder out = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                c = next == 'n' ? '\n' : next == 'r' ? '\r' : next;
            }
            out.append(c);
        }
        return out.toString();
    }
}
