package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Versions of the program and of what is shipped with it, as the build wrote them down. */
final class Versions {
    private static final String FILE = "version.properties";

    private final Properties values = new Properties();

    private Versions() {}

    static Versions query() {
        Versions versions = new Versions();
        try (InputStream in = Versions.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in the build");
            }
            versions.values.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
        return versions;
    }

    /** The version of {@code name}, e.g. {@code shawk}. */
    String of(String name) {
        return values.getProperty(name, "unknown");
    }
}
