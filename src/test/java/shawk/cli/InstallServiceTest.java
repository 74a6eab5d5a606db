package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a system, and taken away again. */
final class InstallServiceTest {
    private static final String UNIT = "usr/local/lib/systemd/system/shawk-probe.service";

    @TempDir
    Path scratch;

    private Path home;
    private Path root;

    /** A host where nothing is run. */
    private record FakeHost(boolean root, boolean systemd, String queryUsers, List<List<String>> ran)
            implements ServiceHost {
        @Override
        public String run(List<String> command) {
            ran.add(command);
            return "";
        }
    }

    private final FakeHost host = new FakeHost(false, true, "", new ArrayList<>());

    private record Outcome(String out, @Nullable String failure) {}

    @BeforeEach
    void putUp() throws IOException {
        home = Files.createDirectories(scratch.resolve("clone"));
        root = Files.createDirectories(scratch.resolve("root"));
        Files.createDirectories(home.resolve("man"));
        Files.writeString(home.resolve("shawk"), "#!/bin/sh\n");
        for (String page : List.of("shawk.1", "shawk-fields.7")) {
            Files.copy(Path.of("man", page), home.resolve("man").resolve(page));
        }
    }

    private Outcome run(boolean remove) throws IOException {
        return run(root.toString(), remove);
    }

