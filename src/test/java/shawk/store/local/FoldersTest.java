package shawk.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;

/** Folders in which no server is started, for what they are, hold or have no room for. */
@Timeout(300)
final class FoldersTest {
    @TempDir
    Path folder;

    private Servers servers;
    private Path mounted;

    @BeforeEach
    void open() throws Exception {
        servers = new Servers(folder);
        Files.createDirectories(servers.root.getParent());
        Files.setPosixFilePermissions(servers.root.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void close() throws Exception {
        servers.close();
        if (mounted != null) {
            Commands.output("/bin/umount", mounted.toString());
        }
    }

    @Test
    void aFolderWithSomethingElse() throws Exception {
        Files.createDirectory(servers.root);
        Files.writeString(servers.root.resolve("letters"), "dear");
        refuses(" holds something else, such as letters; nothing in it was touched: move it away");
    }

    @Test
    void aLink() throws Exception {
        Files.createSymbolicLink(servers.root, Files.createDirectory(folder.resolve("elsewhere")));
        refuses(" is a symbolic link, and the data of the CMDB go into a folder of their own; nothing in it was"
                + " touched: move it away");
    }

    @Test
    void aFile() throws Exception {
        Files.writeString(servers.root, "");
        refuses(" is no folder; nothing in it was touched: move it away");
    }

    @Test
    void somebodyElses() throws Exception {
        Files.createDirectory(servers.root);
        Files.setAttribute(servers.root, "unix:uid", 65534);
        refuses(" belongs to user 65534, not to 0; nothing in it was touched: move it away");
    }

    @Test
    void oneThatOthersMayWrite() throws Exception {
        Files.createDirectory(servers.root);
        Files.setPosixFilePermissions(servers.root, PosixFilePermissions.fromString("rwxrwxrwx"));
        String line = line();
        assertThat(line).isEqualTo("others may write into " + servers.root + "; type: chmod go-w " + servers.root);
    }

    @Test
    void dataOfAnotherVersion() throws Exception {
        Path data = Files.createDirectories(servers.root.resolve("17/data"));
        Files.writeString(servers.root.resolve(DataFolder.MARK), "");
        Files.writeString(data.resolve("PG_VERSION"), "17\n");
        refuses("/17 holds data of PostgreSQL 17, and this is 18; nothing was touched. With the programs of"
                + " PostgreSQL 17 (apt-get install postgresql-17) this copies them over: mv ");
        assertThat(line()).contains("/usr/lib/postgresql/17/bin/pg_dump ", "psql -q \"$(shawk cmdb url)\"");
        assertThatThrownBy(() -> servers.status()).isInstanceOf(LocalServerException.class);
    }

    @Test
    void dataThatSayTheyAreOfAnotherVersion() throws Exception {
        Path data = Files.createDirectories(servers.root.resolve("18/data"));
        Files.writeString(servers.root.resolve(DataFolder.MARK), "");
        Files.writeString(data.resolve("PG_VERSION"), "12\n");
        refuses("/18/data holds data of PostgreSQL version 12, not of 18; nothing in it was touched: move it away");
    }

    private void refuses(String line) throws Exception {
        Map<String, String> before = tree();
        assertThat(line()).startsWith(servers.root + line);
        assertThat(tree()).isEqualTo(before);
    }

    private String line() {
        LocalServerException refusal = catchThrowableOfType(LocalServerException.class, () -> servers.use());
        assertThat(refusal).isNotNull();
        return refusal.line();
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                found.put(
                        file.toString(),
                        Files.readAttributes(file, "unix:mode,uid,ctime", LinkOption.NOFOLLOW_LINKS)
                                .toString());
            }
        }
        return found;
    }

    /** Nothing half-made is left that a later start would stumble over. */
    @Test
    void aFullDisk() throws Exception {
        Path root = Files.createDirectory(servers.root);
        Commands.output("/bin/mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "none", root.toString());
        mounted = root;
        servers.roomBytes = 100 << 20;
        assertThat(line())
                .startsWith("no room for the embedded PostgreSQL in " + root + " (")
                .contains("MiB are free, the first start takes 100");
        servers.roomBytes = 0;
        assertThat(line())
                .startsWith("no room for the embedded PostgreSQL in " + root + " (")
                .contains("No space left on device");
        assertThat(names(root)).containsExactlyInAnyOrder(DataFolder.MARK, "run");

        Commands.output("/bin/mount", "-o", "remount,size=300m", root.toString());
        try (LocalServer.Lease lease = servers.use()) {
            Servers.ask(lease, "create table kept as select 42 as value");
        }
        servers.server().stop();
        Path filler = root.resolve("filler");
        assertThatThrownBy(() -> Commands.output("/bin/dd", "if=/dev/zero", "of=" + filler, "bs=64k"))
                .hasMessageContaining("No space left");
        assertThat(line())
                .startsWith("no room for the embedded PostgreSQL in ")
                .contains("No space left on device")
                .endsWith("; make some, and try again");
        Files.delete(filler);
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select value from kept")).isEqualTo("42");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
