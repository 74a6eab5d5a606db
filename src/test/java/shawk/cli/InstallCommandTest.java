package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;

/** What is installed below a root, and taken back. */
final class InstallCommandTest {
    private static final Path CLONE = Path.of("/opt/shawk");
    private static final InstallPlan PLAN = InstallPlan.of(
            CLONE,
            List.of("shawk.1", "shawk-fields.7"),
            "",
            Map.of("bash", "# bash\nx\n", "zsh", "#compdef shawk\ny\n"));

    @TempDir
    Path root;

    private String install() throws Failure {
        return new InstallCommand(PLAN, root).install();
    }

    private String remove() throws Failure {
        return new InstallCommand(PLAN, root).remove();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(each -> !Files.isDirectory(each) || Files.isSymbolicLink(each))
                    .map(each -> root.relativize(each).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everythingIsThereOnceAndGoesAgain() throws Exception {
        String said = install();
        assertThat(files())
                .containsExactly(
                        "etc/default/shawk",
                        "etc/systemd/system/shawk-probe.service",
                        "usr/local/bin/shawk",
                        "usr/local/share/bash-completion/completions/shawk",
                        "usr/local/share/man/man1/shawk.1",
                        "usr/local/share/man/man7/shawk-fields.7",
                        "usr/local/share/zsh/site-functions/_shawk");
        assertThat(said.lines()).hasSize(7);
        assertThat(Files.readSymbolicLink(root.resolve("usr/local/bin/shawk"))).isEqualTo(CLONE.resolve("shawk"));
        assertThat(Files.readString(root.resolve("usr/local/share/zsh/site-functions/_shawk")))
                .startsWith("#compdef shawk\n# Installed by shawk install-service.\ny\n");
        assertThat(install().lines()).hasSize(7).allMatch(line -> line.startsWith("up to date "));
        assertThat(remove().lines()).hasSize(7).allMatch(line -> line.startsWith("removed "));
        assertThat(files()).isEmpty();
        assertThat(remove()).isEqualTo("nothing was installed\n");
    }

    /** It may hold a password. */
    @Test
    void onlyRootReadsTheSettings() throws Exception {
        install();
        Path settings = root.resolve(InstallPlan.DEFAULTS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                .isEqualTo("rw-------");
        Files.writeString(settings, "SHAWK_PROBE_MODE=streaming\n");
        assertThat(install()).contains("left as it is " + settings);
        assertThat(remove()).contains("left, since it was changed or is not from this clone: " + settings);
        assertThat(settings).hasContent("SHAWK_PROBE_MODE=streaming\n");
    }

    @Test
    void whatIsSomebodyElsesStays() throws Exception {
        for (String path : List.of(InstallPlan.UNIT, "usr/local/bin/shawk", "usr/local/share/man/man1/shawk.1")) {
            Path foreign = root.resolve(path);
            Files.createDirectories(foreign.getParent());
            Files.writeString(foreign, "somebody else's");
            assertThatThrownBy(this::install)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("is not written over");
            assertThat(files()).as("nothing is done by halves").containsExactly(path);
            assertThat(remove()).contains("left, since");
            assertThat(foreign).hasContent("somebody else's");
            Files.delete(foreign);
        }
    }

    @Test
    void anOlderUnitIsBroughtUpToDateAndWhatEnabledItGoes() throws Exception {
        install();
        Path unit = root.resolve(InstallPlan.UNIT);
        Files.writeString(unit, "# " + InstallPlan.MARK + "\n[Unit]\n");
        assertThat(install()).contains("brought up to date " + unit);
        Path wants = root.resolve("etc/systemd/system/multi-user.target.wants/shawk-probe.service");
        Files.createDirectories(wants.getParent());
        Files.createSymbolicLink(wants, Path.of("/" + InstallPlan.UNIT));
        remove();
        assertThat(files()).isEmpty();
    }

    /** As systemd itself reads it. */
    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        Path clone = Path.of("").toAbsolutePath();
        InstallPlan plan = InstallPlan.of(clone, List.of(), "/usr/lib/jvm/some java", Map.of());
        new InstallCommand(plan, root).install();
        String said = Commands.output(
                "systemd-analyze",
                "verify",
                "--man=no",
                root.resolve(InstallPlan.UNIT).toString());
        assertThat(said.lines().filter(line -> line.contains("shawk-probe"))).isEmpty();
    }

    @Test
    void theServiceHasTheLeastCapabilities() throws Exception {
        install();
        String unit = Files.readString(root.resolve(InstallPlan.UNIT));
        String least = "CAP_SYS_PTRACE CAP_DAC_READ_SEARCH CAP_BPF CAP_PERFMON\n";
        assertThat(unit)
                .contains("\nAmbientCapabilities=" + least)
                .contains("\nCapabilityBoundingSet=" + least)
                .contains("\nType=notify\n")
                .contains("\nExecStart=/opt/shawk/shawk probe\n")
                .doesNotContain("\nMemoryDenyWriteExecute");
    }
}
