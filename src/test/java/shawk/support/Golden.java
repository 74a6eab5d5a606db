package shawk.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that people see, kept under {@code src/test/resources}. {@code mvn test -Dgolden.update=true} writes what there
 * is now; what changed is then for the eyes, in the diff.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources");

    private Golden() {}

    /** Holds {@code actual} against the file of this name. */
    public static void check(String file, String actual) {
        Path path = FOLDER.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(actual).as(file).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
