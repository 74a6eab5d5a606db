package shawk.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that need the server at the same moment: one makes it, all use it, none keeps it when it was killed. */
@Timeout(300)
final class ManyStartersTest {
    private static final int STARTERS = 8;

    @TempDir
    Path folder;

    @Test
    void oneStartsItAllUseIt() throws Exception {
        try (Servers servers = new Servers(folder)) {
            List<Process> starters = new ArrayList<>();
            try {
                for (int i = 0; i < STARTERS; i++) {
                    starters.add(start());
                }
                Set<String> answers = new HashSet<>();
                for (Process each : starters) {
                    String line = each.inputReader(StandardCharsets.US_ASCII).readLine();
                    assertThat(line).as(this::complaints).matches("42 [1-9]\\d*");
                    answers.add(line);
                }
                assertThat(answers).as("one server").hasSize(1);
                ServerStatus status = servers.server().status();
                assertThat(status.users()).hasSize(STARTERS);
                for (Process each : starters) {
                    each.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
                }
                Servers.await("its end, since nobody uses it", () -> !Servers.alive(status.supervisor()));
            } finally {
                starters.forEach(Process::destroyForcibly);
            }
        }
    }

    private Process start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dshawk.native.dir=" + Servers.NATIVE,
                "-cp",
                System.getProperty("java.class.path"),
                UseOnce.class.getName(),
                folder.toString(),
                "1");
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("complaints").toFile()))
                .start();
    }

    private String complaints() {
        try {
            return Files.readString(folder.resolve("complaints"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
