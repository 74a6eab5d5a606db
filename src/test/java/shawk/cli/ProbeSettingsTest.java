package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the agent is asked for, by options and by the environment; and what it tells a service manager. */
final class ProbeSettingsTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> notices = new ArrayList<>();

    private ProbeSettings parse(Map<String, String> environment, String... words) throws Failure {
        String[] all = new String[words.length + 1];
        all[0] = "probe";
        System.arraycopy(words, 0, all, 1, words.length);
        return ProbeSettings.parse(ArgumentParser.parse(all), new Environment(environment), notices::add);
    }

    private void check(String source, long interval, long flush, Map<String, String> environment, String... words)
            throws Failure {
        ProbeSettings settings = parse(environment, words);
        assertThat(settings.view().source()).isEqualTo(source);
        assertThat(settings.view().intervalNanos()).isEqualTo(interval);
        assertThat(settings.flushNanos()).isEqualTo(flush);
    }

    private void refused(String line, Map<String, String> environment, String... words) {
        assertThatThrownBy(() -> parse(environment, words))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(line)
                .extracting(e -> ((Failure) e).status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void theEnvironmentAndTheOptionsThatBeatIt() throws Exception {
        check("netlink", SECOND, 10 * SECOND, Map.of());
        check("netlink", SECOND, 10 * SECOND, Map.of("SHAWK_PROBE_MODE", "polling"));
        check("ebpf", SECOND, 10 * SECOND, Map.of("SHAWK_PROBE_MODE", "streaming"));
        check("proc", SECOND, 10 * SECOND, Map.of("SHAWK_PROBE_MODE", "streaming"), "--source", "proc");
        check("netlink", 2 * SECOND, 10 * SECOND, Map.of("SHAWK_PROBE_INTERVAL", "2s"));
        check("netlink", 3 * SECOND, 10 * SECOND, Map.of("SHAWK_PROBE_INTERVAL", "2s"), "-i", "3s");
        check("netlink", SECOND, 20 * SECOND, Map.of("SHAWK_PROBE_FLUSH_INTERVAL", "20s"));
        check("netlink", SECOND, 30 * SECOND, Map.of("SHAWK_FLUSH_INTERVAL", "30s"));
        assertThat(notices).isEmpty();
        check(
                "netlink",
                SECOND,
                20 * SECOND,
                Map.of("SHAWK_PROBE_FLUSH_INTERVAL", "20s", "SHAWK_FLUSH_INTERVAL", "30s"));
        assertThat(notices).containsExactly("SHAWK_PROBE_FLUSH_INTERVAL=20s wins over SHAWK_FLUSH_INTERVAL=30s");
    }

    @Test
    void oneSampleWatchesNothingButWithEbpf() throws Exception {
        assertThat(parse(Map.of(), "--once").view().once()).isTrue();
        assertThat(parse(Map.of("SHAWK_PROBE_MODE", "streaming"), "--once")
                        .view()
                        .once())
                .isFalse();
    }

    @Test
    void whatMakesNoSense() {
        refused("SHAWK_PROBE_MODE='push'", Map.of("SHAWK_PROBE_MODE", "push"));
        refused("SHAWK_PROBE_INTERVAL='1'", Map.of("SHAWK_PROBE_INTERVAL", "1"));
        refused("SHAWK_FLUSH_INTERVAL='soon'", Map.of("SHAWK_FLUSH_INTERVAL", "soon"));
        refused("do not go together", Map.of("SHAWK_FLUSH_INTERVAL", "5s"), "-i", "6s");
        refused("replay", Map.of(), "--source", "replay:x");
    }

    @Test
    void whereTheSpoolIs() throws Exception {
        assertThat(SpoolPlace.of(new Environment(Map.of()), true))
                .isEqualTo(new SpoolPlace(Path.of("/var/lib/shawk/spool"), 256L << 20));
        assertThat(SpoolPlace.of(new Environment(Map.of("HOME", "/home/j")), false)
                        .folder())
                .isEqualTo(Path.of("/home/j/.local/share/shawk/spool"));
        assertThat(SpoolPlace.of(new Environment(Map.of("HOME", "/h", "XDG_DATA_HOME", "/d")), false)
                        .folder())
                .isEqualTo(Path.of("/d/shawk/spool"));
        assertThat(SpoolPlace.of(new Environment(Map.of("SHAWK_SPOOL", "/s", "SHAWK_SPOOL_MAX", "1GiB")), true))
                .isEqualTo(new SpoolPlace(Path.of("/s"), 1L << 30));
        for (Map<String, String> wrong : List.of(
                Map.of("SHAWK_SPOOL", "relative"), Map.of("SHAWK_SPOOL_MAX", "5"), Map.of("SHAWK_SPOOL_MAX", "x"))) {
            assertThatThrownBy(() -> SpoolPlace.of(new Environment(wrong), true))
                    .isInstanceOf(Failure.class);
        }
    }

    @Test
    void aServiceManagerHears() {
        List<String> heard = new ArrayList<>();
        ServiceManager manager = new ServiceManager(heard::add, 8 * SECOND);
        manager.ready();
        manager.status("one");
        manager.status("one");
        manager.status("two\nlines");
        manager.alive(0);
        manager.alive(SECOND);
        manager.alive(3 * SECOND);
        manager.stopping();
        assertThat(heard)
                .containsExactly("READY=1", "STATUS=one", "STATUS=two lines", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1");
        ServiceManager deaf = new ServiceManager(
                message -> {
                    throw new IllegalArgumentException("nobody is there");
                },
                0);
        deaf.ready();
        deaf.alive(0);
        assertThat(ServiceManager.watchdogNanos(Map.of("WATCHDOG_USEC", "3000000"), 1))
                .isEqualTo(3 * SECOND);
        assertThat(ServiceManager.watchdogNanos(Map.of("WATCHDOG_USEC", "3", "WATCHDOG_PID", "2"), 1))
                .isZero();
        assertThat(ServiceManager.watchdogNanos(Map.of("WATCHDOG_USEC", "soon"), 1))
                .isZero();
    }
}
