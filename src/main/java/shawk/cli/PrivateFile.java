package shawk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that nobody but their owner can read. */
final class PrivateFile {
    /** Mode 0600 from the very beginning, whatever the umask. */
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private static final Path FOLDER = Path.of("/tmp");

    private PrivateFile() {}

    /**
     * A new file with this text, under a name that nobody can foresee and that existed in no form before, so that in a
     * folder open to everybody no link and no file of somebody else is ever written through. Null where it fails.
     */
    static @Nullable Path create(String text) {
        try {
            Path file = Files.createTempFile(FOLDER, "shawk-error-", ".log", OWNER_ONLY);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            return null;
        }
    }
}
