package shawk.store.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of the data: ours or nobody's, else it is left alone. */
final class DataFolder {
    /** Says whose the folder is. */
    static final String MARK = "shawk-cmdb-data";

    private static final String MOVE = "; nothing in it was touched: move it away";

    private final Path root;
    private final String major;
    private final long uid;

    /**
     * @param root the folder
     * @param major version of the server, e.g. {@code 18}
     * @param uid who runs this program
     */
    DataFolder(Path root, String major, long uid) {
        this.root = root;
        this.major = major;
        this.uid = uid;
    }

    /** What belongs to this version: data, log, passwords. */
    Path version() {
        return root.resolve(major);
    }

    Path data() {
        return version().resolve("data");
    }

    /** Whether a server of this version has its data here. */
    boolean founded() {
        return Files.exists(version(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses what is not ours; changes nothing. */
    void check() throws LocalServerException {
        try {
            Path parent = root.getParent();
            if (parent != null && Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
                checkOwner(parent);
            }
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            checkOwner(root);
            List<String> names = names();
            if (!names.isEmpty() && !names.contains(MARK)) {
                throw new LocalServerException(root + " holds something else, such as "
                        + root.resolve(names.get(0)).getFileName() + MOVE);
            }
            checkVersion(names);
        } catch (IOException e) {
            throw new LocalServerException(root + " cannot be looked at: " + reason(e), e);
        }
    }

    private void checkOwner(Path folder) throws IOException, LocalServerException {
        if (Files.isSymbolicLink(folder)) {
            throw new LocalServerException(
                    folder + " is a symbolic link, and the data of the CMDB go into a folder" + " of their own" + MOVE);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new LocalServerException(folder + " is no folder" + MOVE);
        }
        long owner = OwnFiles.owner(folder);
        if (owner != uid) {
            throw new LocalServerException(folder + " belongs to user " + owner + ", not to " + uid + MOVE);
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new LocalServerException("others may write into " + folder + "; type: chmod go-w " + folder);
        }
    }

    private void checkVersion(List<String> names) throws IOException, LocalServerException {
        if (names.contains(major)) {
            Path file = data().resolve("PG_VERSION");
            String found = Files.exists(file) ? OwnFiles.read(file).strip() : "no";
            if (!found.equals(major)) {
                throw new LocalServerException(
                        data() + " holds data of PostgreSQL version " + found + ", not of " + major + MOVE);
            }
            return;
        }
        for (String name : names) {
            if (name.matches("\\d{1,3}")) {
                throw new LocalServerException(
                        root.resolve(name) + " holds data of PostgreSQL " + name + ", and this is "
                                + major + "; nothing was touched. With the programs of PostgreSQL " + name
                                + " (apt-get install postgresql-" + name + ") this copies them over: " + copying(name));
            }
        }
    }

    /** One command line; the old data stay, under another name. */
    private String copying(String old) throws IOException {
        String away = root + "-" + old;
        String programs = "/usr/lib/postgresql/" + old + "/bin/";
        long owner = OwnFiles.owner(root.resolve(old).resolve("data"));
        String as = owner == uid ? "" : "setpriv --reuid=" + owner + " --regid=" + owner + " --clear-groups ";
        String control = as + programs + "pg_ctl -w -D " + away + "/data";
        return "mv " + root.resolve(old) + " " + away + " && " + control + " -l " + away + "/data/copy.log -o '-c"
                + " listen_addresses= -c unix_socket_directories=" + away + "/data' start && PGPASSFILE=" + away
                + "/pgpass " + programs + "pg_dump -h " + away + "/data -U shawk shawk | " + programs
                + "psql -q \"$(shawk cmdb url)\"; " + control + " stop";
    }

    /** Makes what is not there; the mark last, so that a folder without it is empty. */
    void claim() throws IOException {
        boolean host = uid == 0;
        Path parent = root.getParent();
        if (parent != null && !Files.exists(parent)) {
            Path above = parent.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            OwnFiles.makeFolder(parent, host ? "rwxr-xr-x" : "rwx------");
        }
        // Of root's, the server's user and readers have to pass through to what is theirs.
        OwnFiles.makeFolder(root, host ? "rwx--x--x" : "rwx------");
        Path mark = root.resolve(MARK);
        if (!Files.exists(mark, LinkOption.NOFOLLOW_LINKS)) {
            OwnFiles.mark(mark);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** What the operating system said, in one line. */
    static String reason(IOException failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            String kind = failure instanceof NoSuchFileException
                    ? "No such file or folder"
                    : failure instanceof AccessDeniedException ? "Permission denied" : "it failed";
            return file.getFile() + ": " + (reason == null ? kind : reason);
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
