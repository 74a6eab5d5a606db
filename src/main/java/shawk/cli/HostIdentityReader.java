package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.HostIdentity;

/**
 * Which host this is: systemd's machine id, else that of D-Bus, else that of the firmware, else one that is made up
 * once and kept. Addresses and names are no part of it.
 */
final class HostIdentityReader {
    private static final String VARIABLE = Environment.MACHINE_ID;
    private static final String MADE_UP = "machine-id";
    private static final int MAX_BYTES = 4096;
    private static final List<String> FILES =
            List.of("etc/machine-id", "var/lib/dbus/machine-id", "sys/class/dmi/id/product_uuid");
    /** What firmware says that nobody has told who it is; the last is that of many boards. */
    private static final Set<String> OF_MANY =
            Set.of("0".repeat(32), "f".repeat(32), "03000200040005000006000700080009");

    private final Path root;

    /** Reads below {@code root}, which is {@code /} but in tests. */
    HostIdentityReader(Path root) {
        this.root = root;
    }

    /**
     * This host, as it calls itself now.
     *
     * @param folder where an id that had to be made up is kept
     */
    HostIdentity query(Environment environment, Path folder) throws Failure {
        String machine = queryMachine(environment.value(VARIABLE), folder);
        SafeText name = SafeText.of(queryLine("proc/sys/kernel/hostname"));
        return new HostIdentity(
                machine,
                name,
                SafeText.of(queryLine("proc/sys/kernel/random/boot_id")).value());
    }

    private String queryMachine(@Nullable String given, Path folder) throws Failure {
        if (given != null) {
            String id = parse(given);
            if (id == null) {
                throw Failure.usage(VARIABLE + "=" + Failure.quote(given)
                        + ": expected 32 hexadecimal digits that no other host has; take those that"
                        + " 'uuidgen' prints, or unset it");
            }
            return id;
        }
        for (String file : FILES) {
            String id = parse(queryLine(file));
            if (id != null) {
                return id;
            }
        }
        return queryMadeUp(folder);
    }

    /** The id that a text is, in the form of {@code machine-id(5)}; null where it is none, or that of many hosts. */
    static @Nullable String parse(String text) {
        String id = text.strip().replace("-", "").toLowerCase(Locale.ROOT);
        boolean digits = id.length() == 32 && id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        return digits && !OF_MANY.contains(id) ? id : null;
    }

    /** The file's content; empty where it cannot be read. */
    private String queryLine(String file) {
        try {
            return queryContent(root.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    private static String queryContent(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
        }
    }

    private static String queryMadeUp(Path folder) throws Failure {
        Path file = folder.resolve(MADE_UP);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (Files.notExists(file)) {
                make(folder, file);
            }
            String id = parse(queryContent(file));
            if (id == null) {
                throw Failure.missing(Failure.quote(file.toString())
                        + " holds no machine id, though this program wrote one; remove it, or set " + VARIABLE);
            }
            return id;
        } catch (IOException e) {
            throw Failure.missing("this host has no /etc/machine-id, and none can be kept in "
                    + Failure.quote(folder.toString()) + " (" + FileTrouble.text(e) + "); set " + VARIABLE);
        }
    }

    /** Whole from the moment on at which it is there; of two who do it at once the first one's stays. */
    private static void make(Path folder, Path file) throws IOException {
        Path draft = Files.createTempFile(folder, "machine-id", ".new", PrivateFile.OWNER_ONLY);
        try {
            Files.writeString(draft, UUID.randomUUID().toString().replace("-", "") + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // That one counts.
        } finally {
            Files.delete(draft);
        }
    }
}
