package shawk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that holds the number of this process as long as it runs. One thread. */
final class PidFile implements AutoCloseable {
    private static final int MOST_BYTES = 32;

    private final @Nullable Path path;
    private final String content;

    private PidFile(@Nullable Path path, String content) {
        this.path = path;
        this.content = content;
    }

    /** Writes it; null = there is none. One that another such program holds is a failure. */
    static PidFile write(@Nullable Path path) throws Failure {
        long pid = ProcessHandle.current().pid();
        String content = pid + "\n";
        if (path == null) {
            return new PidFile(null, content);
        }
        try {
            refuseLiving(path, pid);
            Files.deleteIfExists(path);
            Files.writeString(path, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Failure.missing(path + ": another one has just written it; is it started twice?");
        } catch (IOException e) {
            throw Failure.missing(Failure.plain(path.toString()) + " cannot be written: " + FileTrouble.text(e));
        }
        return new PidFile(path, content);
    }

    private static void refuseLiving(Path path, long own) throws IOException, Failure {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.missing(
                    Failure.plain(path.toString()) + " is no ordinary file; name another one by --app_pidfile");
        }
        String text = read(path).strip();
        if (text.matches("\\d{1,10}") && Long.parseLong(text) != own && isOurs(text)) {
            throw Failure.missing(Failure.plain(path.toString()) + ": process " + text
                    + " has it, a shawk that runs; end that one first, or name another file by --app_pidfile");
        }
    }

    private static String read(Path path) throws IOException {
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static boolean isOurs(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("shawk.cli.Main");
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes it away, if it is still its own. */
    @Override
    public void close() {
        try {
            if (path != null && read(path).equals(content)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // Who reads it finds no such process.
        }
    }
}
