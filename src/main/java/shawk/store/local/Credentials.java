package shawk.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in.
 *
 * @param user a role of the server
 * @param password of that role; never shown
 */
record Credentials(String user, String password) {
    /** Of who runs the server. */
    static Credentials ofOwner(DataFolder folder) throws IOException {
        return parse(OwnFiles.read(folder.version().resolve("pgpass")));
    }

    /** What root has left for {@code uid}; null = nothing. */
    static @Nullable Credentials ofGuest(Places host, long uid) throws IOException {
        Path file = fileOf(host, uid);
        // The folder is not to be listed; what stands in it has one owner and one reader.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || OwnFiles.owner(file) != uid) {
            return null;
        }
        return parse(OwnFiles.read(file));
    }

    /** Whom root works for by sudo may read what was collected, without sudo. */
    static void letIn(Setting setting, DataFolder folder) throws IOException {
        if (setting.invoker() == 0) {
            return;
        }
        String line = OwnFiles.read(folder.version().resolve("guest"));
        Path file = fileOf(setting.places(), setting.invoker());
        Path readers = setting.places().root().resolve("readers");
        OwnFiles.makeFolder(readers, "rwx--x--x");
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && OwnFiles.read(file).equals(line)) {
            return;
        }
        Path fresh = readers.resolve(
                setting.invoker() + "." + ProcessHandle.current().pid() + ".new");
        OwnFiles.write(fresh, "r--------", line);
        Files.setAttribute(fresh, "unix:uid", (int) setting.invoker(), LinkOption.NOFOLLOW_LINKS);
        OwnFiles.rename(fresh, file);
    }

    private static Path fileOf(Places host, long uid) {
        return host.root().resolve("readers").resolve(String.valueOf(uid));
    }

    /** A line of libpq's password file: host, port, database, user, password. */
    private static Credentials parse(String line) throws IOException {
        String[] parts = line.strip().split(":", 5);
        if (parts.length != 5) {
            throw new IOException("a file with a password is damaged");
        }
        return new Credentials(parts[3], parts[4]);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
