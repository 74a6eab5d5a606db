package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for later: the log that was asked for, and the one of an internal error. */
class LogsTest {
    @TempDir
    Path folder;

    private static void checkPrivate(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anInternalErrorIsOneLineAndAPrivateFile() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main main = new Main(out, new PrintStream(err, true, StandardCharsets.UTF_8), (view, environment, log) -> {
            throw new IllegalStateException("a name with \u001b[2J in it");
        });
        assertThat(main.run("dump", "--redact=hunter2", "-f", "port = 443")).isEqualTo(4);
        String line = err.toString(StandardCharsets.UTF_8);
        assertThat(line)
                .matches("shawk: internal error: IllegalStateException; the log is /tmp/shawk-error-\\d+\\.log\n");
        Path file = Path.of(line.substring(line.indexOf("/tmp"), line.length() - 1));
        try {
            checkPrivate(file);
            assertThat(Files.readString(file))
                    .contains("shawk dump --redact=… -f port = 443", "a name with \\x1b[2J in it", "at shawk.cli.Main")
                    .doesNotContain("hunter2", "\u001b");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aDebugLogIsPrivateAndFollowsNoLink() throws Exception {
        Path file = folder.resolve("log");
        DebugLog log = DebugLog.open(file.toString());
        log.line("first\nforged");
        assertThat(DebugLog.open(file.toString()).on()).isTrue();
        checkPrivate(file);
        assertThat(Files.readString(file)).matches("shawk debug \\+\\d+ ms: first\\\\x0aforged\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> DebugLog.open(link.toString()))
                .hasMessage("SHAWK_DEBUG='" + link + "' cannot be written; name a file that can");
    }

    @Test
    void whatSwitchesTheDebugLogOnAndOff() throws Failure {
        for (String off : new String[] {null, "0", "false"}) {
            assertThat(DebugLog.open(off).on()).isFalse();
        }
        for (String on : new String[] {"1", "true", "stderr"}) {
            assertThat(DebugLog.open(on).onStandardError()).isTrue();
        }
        assertThatThrownBy(() -> DebugLog.open("yes"))
                .hasMessage("SHAWK_DEBUG='yes': expected 1 or the path of a file, e.g. ./yes");
    }
}
