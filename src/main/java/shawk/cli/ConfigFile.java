package shawk.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The config file of who started the program: read, and changed with all that is not changed left as it is. Through
 * sudo both are done with that user's rights, so that no link laid out in a home leads root anywhere. Any thread may
 * use it.
 */
final class ConfigFile {
    private static final int MOST_BYTES = 1 << 16;
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");

    private final @Nullable Path file;
    private final Invoker invoker;

    private ConfigFile(@Nullable Path file, Invoker invoker) {
        this.file = file;
        this.invoker = invoker;
    }

    /** The file that these variables lead to: under {@code XDG_CONFIG_HOME}, else under the user's home. */
    static ConfigFile of(Map<String, String> variables, Invoker invoker) {
        String folder = variables.getOrDefault(Environment.CONFIG_HOME, "");
        Path given = Invoker.absolute(folder);
        if (given != null) {
            return new ConfigFile(given.resolve("shawk/config"), invoker);
        }
        Path home = invoker.home();
        return new ConfigFile(home == null ? null : home.resolve(".config/shawk/config"), invoker);
    }

    /** Where it is, or would be; null where the user has no home. */
    @Nullable
    Path path() {
        return file;
    }

    /** What it says; nothing where there is none. */
    Config query() {
        Path path = file;
        if (path == null) {
            return Config.empty();
        }
        try {
            return Config.parse(path.toString(), invoker.call(() -> read(path)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Config.empty();
        } catch (IOException e) {
            return Config.broken(path.toString(), why(e));
        }
    }

    private static String read(Path path) throws IOException {
        // A pipe would be waited for.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is longer than 64 KiB; make it shorter");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Writes one setting; returns what to say about it: where it stands, or why it does not. */
    String save(String section, String name, String value) {
        Path path = file;
        if (path == null) {
            return "not saved: this user has no home";
        }
        try {
            invoker.call(() -> {
                change(path, section, name, value);
                return path;
            });
            return "saved in " + Failure.plain(path.toString());
        } catch (IOException e) {
            return "not saved in " + Failure.plain(path.toString()) + ": " + why(e);
        }
    }

    private static void change(Path path, String section, String name, String value) throws IOException {
        Files.createDirectories(path.getParent(), PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        boolean exists = Files.exists(path);
        // Who keeps it elsewhere, behind a link, keeps the link.
        Path real = exists ? path.toRealPath() : path;
        String text = ConfigEdit.set(exists ? read(real) : "", section, name, value);
        Path fresh = Files.createTempFile(real.getParent(), ".config-", ".new", PrivateFile.OWNER_ONLY);
        try {
            if (exists) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
            }
            write(fresh, text);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Down to the disk before it takes the old one's place. */
    private static void write(Path fresh, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            OutputStream stream = out;
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
    }

    private static String why(IOException failure) {
        return FileTrouble.text(failure);
    }
}
