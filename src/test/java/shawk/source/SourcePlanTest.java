package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.nativelib.SelfUsage.CAP_BPF;
import static shawk.nativelib.SelfUsage.CAP_DAC_READ_SEARCH;
import static shawk.nativelib.SelfUsage.CAP_NET_ADMIN;
import static shawk.nativelib.SelfUsage.CAP_PERFMON;
import static shawk.nativelib.SelfUsage.CAP_SYS_ADMIN;
import static shawk.nativelib.SelfUsage.CAP_SYS_PTRACE;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;

/** From facts and wishes to a plan, with one capability removed at a time. */
final class SourcePlanTest {
    private static final long ALL = 1L << CAP_DAC_READ_SEARCH
            | 1L << CAP_SYS_PTRACE
            | 1L << CAP_SYS_ADMIN
            | 1L << CAP_NET_ADMIN
            | 1L << CAP_BPF
            | 1L << CAP_PERFMON;
    private static final KernelFacts KERNEL = new KernelFacts(6, 18, true, true, true, "none", 2);
    private static final Capabilities ROOT = new Capabilities(true, 0, ALL, KERNEL);
    private static final Missed EPERM = new Missed("EPERM", "");

    private static SourceConfig config(SourceConfig.Choice choice, String netns) {
        return new SourceConfig(choice, NamespaceChoice.parse(netns), Path.of("/proc"), Path.of("/run/netns"));
    }

    private static SourceConfig auto() {
        return config(SourceConfig.Choice.AUTO, "all");
    }

    private static SourceConfig once() {
        return auto().withWatch(SourceConfig.Watch.NOTHING);
    }

    private static SourceConfig ebpf() {
        return config(SourceConfig.Choice.EBPF, "all");
    }

    private static void check(Capabilities facts, SourceConfig config, String expected) {
        SourcePlan plan = SourcePlan.from(facts, config);
        StringBuilder actual = new StringBuilder();
        plan.ladder()
                .forEach(kind ->
                        actual.append(kind.name().toLowerCase(Locale.ROOT)).append(' '));
        for (Degradation each : plan.degradations()) {
            actual.append('-').append(each.id()).append(' ');
        }
        assertThat(actual.append(plan.refusal()).toString().trim()).isEqualTo(expected);
    }

    private static Capabilities without(int... capabilities) {
        long left = ALL;
        for (int each : capabilities) {
            left &= ~(1L << each);
        }
        return new Capabilities(true, 0, left, KERNEL);
    }

    private static Capabilities on(KernelFacts kernel) {
        return new Capabilities(true, 0, ALL, kernel);
    }

    private static String said(Capabilities facts, SourceConfig config, String id) {
        return SourcePlan.from(facts, config).degradations().stream()
                .filter(each -> each.id().equals(id))
                .map(Degradation::line)
                .findFirst()
                .orElse("");
    }

    @Test
    void withEverything() {
        check(ROOT, auto(), "ebpf iterator netlink proc");
        check(ROOT, ebpf(), "ebpf");
        check(ROOT, once(), "iterator netlink proc");
    }

    @Test
    void withOneCapabilityLess() {
        check(without(CAP_BPF), auto(), "ebpf iterator netlink proc");
        check(without(CAP_PERFMON), auto(), "ebpf iterator netlink proc");
        check(without(CAP_NET_ADMIN), auto(), "ebpf iterator netlink proc");
        check(without(CAP_DAC_READ_SEARCH), auto(), "ebpf iterator netlink proc");
        check(without(CAP_SYS_PTRACE), auto(), "ebpf iterator netlink proc -exe");
        check(without(CAP_SYS_ADMIN), auto(), "ebpf iterator netlink proc -netns");
        check(without(CAP_SYS_ADMIN, CAP_BPF), auto(), "netlink proc -ebpf -netns");
        check(without(CAP_SYS_ADMIN, CAP_PERFMON), auto(), "netlink proc -ebpf -netns");
        check(without(CAP_SYS_ADMIN, CAP_PERFMON, CAP_SYS_PTRACE), auto(), "netlink proc -ebpf -owners -netns");
        check(without(CAP_SYS_ADMIN, CAP_PERFMON), once(), "netlink proc -iterator -netns");
        check(
                without(CAP_SYS_ADMIN, CAP_PERFMON),
                ebpf(),
                "source ebpf does not work: no CAP_PERFMON; run as root, or with CAP_BPF and CAP_PERFMON");
        assertThat(said(without(CAP_SYS_ADMIN, CAP_BPF, CAP_PERFMON), auto(), "ebpf"))
                .isEqualTo(
                        "connections that live between two samples, exact counts, UDP flows, owners without a walk of"
                                + " all processes: no CAP_BPF, CAP_PERFMON;"
                                + " run as root, or with CAP_BPF and CAP_PERFMON");
        assertThat(said(without(CAP_SYS_ADMIN), auto(), "netns")).startsWith("sockets that no process holds, of other");
    }

    @Test
    void onAKernelWithOneThingLess() {
        check(on(new KernelFacts(5, 12, true, true, true, "", -1)), auto(), "ebpf iterator netlink proc");
        check(on(new KernelFacts(5, 11, true, true, true, "", -1)), auto(), "iterator netlink proc -ebpf");
        check(on(new KernelFacts(5, 10, true, true, true, "", -1)), auto(), "netlink proc -ebpf -iterator");
        check(on(new KernelFacts(0, 0, true, true, true, "", -1)), auto(), "ebpf iterator netlink proc");
        check(on(new KernelFacts(6, 18, false, true, true, "", -1)), auto(), "netlink proc -ebpf");
        check(on(new KernelFacts(6, 18, true, false, true, "", -1)), auto(), "netlink proc -ebpf");
        check(on(new KernelFacts(6, 18, true, true, false, "", -1)), auto(), "netlink proc -ebpf");
        check(
                on(new KernelFacts(6, 18, true, false, true, "", -1)),
                ebpf(),
                "source ebpf does not work: programs in the kernel know processes by the host's pids, and this procfs"
                        + " has others; run on the host itself, or in a container that shares its pids");
    }

