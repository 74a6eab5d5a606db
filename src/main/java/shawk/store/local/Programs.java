package shawk.store.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of the PostgreSQL server.
 *
 * @param folder holds bin, lib, share
 * @param version e.g. {@code 18.4.0}
 */
record Programs(Path folder, String version) {
    private static final String VERSION_FILE = "version-";
    private static final int SYNC_SECONDS = 120;

    /** As the build unpacked them. */
    static Programs query(Path folder) throws LocalServerException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> versions = entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.startsWith(VERSION_FILE))
                    .toList();
            if (versions.size() == 1) {
                return new Programs(folder, versions.get(0).substring(VERSION_FILE.length()));
            }
        } catch (IOException e) {
            // It is said below.
        }
        throw new LocalServerException("the PostgreSQL server is missing in " + folder
                + "; build again: remove the folder target, start ./shawk");
    }

    /** The number before the first dot: what data folders depend on. */
    String major() {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /**
     * A copy that every user may run, below {@code root}, which only root may write: the clone may lie where the
     * server's user cannot look. Other versions' copies go.
     */
    Programs sharedIn(Path root) throws IOException {
        Path copies = root.resolve("programs");
        OwnFiles.makeFolder(copies, "rwxr-xr-x");
        Path copy = copies.resolve(version);
        if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> others = Files.list(copies)) {
                for (Path other : others.toList()) {
                    OwnFiles.remove(other);
                }
            }
            Path fresh = copies.resolve(version + ".new");
            try {
                copy(folder, fresh);
                // What a loss of power would leave of it must not look like the whole.
                if (Commands.run(List.of("/bin/sync", "-f", fresh.toString()), "", SYNC_SECONDS)
                        .failed()) {
                    throw new IOException(fresh + ": sync failed");
                }
                OwnFiles.rename(fresh, copy);
            } catch (IOException e) {
                OwnFiles.remove(fresh);
                throw e;
            }
        }
        return new Programs(copy, version);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path made = to.resolve(from.relativize(folder));
                OwnFiles.makeFolder(made, "rwxr-xr-x");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path made = to.resolve(from.relativize(file));
                Files.copy(file, made, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isSymbolicLink()) {
                    String rights = Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--";
                    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(rights));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
