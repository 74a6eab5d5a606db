package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.nativelib.SelfUsage.CAP_DAC_READ_SEARCH;
import static shawk.nativelib.SelfUsage.CAP_SYS_ADMIN;
import static shawk.nativelib.SelfUsage.CAP_SYS_PTRACE;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;

/** From facts and wishes to a plan, with one capability removed at a time. */
final class SourcePlanTest {
    private static final long ALL = 1L << CAP_DAC_READ_SEARCH | 1L << CAP_SYS_PTRACE | 1L << CAP_SYS_ADMIN;
    private static final Capabilities ROOT = new Capabilities(true, 0, ALL, "");

    private static SourceConfig config(SourceConfig.Choice choice, String netns) {
        return new SourceConfig(choice, NamespaceChoice.parse(netns), Path.of("/proc"), Path.of("/run/netns"));
    }

    private static SourceConfig auto() {
        return config(SourceConfig.Choice.AUTO, "all");
    }

    private static void check(Capabilities facts, SourceConfig config, String expected) {
        SourcePlan plan = SourcePlan.from(facts, config);
        StringBuilder actual = new StringBuilder();
        plan.ladder().forEach(kind -> actual.append(kind.id()).append(' '));
        for (Degradation each : plan.degradations()) {
            actual.append('-').append(each.id()).append(' ');
        }
        assertThat(actual.append(plan.refusal()).toString().trim()).isEqualTo(expected);
    }

    private static Capabilities without(int capability) {
        return new Capabilities(true, 0, ALL & ~(1L << capability), "");
    }

    @Test
    void withEverything() {
        check(ROOT, auto(), "netlink proc");
    }

    @Test
    void withOneThingLess() {
        check(without(CAP_SYS_PTRACE), auto(), "netlink proc -owners");
        check(without(CAP_DAC_READ_SEARCH), auto(), "netlink proc -owners");
        check(without(CAP_SYS_ADMIN), auto(), "netlink proc -netns");
        check(ROOT.withoutNetlink("EPERM"), auto(), "proc -source");
        check(
                new Capabilities(false, 0, ALL, ""),
                auto(),
                "no procfs at /proc: mount it, or name its place with PROC_ROOT");
    }

    @Test
    void withNothing() {
        check(new Capabilities(true, 1000, 0, "EPERM"), auto(), "proc -source -owners -netns");
    }

    @Test
    void oneNamespaceNeedsNoOther() {
        check(new Capabilities(true, 1000, 0, ""), config(SourceConfig.Choice.AUTO, "self"), "netlink proc -owners");
    }

    @Test
    void aNamedSourceNeverFallsBack() {
        check(ROOT, config(SourceConfig.Choice.NETLINK, "all"), "netlink");
        check(
                ROOT.withoutNetlink("EPERM"),
                config(SourceConfig.Choice.NETLINK, "all"),
                "source netlink does not work (EPERM): try --source proc");
        check(ROOT, config(SourceConfig.Choice.PROC, "all"), "proc -source");
        Set<SourceConfig.Part> parts = Set.of(SourceConfig.Part.TCP, SourceConfig.Part.UNIX);
        check(ROOT, config(SourceConfig.Choice.PROC, "all").withParts(parts), "proc -source -unix");
        check(ROOT, auto().withParts(parts), "netlink proc");
    }

    @Test
    void namespacesAsUsersWriteThem() {
        assertThat(NamespaceChoice.parse("all")).isEqualTo(NamespaceChoice.ALL);
        assertThat(NamespaceChoice.parse("self")).isEqualTo(NamespaceChoice.SELF);
        assertThat(NamespaceChoice.parse("4026531840").inode()).isEqualTo(4026531840L);
        assertThat(NamespaceChoice.parse("blue").name()).isEqualTo("blue");
        for (String bad : new String[] {"", "../x", "a/b"}) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> NamespaceChoice.parse(bad))
                    .hasMessageContaining("'" + bad + "'")
                    .hasMessageContaining("inode number");
        }
    }

    @Test
    void factsOutOfProcfs() {
        Capabilities facts = Capabilities.parse("Name:\tx\nUid:\t1000\t1001\t1\t1\nCapEff:\t0000000000280004\n");
        assertThat(facts).isEqualTo(new Capabilities(true, 1001, 0x280004, ""));
        assertThat(facts.canReadOwners()).isTrue();
        assertThat(facts.canEnterNamespaces()).isTrue();
        assertThat(Capabilities.parse("Uid:\tx y z\nCapEff:\tzz\nCapEff:\n"))
                .isEqualTo(new Capabilities(true, -1, 0, ""));
        assertThat(Capabilities.query(Path.of("/no/such/place")).procReadable()).isFalse();
        assertThat(Capabilities.query(Path.of("/proc")).procReadable()).isTrue();
    }

    @Test
    void whatASampleCouldNotSee() {
        assertThat(SampleReport.owners(10, 0, false)).isEmpty();
        assertThat(SampleReport.owners(10, 3, false).get(0).line())
                .isEqualTo("sockets of 3 of 10 processes: no CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH; "
                        + "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
        assertThat(SampleReport.owners(10, 1, true).get(0).fix()).doesNotContain("root");
        assertThat(SampleReport.namespaces(1, 13).line())
                .isEqualTo("sockets of 1 network namespace: permission denied; "
                        + "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
        assertThat(SampleReport.namespaces(2, 12).fix()).doesNotContain("root");
        assertThat(SampleReport.protocol("udp", "UDP over IPv4", 2).fix()).contains("udp_diag");
        assertThat(SampleReport.protocol("tcp6", "TCP over IPv6", 97).fix()).contains("--source proc");
    }
}
