package shawk.store.pg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.pg.CmdbUrl.Server;

/**
 * The password of a URL that has none, as libpq finds it: {@code PGPASSWORD}, then the file that the URL,
 * {@code PGPASSFILE} names, or {@code ~/.pgpass}. A file that others may read is not used, and neither is one over
 * {@value #MAX_FILE} bytes.
 */
public final class Passwords {
    private static final long MAX_FILE = 1 << 20;

    private static final Set<PosixFilePermission> TOO_OPEN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Passwords() {}

    /** {@code url} with its password, where one is found. */
    public static CmdbUrl query(CmdbUrl url, Map<String, String> environment) throws CmdbUrlException {
        if (url.hasPassword()) {
            return url;
        }
        String own = environment.get("PGPASSWORD");
        if (own != null && !own.isEmpty()) {
            return url.withPassword(own);
        }
        String named = url.option(UrlOption.PASSFILE);
        if (named == null) {
            named = environment.get("PGPASSFILE");
        }
        String home = environment.get("HOME");
        if (named != null && !named.isEmpty()) {
            return url.withPassword(find(url, read(Path.of(named), true)));
        }
        return home == null || home.isEmpty()
                ? url
                : url.withPassword(find(url, read(Path.of(home, ".pgpass"), false)));
    }

    private static List<String> read(Path file, boolean named) throws CmdbUrlException {
        try {
            for (PosixFilePermission each : Files.getPosixFilePermissions(file)) {
                if (TOO_OPEN.contains(each)) {
                    throw new CmdbUrlException("others can read the file of passwords " + SafeText.of(file.toString())
                            + ", so that it is not used; type: chmod 600 " + SafeText.of(file.toString()));
                }
            }
            if (Files.size(file) > MAX_FILE) {
                throw new CmdbUrlException(
                        "the file of passwords " + SafeText.of(file.toString()) + " is over 1 MiB; name another");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            if (named) {
                throw new CmdbUrlException("the file of passwords " + SafeText.of(file.toString())
                        + " cannot be read; name one that can, or set PGPASSWORD");
            }
            return List.of();
        }
    }

    /** The password of the first line that is about the URL's first server; null where there is none. */
    static @Nullable String find(CmdbUrl url, List<String> lines) {
        for (Server server : url.servers()) {
            for (String line : lines) {
                List<String> parts = parts(line);
                if (parts.size() >= 5
                        && !line.startsWith("#")
                        && (matches(parts.get(0), server.host())
                                || server.unix() && parts.get(0).equals("localhost"))
                        && matches(parts.get(1), Integer.toString(server.port()))
                        && matches(parts.get(2), url.database())
                        && matches(parts.get(3), url.user())) {
                    return parts.get(4);
                }
            }
        }
        return null;
    }

    private static boolean matches(String pattern, String value) {
        return pattern.equals("*") || pattern.equals(value);
    }

    private static List<String> parts(String line) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                part.append(line.charAt(++i));
            } else if (c == ':' && parts.size() < 4) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