    @Test
    void afterASourceFailed() {
        check(ROOT.without(SourceKind.EBPF, EPERM), auto(), "iterator netlink proc -ebpf");
        check(ROOT.without(SourceKind.EBPF, EPERM).without(SourceKind.ITERATOR, EPERM), auto(), "netlink proc -ebpf");
        check(
                ROOT.without(SourceKind.EBPF, EPERM)
                        .without(SourceKind.ITERATOR, EPERM)
                        .without(SourceKind.NETLINK, EPERM),
                auto(),
                "proc -ebpf -source");
        check(
                ROOT.without(SourceKind.EBPF, new Missed("libbpf.so.1 is missing", "apt-get install libbpf1")),
                ebpf(),
                "source ebpf does not work: libbpf.so.1 is missing; apt-get install libbpf1");
        check(
                new Capabilities(false, 0, ALL, KERNEL),
                auto(),
                "no procfs at /proc: mount it, or name its place with PROC_ROOT");
    }

    @Test
    void withNothing() {
        check(
                new Capabilities(true, 1000, 0, KERNEL).without(SourceKind.NETLINK, EPERM),
                auto(),
                "proc -ebpf -source -owners -netns");
        check(new Capabilities(true, 1000, 0, KernelFacts.UNKNOWN), auto(), "netlink proc -ebpf -owners -netns");
    }

    @Test
    void oneNamespaceNeedsNoOther() {
        check(
                new Capabilities(true, 1000, 0, KERNEL),
                config(SourceConfig.Choice.AUTO, "self"),
                "netlink proc -ebpf -owners");
    }

    @Test
    void aNamedSourceNeverFallsBack() {
        check(ROOT, config(SourceConfig.Choice.NETLINK, "all"), "iterator netlink");
        check(ROOT.without(SourceKind.ITERATOR, EPERM), config(SourceConfig.Choice.NETLINK, "all"), "netlink");
        check(
                ROOT.without(SourceKind.ITERATOR, EPERM).without(SourceKind.NETLINK, EPERM),
                config(SourceConfig.Choice.NETLINK, "all"),
                "source netlink does not work (EPERM): try --source proc");
        check(ROOT, config(SourceConfig.Choice.PROC, "all"), "proc -source");
        Set<SourceConfig.Part> parts = Set.of(SourceConfig.Part.TCP, SourceConfig.Part.UNIX);
        check(ROOT, config(SourceConfig.Choice.PROC, "all").withParts(parts), "proc -source -unix");
        check(ROOT, auto().withParts(parts), "ebpf iterator netlink proc");
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
        Capabilities facts =
                Capabilities.parse("Name:\tx\nUid:\t1000\t1001\t1\t1\nCapEff:\t0000000000280004\n", KERNEL);
        assertThat(facts).isEqualTo(new Capabilities(true, 1001, 0x280004, KERNEL));
        assertThat(facts.canReadOwners()).isTrue();
        assertThat(facts.canEnterNamespaces()).isTrue();
        assertThat(Capabilities.parse("Uid:\tx y z\nCapEff:\tzz\nCapEff:\n", KERNEL))
                .isEqualTo(new Capabilities(true, -1, 0, KERNEL));
        assertThat(Capabilities.query(Path.of("/no/such/place")).procReadable()).isFalse();
        assertThat(Capabilities.query(Path.of("/proc")).procReadable()).isTrue();
    }

    @Test
    void factsAboutTheKernel() {
        assertThat(KernelFacts.parse("6.18.44-fc\n", true, true, true, "none [integrity] confidentiality\n", "2\n"))
                .isEqualTo(new KernelFacts(6, 18, true, true, true, "integrity", 2));
        assertThat(KernelFacts.parse("", false, false, false, "", ""))
                .isEqualTo(new KernelFacts(0, 0, false, false, false, "", -1));
        assertThat(KernelFacts.parse("99999.1", false, false, false, "[]", "-4"))
                .isEqualTo(new KernelFacts(0, 0, false, false, false, "", -1));
        assertThat(KernelFacts.query(Path.of("/no/such/place")).hostPids())
                .as("a made-up tree has no pids of this host")
                .isFalse();
    }

    @Test
    void whatASampleCouldNotSee() {
        assertThat(SampleReport.owners(10, 0, false)).isEmpty();
        assertThat(SampleReport.owners(10, 3, false).get(0).line())
                .isEqualTo("sockets of 3 of 10 processes: no CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH; "
                        + "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
        assertThat(SampleReport.owners(10, 1, true).get(0).fix()).doesNotContain("root");
        assertThat(SampleReport.namespaces(1, 13, false).line())
                .isEqualTo("sockets of 1 network namespace: permission denied; "
                        + "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
        assertThat(SampleReport.namespaces(2, 12, false).fix()).doesNotContain("root");
        assertThat(SampleReport.protocol("udp", "UDP over IPv4", 2).fix()).contains("udp_diag");
        assertThat(SampleReport.protocol("tcp6", "TCP over IPv6", 97).fix()).contains("--source proc");
    }
}
