package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a system below a root. A file is made beside its place and renamed: whatever link stands there is
 * replaced, never followed, and nobody sees half of it. One thread.
 */
final class ServiceTree {
    /** Where a thing stands. */
    enum State {
        ABSENT,
        /** Just as it should be. */
        SAME,
        /** One of ours, with another content. */
        OURS,
        FOREIGN
    }

    private static final String FOLDER_MODE = "rwxr-xr-x";
    private static final String FILE_MODE = "rw-r--r--";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MARK_LINES = 4;

    private final Path root;

    ServiceTree(Path root) {
        this.root = root;
    }

    /** Where {@code path} is. */
    Path place(Path path) {
        return root.resolve(path);
    }

    /** How {@code item} stands there. */
    State query(ServiceItem item) throws FileFailure {
        Path place = place(item.path());
        try {
            return query(item, place);
        } catch (IOException e) {
            throw new FileFailure(place, e);
        }
    }

    private static State query(ServiceItem item, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return State.ABSENT;
        } else if (item instanceof ServiceItem.Link link) {
            boolean same =
                    Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(link.target());
            return same ? State.SAME : State.FOREIGN;
        }
        ServiceItem.Text text = (ServiceItem.Text) item;
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            return State.FOREIGN;
        }
        String found = queryText(place);
        if (found.equals(text.text())) {
            boolean readable = PosixFilePermissions.toString(Files.getPosixFilePermissions(place))
                    .equals(FILE_MODE);
            return readable ? State.SAME : State.OURS;
        }
        return found.lines().limit(MARK_LINES).anyMatch(text.mark()::equals) ? State.OURS : State.FOREIGN;
    }

    /** The text of a file of at most 1 MiB; what is longer is cut. */
    static String queryText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Makes the folders that {@code item} lies in, and adds those that were not there, outermost first. */
    void makeFolders(ServiceItem item, List<Path> made) throws IOException {
        Path folder = Path.of("");
        Path parent = item.path().getParent();
        for (Path name : parent == null ? Path.of("") : parent) {
            folder = folder.resolve(name);
            Path place = place(folder);
            if (!Files.isDirectory(place)) {
                Files.createDirectory(place);
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(FOLDER_MODE));
                made.add(folder);
            }
        }
    }

    /** Puts it there, in place of one of ours. */
    void write(ServiceItem item) throws IOException {
        Path place = place(item.path());
        Path beside = place.resolveSibling("." + place.getFileName() + ".new");
        Files.deleteIfExists(beside);
        if (item instanceof ServiceItem.Link link) {
            Files.createSymbolicLink(beside, link.target());
        } else {
            ServiceItem.Text text = (ServiceItem.Text) item;
            try (FileChannel file = FileChannel.open(
                    beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.text());
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(FILE_MODE));
                file.force(true);
            }
        }
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(ServiceItem item) throws IOException {
        Files.deleteIfExists(place(item.path()));
    }

    /** Whether the folder was empty and is gone. */
    boolean removeFolder(Path folder) throws FileFailure {
        Path place = place(folder);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.delete(place);
            return true;
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new FileFailure(place, e);
        }
    }

    /** The first folder on the way to {@code path} that is a link or no folder at all; null = there is none. */
    @Nullable
    Path obstacle(Path path) {
        Path folder = Path.of("");
        Path parent = path.getParent();
        for (Path name : parent == null ? Path.of("") : parent) {
            folder = folder.resolve(name);
            Path place = place(folder);
            boolean there = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
            boolean linkedAway = Files.isSymbolicLink(place) && root.getParent() != null;
            if (there && (linkedAway || !Files.isDirectory(place))) {
                return place;
            }
        }
        return null;
    }
}
