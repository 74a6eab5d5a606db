package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.pg.Retention;
import shawk.store.pg.Scheme;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** {@code create-scheme}: what it takes, what it says, where it ends. */
final class CreateSchemeTest {
    private static void checkUsage(String line, String expected) {
        Run run = Run.of(line.split(" "));
        assertThat(run.err()).isEqualTo("shawk: " + expected + "\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsTypedWrong() {
        checkUsage(
                "create-scheme --retain 30",
                "--retain '30': expected a time from 1d to 1000d, or years up to 99y; type --retain 30d");
        checkUsage(
                "create-schema --retain-days 1h",
                "--retain-days '1h': expected a time from 1d to 1000d, or years up to 99y; type --retain-days 30d");
        checkUsage(
                "create-scheme now",
                "shawk create-scheme does not take 'now'; shawk help create-scheme says what it" + " takes");
    }

    @Test
    void timesAndYears() throws Failure {
        assertThat(CreateSchemeCommand.parseRetention(
                        ArgumentParser.parse("create-schema", "--retain", "36h", "--retain-days", "2y")))
                .isEqualTo(new Retention(Duration.ofHours(36), null, Duration.ofDays(730)));
    }

    @Test
    void aLineSaysWhatWasDone() {
        assertThat(CreateSchemeCommand.line(
                        new Scheme.Outcome(0, 1, true, 3, List.of()),
                        new Retention(Duration.ofDays(7), Duration.ofHours(36), null),
                        "X"))
                .isEqualTo("built the scheme, version 1: X, distributed; minutes are kept 7 d; hours are kept 36 h");
        assertThat(CreateSchemeCommand.line(new Scheme.Outcome(1, 2, false, 0, List.of()), Retention.AS_IT_IS, "X"))
                .isEqualTo("brought the scheme from version 1 to 2: X");
    }

    @Test
    void aUrlThatIsNoneIsWrongUsageWithoutItsPassword() {
        Environment environment = new Environment(Map.of("SHAWK_CMDB_URL", "postgres://u:hunter2@h:x/y"));
        try {
            CmdbChoice.of(environment, new Notices(System.err));
        } catch (Failure e) {
            assertThat(e.status()).isEqualTo(2);
            assertThat(e.line())
                    .startsWith("SHAWK_CMDB_URL: the URL has a port")
                    .doesNotContain("hunter2");
            return;
        }
        throw new AssertionError("it was taken");
    }

    @ParameterizedTest
    @EnumSource
    void asAProgram(Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        String url = server.url(server.newDatabase());
        String shown = url.replaceAll("//.*@", "//postgres@");
        check(url, 0, "built the scheme, version " + Scheme.VERSION + ": " + shown + "\n", "", "create-scheme");
        check(
                url,
                0,
                "the scheme is there, version " + Scheme.VERSION + ": " + shown + "; minutes are kept 7 d\n",
                "",
                "create-schema",
                "--retain",
                "7d");
        check(
                url,
                3,
                "",
                "shawk: the CMDB at 127.0.0.1:" + server.port() + " has no extension citus in database",
                "create-scheme",
                "--distributed");
        check(
                url.replaceAll(":[^:@]*@", ":hunter2@"),
                3,
                "",
                "shawk: the CMDB at 127.0.0.1:" + server.port() + " does not take the password of 'postgres'",
                "create-scheme");
    }

    private static void check(String url, int status, String out, String err, String... command) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("SHAWK_CMDB_URL", url);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String wrong = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(wrong).isEqualTo(status);
        assertThat(said).isEqualTo(out);
        assertThat(wrong).startsWith(err).doesNotContain("hunter2").doesNotContain(PostgresServer.PASSWORD);
        assertThat(wrong.isEmpty()).isEqualTo(err.isEmpty());
    }
}
