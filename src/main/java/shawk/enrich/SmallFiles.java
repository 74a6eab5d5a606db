package shawk.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Files that may be anything: read up to a bound; what is no plain file, or cannot be read, is empty. */
final class SmallFiles {
    private SmallFiles() {}

    /** The first {@code most} bytes of a plain file; a link is none. */
    static byte[] query(Path file, int most) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new byte[0];
            }
            try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return in.readNBytes(most);
            }
        } catch (IOException | RuntimeException e) {
            return new byte[0];
        }
    }

    /** As {@link #query}, but of a file that may be a link, as those of the host's own configuration are. */
    static byte[] queryLinked(Path file, int most) {
        try {
            return query(file.toRealPath(), most);
        } catch (IOException | RuntimeException e) {
            return new byte[0];
        }
    }

    /** Folders within {@code root}, no more than {@code most}. */
    static List<Path> queryFolders(Path root, int most) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
            for (Path each : all) {
                if (found.size() < most && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(each);
                }
            }
        } catch (IOException | RuntimeException e) {
            return found;
        }
        return found;
    }
}
