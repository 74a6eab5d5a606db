package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A real folder: its owner's alone, locked as long as it is open. Nothing is mapped into memory, since a full disk
 * would end the program there, and nothing follows a link.
 */
final class FolderDisk implements Disk {
    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final FileChannel folderChannel;
    private final FileChannel lockChannel;

    private FolderDisk(Path folder, FileChannel folderChannel, FileChannel lockChannel) {
        this.folder = folder;
        this.folderChannel = folderChannel;
        this.lockChannel = lockChannel;
    }

    /**
     * Opens a folder, which is made where it is not there.
     *
     * @throws SpoolException if another process has it, or if it cannot be used
     */
    static FolderDisk open(Path folder) throws SpoolException {
        try {
            make(folder);
            FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            FileChannel lock = openLock(folder);
            if (!taken(lock)) {
                lock.close();
                channel.close();
                throw new SpoolException(SpoolException.Kind.TAKEN, folder + " belongs to another process of shawk's");
            }
            return new FolderDisk(folder, channel, lock);
        } catch (IOException e) {
            throw new SpoolException(
                    SpoolException.Kind.UNUSABLE, "the spool folder " + folder + " cannot be used: " + reason(e), e);
        }
    }

    /** Why something did not work, without the file that the caller names. */
    static String reason(IOException failure) {
        String message = failure.getMessage();
        if (failure instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something else has its name";
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static void make(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
            } catch (FileAlreadyExistsException e) {
                // Another process may have made it just now.
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
        if (owner(folder, LinkOption.NOFOLLOW_LINKS) != owner(Path.of("/proc/self"))) {
            throw new IOException("it belongs to another user");
        }
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWN)) {
            checkOurs(folder);
            Files.setPosixFilePermissions(folder, OWN);
        }
    }

    private static long owner(Path path, LinkOption... options) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", options)).longValue();
    }

    /** Others are kept out of a spool, but not of what somebody has named by mistake, such as /tmp. */
    private static void checkOurs(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            boolean empty = !entries.iterator().hasNext();
            if (!empty && !Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it holds something else; name a folder of its own");
            }
        }
    }

    private static FileChannel openLock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(file, folder.resolve(Kept.nameOf(LOCK, System.nanoTime())));
        }
        return FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS), OWN_FILE);
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path each : entries) {
                names.add(String.valueOf(each.getFileName()));
            }
        }
        return names;
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return new File(FileChannel.open(
                folder.resolve(name),
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS),
                OWN_FILE));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        Path file = folder.resolve(name);
        // A pipe would keep whoever opens it waiting.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(name + " is no regular file");
        }
        return new File(
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncFolder() throws IOException {
        folderChannel.force(true);
    }

    @Override
    public void close() throws IOException {
        try (lockChannel) {
            folderChannel.close();
        }
    }

    private record File(FileChannel channel) implements DiskFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            long place = at;
            while (into.hasRemaining()) {
                int got = channel.read(into, place);
                if (got < 0) {
                    return;
                }
                place += got;
            }
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            long place = at;
            while (from.hasRemaining()) {
                place += channel.write(from, place);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
