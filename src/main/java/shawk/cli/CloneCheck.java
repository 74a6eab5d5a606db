package shawk.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service with capabilities may run what lies in a clone: its own user has to be able to read it, and whoever
 * could write into it would have the service's rights. One thread.
 */
final class CloneCheck {
    private static final int OTHERS_WRITE = 02;
    private static final int GROUP_WRITES = 020;
    private static final int STICKY = 01000;
    private static final int OTHERS_READ = 04;
    private static final int OTHERS_ENTER = 01;

    /** Folders that a unit with ProtectHome does not see. */
    private static final List<Path> HIDDEN = List.of(Path.of("/home"), Path.of("/root"), Path.of("/run/user"));

    /** Folders of the clone that nothing runs from. */
    private static final Set<String> UNUSED =
            Set.of(".git", "target/surefire-reports", "target/test-classes", "target/m2", "src/test");

    private final Path home;
    private final List<String> troubles = new ArrayList<>();

    private CloneCheck(Path home) {
        this.home = home;
    }

    /**
     * What speaks against it, a line each that says what to type; empty = nothing.
     *
     * @param home the clone, an absolute path without links
     */
    static List<String> query(Path home) throws IOException {
        CloneCheck check = new CloneCheck(home);
        check.queryWay();
        if (check.troubles.isEmpty()) {
            check.queryContent();
        }
        return check.troubles;
    }

    /** Whom the clone belongs to where that is not root; null = root. */
    static @Nullable String owner(Path home) throws IOException {
        int uid = (int) Files.getAttribute(home, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return uid == 0
                ? null
                : Failure.plain(Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName());
    }

    private void queryWay() throws IOException {
        for (Path hidden : HIDDEN) {
            if (home.startsWith(hidden)) {
                troubles.add("the clone " + home + " lies below " + hidden
                        + ", which the service does not see; move it," + " as to /opt/shawk");
                return;
            }
        }
        for (Path folder = home.getParent(); folder != null; folder = folder.getParent()) {
            int mode = mode(folder);
            if ((mode & OTHERS_ENTER) == 0) {
                troubles.add(folder + " lets nobody else in, and so not the service; type: chmod o+x " + folder);
            }
            if (othersWrite(folder, mode) && (mode & STICKY) == 0) {
                troubles.add(folder + " can be written by others, who could replace what the service runs; type: chmod"
                        + " go-w " + folder);
            }
        }
    }

    private void queryContent() throws IOException {
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (UNUSED.contains(home.relativize(folder).toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return look(folder, OTHERS_READ | OTHERS_ENTER);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : look(file, OTHERS_READ);
            }
        });
    }

    private FileVisitResult look(Path file, int needed) throws IOException {
        int mode = mode(file);
        if (othersWrite(file, mode)) {
            troubles.add(file + " can be written by others, who would have the rights of the service; type: chmod -R"
                    + " go-w " + home);
            return FileVisitResult.TERMINATE;
        }
        if ((mode & needed) != needed) {
            troubles.add(file + " cannot be read by others, and so not by the service; type: chmod -R a+rX " + home);
            return FileVisitResult.TERMINATE;
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean othersWrite(Path file, int mode) throws IOException {
        Map<String, Object> group = Files.readAttributes(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        return (mode & OTHERS_WRITE) != 0
                || (mode & GROUP_WRITES) != 0 && !Integer.valueOf(0).equals(group.get("gid"));
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }
}
