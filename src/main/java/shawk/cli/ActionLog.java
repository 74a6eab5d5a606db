package shawk.cli;

import java.io.IOException;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/**
 * What was killed, by whom and with what outcome: lines in a file that only its owner reads. It is written through to
 * the disk before a kill; where that fails, nothing is killed. Used by one thread.
 */
final class ActionLog {
    /** At this size the file is put aside as {@code .1}, in place of the one before it. */
    private static final long MOST_BYTES = 16L << 20;

    private static final Path OF_ROOT = Path.of("/var/log/shawk.log");

    private final @Nullable Path file;
    private final long most;
    private final String who;

    ActionLog(@Nullable Path file, long most, String who) {
        this.file = file;
        this.most = most;
        this.who = who;
    }

    /** Root's own, whoever root works for; else one under the user's folder for such things. */
    static ActionLog of(Map<String, String> variables, Invoker invoker, boolean root) {
        String who = "uid=" + (root ? 0 : invoker.uid()) + (invoker.sudo() ? " sudo_uid=" + invoker.uid() : "")
                + " pid=" + ProcessHandle.current().pid();
        String folder = variables.getOrDefault(Environment.STATE_HOME, "");
        Path home = invoker.home();
        Path given = Invoker.absolute(folder);
        Path own = given != null
                ? given.resolve("shawk/actions.log")
                : home == null ? null : home.resolve(".local/state/shawk/actions.log");
        return new ActionLog(root ? OF_ROOT : own, MOST_BYTES, who);
    }

    /** Where it is; null where this user has no place for it. */
    @Nullable
    Path path() {
        return file;
    }

    /** Appends lines, each with time and who; they are on the disk when this returns. */
    void append(List<String> lines) throws IOException {
        Path path = file;
        if (path == null) {
            throw new IOException("this user has no home");
        }
        Files.createDirectories(
                path.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) > most) {
            Path aside = path.resolveSibling(path.getFileName() + ".1");
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        }
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(time).append(' ').append(who).append(' ');
            text.append(SafeText.of(line).value()).append('\n');
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(path, options, PrivateFile.OWNER_ONLY)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }
}
