package shawk.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool in a real folder. */
final class FolderDiskTest {
    private static final SpoolLimits LIMITS = SpoolLimits.of(SpoolLimits.LEAST_BYTES);

    @Test
    void theFolderIsItsOwnersAlone(@TempDir Path temp) throws Exception {
        Path folder = temp.resolve("a/b/spool");
        try (Spool spool = Spool.open(folder, LIMITS, new TestBatches())) {
            spool.append(TestBatches.of(1, 1, 10));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void aFolderOfSomethingElseStaysAsItIs(@TempDir Path temp) throws Exception {
        Path folder = Files.createDirectory(temp.resolve("shared"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("notes"), "mine");
        assertThatThrownBy(() -> Spool.open(folder, LIMITS, new TestBatches()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("something else");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-xr-x");

        Files.delete(folder.resolve("notes"));
        Spool.open(folder, LIMITS, new TestBatches()).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderHasOneOwner(@TempDir Path temp) throws Exception {
        try (Spool spool = Spool.open(temp, LIMITS, new TestBatches())) {
            assertThat(spool.status().waiting()).isFalse();
            assertThatThrownBy(() -> Spool.open(temp, LIMITS, new TestBatches()))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("another process")
                    .extracting(e -> ((SpoolException) e).kind())
                    .isEqualTo(SpoolException.Kind.TAKEN);
        }
        Spool.open(temp, LIMITS, new TestBatches()).close();
    }

    @Test
    void numbersGoOnAboveThoseThatTheStoreHasSeen(@TempDir Path temp) throws Exception {
        try (Spool spool = Spool.open(temp, LIMITS, new TestBatches())) {
            spool.registered(1L << 40);
            assertThat(spool.append(TestBatches.of(1, 1, 10))).isGreaterThan(1L << 40);
            assertThat(TestBatches.ids(spool.next().batch())).isEqualTo(List.of(1L));
        }
        try (Spool spool = Spool.open(temp, LIMITS, new TestBatches())) {
            spool.registered(1L << 40);
            assertThat(TestBatches.ids(spool.next().batch())).isEqualTo(List.of(1L));
            assertThat(spool.status().lostBatches()).isZero();
        }
    }

    @Test
    void whatWaitsIsThereAgain(@TempDir Path temp) throws Exception {
        try (Spool spool = Spool.open(temp, LIMITS, new TestBatches())) {
            for (int i = 1; i <= 3; i++) {
                spool.append(TestBatches.of(i, 1, 10));
            }
            Waiting waiting = spool.next();
            spool.acknowledge(waiting.sequence());
        }
        try (Spool spool = Spool.open(temp, LIMITS, new TestBatches())) {
            Waiting waiting = spool.next();
            assertThat(TestBatches.ids(waiting.batch())).isEqualTo(List.of(2L));
        }
    }

    /** Links, folders and pipes under the spool's own names: none is followed, none stops it. */
    @Test
    void whatIsNoFileIsPutAside(@TempDir Path temp) throws Exception {
        Path folder = temp.resolve("spool");
        Spool.open(folder, LIMITS, new TestBatches()).close();
        Path victim = Files.writeString(temp.resolve("victim"), "untouched");
        for (String name : List.of("position", "lock", "0000000000000000.seg")) {
            Files.deleteIfExists(folder.resolve(name));
            Files.createSymbolicLink(folder.resolve(name), victim);
        }
        Files.createDirectory(folder.resolve("0000000000000001.seg"));
        Files.createDirectory(folder.resolve("0000000000000002.tmp"));
        try (Spool spool = Spool.open(folder, LIMITS, new TestBatches())) {
            spool.append(TestBatches.of(1, 1, 10));
            assertThat(spool.next()).isNotNull();
        }
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void aFolderThatCannotBeIsSaid(@TempDir Path temp) throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> Spool.open(file.resolve("spool"), LIMITS, new TestBatches()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("cannot be used");
    }
}
