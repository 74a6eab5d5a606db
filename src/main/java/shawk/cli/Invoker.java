package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.AsUser;

/**
 * Who started the program, also through sudo.
 *
 * @param uid of that user
 * @param gid of that user
 * @param home by the environment, or through sudo by the user table; null = not known
 * @param sudo whether the program runs as root for that user
 */
record Invoker(long uid, long gid, @Nullable Path home, boolean sudo) {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int MOST_BYTES = 8 << 20;

    /** By this process and its environment. */
    static Invoker query(Map<String, String> variables) {
        long uid = 0;
        long gid = 0;
        String users = "";
        try {
            uid = ((Number) Files.getAttribute(SELF, "unix:uid")).longValue();
            gid = ((Number) Files.getAttribute(SELF, "unix:gid")).longValue();
            try (InputStream in = Files.newInputStream(USERS)) {
                users = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Without procfs or a user table there is what the environment says.
        }
        return of(uid, gid, variables, users);
    }

    /** Whether this process is root's, through {@code sudo} too. */
    static boolean isRoot(Map<String, String> variables) {
        Invoker invoker = query(variables);
        return invoker.sudo() || invoker.uid() == 0;
    }

    /** By the ids of this process, its environment and the text of the user table. */
    static Invoker of(long uid, long gid, Map<String, String> variables, String users) {
        long sudo = uid == 0 ? parse(variables.getOrDefault(Environment.SUDO_UID, "")) : -1;
        if (sudo > 0) {
            String[] entry = entry(users, sudo);
            return new Invoker(
                    sudo, entry == null ? sudo : parse(entry[3]), entry == null ? null : absolute(entry[5]), true);
        }
        Path home = absolute(variables.getOrDefault("HOME", ""));
        String[] entry = home == null ? entry(users, uid) : null;
        return new Invoker(uid, gid, entry == null ? home : absolute(entry[5]), false);
    }

    private static String @Nullable [] entry(String users, long uid) {
        for (String line : users.split("\n", -1)) {
            String[] parts = line.split(":", -1);
            if (parts.length == 7 && parse(parts[2]) == uid && parse(parts[3]) >= 0) {
                return parts;
            }
        }
        return null;
    }

    /** That folder; null where it is no absolute path, or one that this locale has no characters for. */
    static @Nullable Path absolute(String path) {
        try {
            return path.startsWith("/") ? Path.of(path) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static long parse(String digits) {
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : -1;
    }

    /** Works on files with that user's rights. */
    <T> T call(Callable<T> work) throws IOException {
        if (sudo) {
            return AsUser.call(uid, gid, work);
        }
        try {
            return work.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
