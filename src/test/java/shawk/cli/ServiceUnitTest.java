package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;

/** The unit of the service: what it says, and that it has the rights that the program asks for and no others. */
final class ServiceUnitTest {
    private static final String RIGHTS =
            "CAP_BPF CAP_PERFMON CAP_NET_ADMIN CAP_SYS_PTRACE CAP_DAC_READ_SEARCH CAP_SYS_ADMIN";

    /** All of it, but for what stands there more than once. */
    private static final Map<String, String> SERVICE = Map.ofEntries(
            Map.entry("Type", "notify"),
            Map.entry("NotifyAccess", "main"),
            Map.entry("TimeoutStartSec", "180"),
            Map.entry("WatchdogSec", "180"),
            Map.entry("KillMode", "mixed"),
            Map.entry("TimeoutStopSec", "20"),
            Map.entry("Restart", "on-failure"),
            Map.entry("RestartSec", "5"),
            Map.entry("RestartPreventExitStatus", "2 3"),
            Map.entry("User", ServiceUser.NAME),
            Map.entry("Group", ServiceUser.NAME),
            Map.entry("UMask", "0077"),
            Map.entry("StateDirectory", "shawk-probe"),
            Map.entry("StateDirectoryMode", "0700"),
            Map.entry("WorkingDirectory", "/"),
            Map.entry("EnvironmentFile", "-/etc/default/shawk"),
            Map.entry("LimitNOFILE", "65536"),
            Map.entry("LimitCORE", "0"),
            Map.entry("AmbientCapabilities", RIGHTS),
            Map.entry("CapabilityBoundingSet", RIGHTS),
            Map.entry("NoNewPrivileges", "yes"),
            Map.entry("ProtectSystem", "strict"),
            Map.entry("ProtectHome", "yes"),
            Map.entry("PrivateTmp", "yes"),
            Map.entry("PrivateDevices", "yes"),
            Map.entry("ProtectClock", "yes"),
            Map.entry("ProtectControlGroups", "yes"),
            Map.entry("ProtectKernelLogs", "yes"),
            Map.entry("ProtectKernelModules", "yes"),
            Map.entry("ProtectKernelTunables", "yes"),
            Map.entry("LockPersonality", "yes"),
            Map.entry("RestrictRealtime", "yes"),
            Map.entry("RestrictSUIDSGID", "yes"),
            Map.entry("RestrictNamespaces", "net"),
            Map.entry("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK"),
            Map.entry("SystemCallArchitectures", "native"),
            Map.entry("SystemCallFilter", "@system-service bpf perf_event_open"),
            Map.entry("SystemCallErrorNumber", "EPERM"));

    @TempDir
    Path scratch;

    /** The clone of this build: systemd looks whether the program is there. */
    private static String queryUnit() throws Exception {
        return queryUnit(ServiceItems.UNIT);
    }

    private static String queryUnit(String name) throws Exception {
        Path home = Path.of("").toRealPath();
        return ServiceItems.query(home, null).stream()
                .filter(item -> item.path().equals(ServiceItems.UNIT_PATH.resolveSibling(name)))
                .map(item -> ((ServiceItem.Text) item).text())
                .findFirst()
                .orElseThrow();
    }

    /** {@code Section.Name} and its values. */
    private static Map<String, List<String>> parse(String unit) {
        Map<String, List<String>> values = new TreeMap<>();
        String section = "";
        for (String line : unit.split("\n")) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                assertThat(equals).as(line).isPositive();
                values.computeIfAbsent(section + "." + line.substring(0, equals), name -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        }
        return values;
    }

    @Test
    void saysThisAndNothingElse() throws Exception {
        Map<String, List<String>> expected = new TreeMap<>();
        SERVICE.forEach((name, value) -> expected.put("Service." + name, List.of(value)));
        expected.put("Service.ExecStart", List.of(Path.of("").toRealPath() + "/shawk probe"));
        expected.put(
                "Service.Environment",
                List.of(
                        "LANG=C.UTF-8",
                        "SHAWK_SPOOL=/var/lib/shawk-probe/spool",
                        "XDG_DATA_HOME=/var/lib/shawk-probe"));
        expected.put("Install.WantedBy", List.of("multi-user.target"));
        expected.put("Unit.After", List.of("network.target postgresql.service"));
        Map<String, List<String>> found = parse(queryUnit());
        found.keySet().removeAll(List.of("Unit.Description", "Unit.Documentation"));
        assertThat(found).isEqualTo(expected);
    }

    /** It captures and answers, and that is all. */
    @Test
    void theOneOfZooKeeperMayCaptureAndNothingElse() throws Exception {
        Map<String, List<String>> found = parse(queryUnit(ServiceItems.ZK_STATS_UNIT));
        assertThat(found)
                .containsEntry("Service.Type", List.of("notify"))
                .containsEntry("Service.User", List.of(ServiceUser.NAME))
                .containsEntry("Service.AmbientCapabilities", List.of("CAP_NET_RAW"))
                .containsEntry("Service.CapabilityBoundingSet", List.of("CAP_NET_RAW"))
                .containsEntry("Service.NoNewPrivileges", List.of("yes"))
                .containsEntry("Service.ProtectSystem", List.of("strict"))
                .containsEntry("Service.RestrictNamespaces", List.of("yes"))
                .containsEntry("Service.SystemCallFilter", List.of("@system-service"))
                .containsEntry("Service.RestartPreventExitStatus", List.of("2 3"))
                .containsEntry(
                        "Service.ExecStart", List.of(Path.of("").toRealPath() + "/shawk zk stats $ZK_STATS_OPTIONS"));
    }

    @Test
    void tellsWhatEachRightIsFor() throws Exception {
        String comments = String.join(
                "\n", queryUnit().lines().filter(line -> line.startsWith("#")).toList());
        assertThat(comments).contains(RIGHTS.split(" "));
        assertThat(Files.readString(Path.of("man/shawk-install-service.1"))).contains(RIGHTS.split(" "));
    }

    /** Needs systemd-analyze, which the full test run installs. */
    @Tag("slow")
    @Test
    void systemdTakesIt() throws Exception {
        for (String name : ServiceItems.UNITS) {
            Path unit = Files.writeString(scratch.resolve(name), queryUnit(name));
            assertThat(Commands.output("systemd-analyze", "verify", "--man=no", unit.toString()))
                    .as(name)
                    .isEmpty();
        }
    }

    /** What this program calls, by name, is among what the unit's filter lets through. */
    @Tag("slow")
    @Test
    void theFilterKnowsTheCallsOfNamespacesAndPrograms() throws Exception {
        TreeSet<String> allowed = new TreeSet<>();
        List<String> groups = new ArrayList<>(List.of("@system-service"));
        for (int i = 0; i < groups.size(); i++) {
            for (String line : Commands.output("systemd-analyze", "syscall-filter", groups.get(i))
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.matches("@?[a-z0-9_-]+"))
                    .toList()) {
                if (!line.startsWith("@")) {
                    allowed.add(line);
                } else if (!groups.contains(line)) {
                    groups.add(line);
                }
            }
        }
        assertThat(allowed).contains("setns", "sendmsg", "prctl", "capset", "clone3", "fdatasync", "flock", "shmget");
        assertThat(allowed).doesNotContain("bpf", "perf_event_open", "mount", "init_module");
    }
}
