package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked of {@code zk stats}, and what is said of the rest. */
final class ZkStatsParserTest {
    @TempDir
    Path folder;

    private static ZkStatsSettings parse(Map<String, String> variables, String... options) throws Failure {
        List<String> words = new ArrayList<>(List.of("zk", "stats"));
        words.addAll(List.of(options));
        return new ZkStatsParser(ArgumentParser.parse(words.toArray(String[]::new)), variables).query();
    }

    private static void refuse(String line, String... options) {
        assertThatThrownBy(() -> parse(Map.of(), options))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.line()).startsWith(line));
    }

    @Test
    void defaultsAreThoseOfZkTraffic() throws Exception {
        ZkStatsSettings settings = parse(Map.of());
        assertThat(settings.stats().top()).isEqualTo(10);
        assertThat(settings.stats().depth()).isZero();
        assertThat(settings.stats().sampling()).isEqualTo(1);
        assertThat(settings.stats().bytes()).isTrue();
        assertThat(settings.server().port()).isEqualTo(7070);
        assertThat(settings.server().address().isLoopbackAddress()).isTrue();
        assertThat(settings.server().token()).isNull();
        assertThat(settings.niceness()).isZero();
        assertThat(settings.cpus()).isEmpty();
        assertThat(settings.background()).isFalse();
        assertThat(settings.pidFile()).isNull();
    }

    @Test
    void takesWhatZkTrafficTakes() throws Exception {
        ZkStatsSettings settings = parse(
                Map.of(),
                "--iface=lo",
                "--http-port=80",
                "--http-address=::1",
                "--zookeeper-port=2182",
                "--aggregation-depth=2",
                "--max-results=0",
                "--refresh-time=0",
                "--niceness=20",
                "--set-cpu-affinity=0,2-4",
                "--sampling=.25",
                "--exclude-bytes",
                "--app_daemonize",
                "--app_pidfile=/run/x.pid",
                "--app_daemon_stderr=err");
        assertThat(settings.niceness()).isEqualTo(19);
        assertThat(settings.cpus()).containsExactly(0, 2, 3, 4);
        assertThat(settings.stats().sampling()).isEqualTo(0.25);
        assertThat(settings.stats().bytes()).isFalse();
        assertThat(settings.stats().top()).isZero();
        assertThat(settings.server().refreshSeconds()).isEqualTo(1);
        assertThat(settings.background()).isTrue();
        assertThat(settings.pidFile()).isEqualTo(Path.of("/run/x.pid"));
        assertThat(settings.standardError()).isAbsolute();
    }

    @Test
    void saysWhatToType() {
        refuse("--sampling '0': expected a part", "--sampling=0");
        refuse("--sampling '1.5': expected a part", "--sampling=1.5");
        refuse("--sampling 'NaN': expected a part", "--sampling=NaN");
        refuse("--niceness 21: expected 0 to 20", "--niceness=21");
        refuse("--set-cpu-affinity 'a': expected numbers", "--set-cpu-affinity=a");
        refuse("--set-cpu-affinity '3-1': expected numbers", "--set-cpu-affinity=3-1");
        refuse("--set-cpu-affinity '0,': expected numbers", "--set-cpu-affinity=0,");
        refuse("--set-cpu-affinity '40000': expected numbers", "--set-cpu-affinity=40000");
        refuse("--http-port 65536: expected a port", "--http-port=65536");
        refuse("--http-host 'a:80': expected a name", "--http-host=a:80");
        refuse("--http-address 'no.such.host.invalid': there is no such host", "--http-address=no.such.host.invalid");
        refuse("--http-address needs an address", "--http-address=");
        refuse("--token: a token is", "--token=");
        refuse("--token: a token is", "--token=a b");
        refuse("--token and --token-file exclude", "--token=a", "--token-file=b");
        refuse("--token-file '/nonexistent' cannot be read", "--token-file=/nonexistent");
        refuse("--app_daemon_stderr is for the background", "--app_daemon_stderr=x");
        refuse("--app_pidfile '' is no path", "--app_pidfile=");
        refuse("--offline - reads standard input", "--offline=-", "--app_daemonize");
        refuse("shawk zk stats does not take --show-credentials", "--show-credentials");
    }

    @Test
    void theTokenComesFromAnOptionOrAFileOrTheEnvironment() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "of-file\n");
        Map<String, String> variables = Map.of(Environment.ZK_TOKEN, "of-environment");
        assertThat(parse(variables).server().token()).isEqualTo("of-environment");
        assertThat(parse(variables, "--token-file=" + file).server().token()).isEqualTo("of-file");
        assertThat(parse(variables, "--token=typed").server().token()).isEqualTo("typed");
        assertThat(parse(Map.of(Environment.ZK_TOKEN, "")).server().token()).isNull();
    }
}