    private Outcome run(@Nullable String typed, boolean remove) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InstallServiceCommand command = new InstallServiceCommand(home, null, host, out);
        String failure = null;
        try {
            assertThat(command.run(typed, remove)).isZero();
        } catch (Failure e) {
            failure = e.status() + " " + e.line();
        }
        return new Outcome(out.toString(StandardCharsets.UTF_8), failure);
    }

    /** Every file, link and folder below the root, with what it holds. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                String content = Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file) ? mode : mode + " " + Files.readString(file);
                all.put(root.relativize(file).toString(), content);
            }
        }
        return all;
    }

    @Test
    void writesEachThingAndSaysSo() throws IOException {
        Outcome outcome = run(false);
        assertThat(outcome.failure).isNull();
        List<String> files = List.of(
                UNIT,
                "usr/local/lib/systemd/system/shawk-zk-stats.service",
                "usr/local/lib/sysusers.d/shawk.conf",
                "usr/local/share/bash-completion/completions/shawk",
                "usr/local/share/zsh/site-functions/_shawk",
                "usr/local/share/man/man1/shawk.1",
                "usr/local/share/man/man7/shawk-fields.7");
        Map<String, String> tree = tree();
        for (String file : files) {
            assertThat(tree.get(file)).as(file).startsWith("rw-r--r-- ").contains("Written by shawk install-service");
            assertThat(outcome.out).contains("wrote " + root.resolve(file) + "\n");
        }
        assertThat(tree).containsEntry("usr/local/bin/shawk", "-> " + home.resolve("shawk"));
        assertThat(tree.get(UNIT))
                .contains("ExecStart=" + home + "/shawk probe\n")
                .doesNotContain("@clone@");
        assertThat(tree.get("usr/local/share/zsh/site-functions/_shawk")).startsWith("rw-r--r-- #compdef shawk\n");
        assertThat(tree.values()).allMatch(each -> !each.startsWith("rwx") || each.equals("rwxr-xr-x"));
        assertThat(host.ran).as("another root than the host's").isEmpty();
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        run(false);
        Map<String, String> before = tree();
        Outcome again = run(false);
        assertThat(again.failure).isNull();
        assertThat(again.out).isEqualTo("nothing to do: all is there as it should be\n");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void anUpgradeWritesWhatHasChanged() throws IOException {
        run(false);
        Map<String, String> before = tree();
        Files.writeString(
                root.resolve(UNIT), before.get(UNIT).substring(10).replace("WatchdogSec=180", "WatchdogSec=1"));
        Files.setPosixFilePermissions(
                root.resolve("usr/local/share/man/man1/shawk.1"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Outcome outcome = run(false);
        assertThat(outcome.out)
                .isEqualTo("wrote " + root.resolve(UNIT) + "\nwrote " + root.resolve("usr/local/share/man/man1/shawk.1")
                        + "\n");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void removingUndoesThatAndNothingElse() throws IOException {
        Files.createDirectories(root.resolve("usr/local/share/man"));
        Files.createDirectories(root.resolve("usr/local/bin"));
        Files.writeString(root.resolve("usr/local/bin/other"), "other");
        Map<String, String> before = tree();
        run(false);
        run(false);
        Files.writeString(root.resolve("usr/local/share/man/man7/other.7"), "other");
        Outcome outcome = run(true);
        assertThat(outcome.failure).isNull();
        assertThat(outcome.out).contains("removed " + root.resolve(UNIT) + "\n");
        Files.delete(root.resolve("usr/local/share/man/man7/other.7"));
        Files.delete(root.resolve("usr/local/share/man/man7"));
        assertThat(tree()).isEqualTo(before);
        assertThat(run(true).out).isEqualTo("nothing to do: nothing of it is there\n");
    }

    private void foreign(String path, boolean link) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        if (link) {
            Files.createSymbolicLink(file, scratch.resolve("target"));
        } else {
            Files.writeString(file, "of somebody else\n");
        }
        Map<String, String> before = tree();
        Outcome outcome = run(false);
        assertThat(outcome.failure).startsWith("3 " + file + " is there, and shawk install-service did not write it");
        assertThat(outcome.out).isEmpty();
        assertThat(tree()).isEqualTo(before);
        run(true);
        assertThat(tree()).isEqualTo(before);
        assertThat(scratch.resolve("target")).doesNotExist();
        Files.delete(file);
    }

    @Test
    void whatItDidNotWriteIsLeftAlone() throws IOException {
        foreign(UNIT, false);
        foreign(UNIT, true);
        foreign("usr/local/share/man/man1/shawk.1", true);
        foreign("usr/local/bin/shawk", false);
        foreign("usr/local/bin/shawk", true);
    }

    @Test
    void noLinkLeadsOutOfAnotherRoot() throws IOException {
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.createDirectories(root.resolve("usr"));
        Files.createSymbolicLink(root.resolve("usr/local"), outside);
        assertThat(run(false).failure).startsWith("3 " + root.resolve("usr/local") + " is no folder of this system");
        assertThat(run(true).failure).isNull();
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anEnabledServiceIsNotRemoved() throws IOException {
        run(false);
        Path enabled = root.resolve("etc/systemd/system/multi-user.target.wants/shawk-probe.service");
        Files.createDirectories(enabled.getParent());
        Files.createSymbolicLink(enabled, Path.of("/" + UNIT));
        assertThat(run(true).failure)
                .isEqualTo("3 the service is enabled or runs; nothing was removed. Type first: systemctl disable --now"
                        + " shawk-probe.service");
        assertThat(root.resolve(UNIT)).exists();
    }

    @Test
    void theFoldersThatAreToldAreOnlyThoseThatCouldBe() throws IOException {
        run(false);
        Path victim = Files.createDirectories(root.resolve("victim"));
        Path unit = root.resolve(UNIT);
        Files.writeString(
                unit,
                Files.readString(unit).replace("# Folders made for it: ", "# Folders made for it: victim ../victim "));
        run(true);
        assertThat(victim).exists();
        assertThat(unit).doesNotExist();
    }

    @Test
    void badInput() throws IOException {
        assertThat(run(null, false).failure)
                .isEqualTo("3 what belongs to the system is root's to write; type: sudo " + home
                        + "/shawk install-service");
        assertThat(run(null, true).failure).endsWith("install-service --remove");
        assertThat(run(scratch.resolve("none").toString(), false).failure)
                .startsWith("2 --root ")
                .endsWith(": there is no such folder; make it first");
        home = Files.createDirectories(scratch.resolve("a clone%h"));
        assertThat(run(false).failure)
                .contains("a unit file takes no such path")
                .endsWith("as to /opt/shawk");
        home = Files.createDirectories(scratch.resolve("empty"));
        assertThat(run(false).failure).startsWith("3 the manual pages in " + home + "/man cannot be read");
    }

    @Test
    void theUserOfTheService() {
        String other = "root:x:0:0:root:/root:/bin/bash\nshawks:x:7:7::/:/bin/sh\n";
        assertThat(ServiceUser.find(other)).isEqualTo(ServiceUser.ABSENT);
        assertThat(ServiceUser.find(other + "shawk:x:999:999:shawk probe:/nonexistent:/usr/sbin/nologin"))
                .isEqualTo(ServiceUser.OURS);
        assertThat(ServiceUser.find("shawk:x:999:999::/nonexistent:/usr/sbin/nologin\n" + other))
                .isEqualTo(ServiceUser.OTHER);
        assertThat(ServiceUser.find("shawk:x:1000:1000::/home/shawk:/bin/bash\n"))
                .isEqualTo(ServiceUser.TAKEN);
        assertThat(ServiceUser.find("shawk:x:0:0::/root:/usr/sbin/nologin\n")).isEqualTo(ServiceUser.TAKEN);
    }

    /** The scratch folder lies in a folder that is open to all, but sticky. */
    @Test
    void theCloneIsNobodyElsesToWrite() throws IOException {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.createDirectories(home.resolve("target/lib")).resolve("x.jar");
        Files.writeString(file, "");
        checkClone("rw-r--r--", file, "");
        checkClone("rw-r--rw-", file, "can be written by others");
        checkClone("rw-r-----", file, "cannot be read by others");
        checkClone("rwxr-xr-x", file.getParent(), "");
        checkClone("rwxr-xrwx", file.getParent(), "can be written by others");
        checkClone("rwx------", file.getParent(), "cannot be read by others");
        checkClone("rwxrwxrwx", scratch, "can be written by others");
        checkClone("rwx------", scratch, "lets nobody else in");
        assertThat(CloneCheck.query(Path.of("/root/clone")))
                .singleElement()
                .asString()
                .contains("does not see");
    }

    private void checkClone(String mode, Path changed, String trouble) throws IOException {
        Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString(mode));
        List<String> troubles = CloneCheck.query(home);
        if (trouble.isEmpty()) {
            assertThat(troubles).isEmpty();
        } else {
            assertThat(troubles)
                    .singleElement()
                    .asString()
                    .startsWith(changed + " ")
                    .contains(trouble, "type: chmod ");
        }
        Files.setPosixFilePermissions(
                changed, PosixFilePermissions.fromString(Files.isDirectory(changed) ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
