package shawk.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Hook;
import shawk.doctor.Facts.Question;
import shawk.doctor.Finding.State;
import shawk.field.Fields;
import shawk.model.Degradation;
import shawk.model.SafeText;
import shawk.support.Json;
import shawk.support.ManPage;

/** What is said where one thing is taken away from a host on which all works. */
final class ReportTest {
    private static final Degradation OWNERS =
            new Degradation("owners", "sockets of 9 of 10 processes", "no CAP_SYS_PTRACE", "run as root");

    private final Map<Question, Answer> answers = new EnumMap<>(Question.class);
    private final Map<Hook, Answer> hooks = new EnumMap<>(Hook.class);
    private String bpfLibrary = "";
    private String cgroup2 = "/sys/fs/cgroup/unified";
    private boolean hostPids = true;
    private String pcapLibrary = "";
    private boolean captureDenied;
    private String captureFailure = "";
    private int infoBytes = 280;
    private String library = "";
    private boolean procReadable = true;
    private long capabilities = -1;
    private String failure = "";
    private String source = "netlink";
    private int unread;
    private int namespaces = 3;
    private List<Degradation> degradations = List.of();
    private String refusal = "";
    private boolean ascii;
    private boolean mono;
    private int columns = 120;
    private Map<String, SafeText> variables = Map.of();
    private List<String> warnings = List.of();
    private String environmentFailure = "";
    private List<String> configProblems = List.of();
    private boolean configThere = true;

    private Report report() {
        return Report.of(new Facts(
                new Facts.Kernel(
                        SafeText.of("6.18.0"),
                        answers,
                        infoBytes,
                        SafeText.of(library),
                        SafeText.of("/proc"),
                        procReadable,
                        procReadable),
                new Facts.Programs(
                        SafeText.of(bpfLibrary),
                        bpfLibrary.isEmpty() ? "" : "apt-get install libbpf1",
                        hooks,
                        hostPids,
                        true,
                        SafeText.of("integrity"),
                        2,
                        SafeText.of(cgroup2),
                        true),
                new Facts.Capture(
                        SafeText.of(pcapLibrary),
                        pcapLibrary.isEmpty() ? "" : "apt-get install libpcap0.8",
                        captureDenied,
                        SafeText.of(captureFailure)),
                new Facts.Rights(0, capabilities),
                new Facts.Sample(SafeText.of(failure), source, 7, 12, 10, 10, namespaces, unread, degradations),
                new Facts.Screen(SafeText.of("xterm"), refusal, ascii, mono, columns, 40),
                new Facts.Machine(SafeText.of("17.0.1+1"), 512L << 20, 2),
                new Facts.Settings(
                        variables,
                        warnings,
                        environmentFailure,
                        SafeText.of("/root/.config/shawk/config"),
                        configThere,
                        configProblems)));
    }

    private void check(String id, State state, String reason, String fix) {
        Finding found = report().findings().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(found.state()).as(id).isEqualTo(state);
        assertThat(found.reason().value()).as(id).isEqualTo(reason);
        assertThat(found.fix().value()).as(id).isEqualTo(fix);
    }

    private void withoutCapability(int capability) {
        capabilities = ~(1L << capability);
    }

    @Test
    void whereAllIsThereAllWorks() {
        Report report = report();
        assertThat(report.works()).isTrue();
        assertThat(report.findings()).allMatch(each -> each.state() == State.WORKS || each.state() == State.NOTE);
        assertThat(report.findings()).allMatch(each -> each.fix().value().isEmpty());
        assertThat(report.findings()).extracting(Finding::id).doesNotHaveDuplicates();
        check("source", State.WORKS, "netlink: 7 connections, 12 sockets", "");
        check("owners", State.WORKS, "10 of 10 sockets that somebody holds", "");
        check("netns", State.WORKS, "3 of 3 network namespaces read", "");
        check("fields", State.WORKS, "all " + Fields.ALL.size() + " fields", "");
    }

    @Test
    void withoutOwnersItDoesNotDoWhatItIsFor() {
        withoutCapability(Facts.Rights.CAP_SYS_PTRACE);
        degradations = List.of(OWNERS);
        assertThat(report().works()).isFalse();
        check(
                "owners",
                State.MISSING,
                "10 of 10 sockets that somebody holds; not seen: sockets of 9 of 10 processes (no CAP_SYS_PTRACE)",
                "run as root");
        degradations = List.of();
        assertThat(report().works()).as("all processes are this user's").isTrue();
    }

    @Test
    void oneProcessThatIsStrongerIsNoFailure() {
        degradations = List.of(OWNERS);
        assertThat(report().works()).isTrue();
        check(
                "owners",
                State.PARTLY,
                "10 of 10 sockets that somebody holds; not seen: sockets of 9 of 10 processes (no CAP_SYS_PTRACE)",
                "run as root");
    }

    @Test
    void programsInTheKernel() {
        check("ebpf", State.WORKS, "every connection is seen, however short it lives", "");
        check("cgroup", State.WORKS, "version 2 at /sys/fs/cgroup/unified, version 1 beside it", "");
        check("bpf-settings", State.NOTE, "kernel.unprivileged_bpf_disabled = 2, lockdown integrity", "");
        hooks.put(Hook.IO, new Answer(2, "no such file or directory"));
        check(
                "ebpf-io",
                State.MISSING,
                "without who did I/O last, UDP flows: no such file or directory",
                "Linux 6.3 or later");
        hooks.put(Hook.CGROUP, new Answer(1, "operation not permitted"));
        check(
                "ebpf-cgroup",
                State.MISSING,
                "without other ends of unconnected UDP sockets: operation not permitted",
                "see capabilities");
        check("ebpf", State.WORKS, "every connection is seen, however short it lives", "");
        hooks.put(Hook.TRACEPOINT, new Answer(1, "operation not permitted"));
        hostPids = false;
        check(
                "ebpf",
                State.MISSING,
                "connections that live between two samples are not seen",
                "see host-ids, ebpf-tracepoint");
        check(
                "host-ids",
                State.MISSING,
                "pids are those of a container, which programs in the kernel do not know",
                "run on the host itself, or in a container that shares its pids and users");
        cgroup2 = "";
        check("cgroup", State.MISSING, "no hierarchy of version 2", "mount -t cgroup2 none /sys/fs/cgroup/unified");
        assertThat(report().works()).as("the other sources do").isTrue();
    }

    @Test
    void aLibraryThatIsMissingIsNamedWithItsPackage() {
        bpfLibrary = "libbpf.so.1 is missing";
        check("libbpf", State.MISSING, "libbpf.so.1 is missing", "apt-get install libbpf1");
        check("ebpf-iterator", State.MISSING, "cannot be asked for", "see libbpf");
        check("ebpf", State.MISSING, "connections that live between two samples are not seen", "see libbpf");
    }

    @Test
    void packets() {
        check("capture", State.WORKS, "packets of every interface can be captured, for shawk zk", "");
        captureFailure = "socket: Address family not supported by protocol";
        check("capture", State.MISSING, captureFailure, "allow AF_PACKET sockets (CONFIG_PACKET)");
        captureDenied = true;
        check("capture", State.MISSING, "no CAP_NET_RAW", "run as root, or with CAP_NET_RAW");
        pcapLibrary = "libpcap.so.0.8 is missing";
        check("capture", State.MISSING, "libpcap.so.0.8 is missing", "apt-get install libpcap0.8");
        assertThat(report().works()).as("it is for connections").isTrue();
    }

    @Test
    void eachCapabilityIsToldWithWhatItBrings() {
        withoutCapability(Facts.Rights.CAP_BPF);
        check(
                "capabilities",
                State.WORKS,
                "CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH, CAP_SYS_ADMIN",
                "");
        capabilities &= ~(1L << Facts.Rights.CAP_SYS_ADMIN);
        check(
                "capabilities",
                State.PARTLY,
                "no CAP_BPF (ebpf), CAP_SYS_ADMIN (other network namespaces, statistics)",
                "run as root, or by setpriv --inh-caps=+bpf,+sys_admin --ambient-caps=+bpf,+sys_admin; setcap on java"
                        + " does not do");
        capabilities = 0;
        check(
                "capabilities",
                State.MISSING,
                "no CAP_BPF (ebpf), CAP_PERFMON (ebpf), CAP_NET_ADMIN (other ends of UDP sockets, translations, kills),"
                        + " CAP_NET_RAW (packets for shawk zk), CAP_SYS_PTRACE (owners by procfs, executables),"
                        + " CAP_DAC_READ_SEARCH (owners by procfs),"
                        + " CAP_SYS_ADMIN (other network namespaces, statistics)",
                "run as root, or by setpriv"
                        + " --inh-caps=+bpf,+perfmon,+net_admin,+net_raw,+sys_ptrace,+dac_read_search,+sys_admin"
                        + " --ambient-caps=+bpf,+perfmon,+net_admin,+net_raw,"
                        + "+sys_ptrace,+dac_read_search,+sys_admin; setcap on"
                        + " java does not do");
    }

    @Test
    void withoutEnteringOtherNamespacesWhatProcessesHoldIsSeen() {
        withoutCapability(Facts.Rights.CAP_SYS_ADMIN);
        degradations = List.of(new Degradation(
                "netns", "sockets that no process holds, of 2 network namespaces", "no CAP_SYS_ADMIN", "x"));
        check(
                "netns",
                State.PARTLY,
                "not seen: sockets that no process holds, of 2 network namespaces (no CAP_SYS_ADMIN)",
                "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
    }

    @Test
    void thePageExplainsEveryCheckAndEveryState() {
        library = "x";
        Set<String> ids = new TreeSet<>();
        report().findings().forEach(each -> ids.add(each.id()));
        library = "";
        report().findings().forEach(each -> ids.add(each.id()));
        ManPage page = ManPage.query("shawk-doctor.1");
        Set<String> explained = new TreeSet<>();
        page.section("Checks")
                .entries()
                .forEach(each -> explained.addAll(each.head().arguments("Cm")));
        assertThat(explained).isEqualTo(ids);
        assertThat(page.section("Output").entries())
                .extracting(each -> each.head().arguments("Cm").get(0))
                .containsExactlyElementsOf(
                        Arrays.stream(State.values()).map(State::id).toList());
    }

    @Test
    void namespaces() {
        unread = 1;
        degradations = List.of(new Degradation("netns", "sockets of 1 network namespace", "gone", "see lsns"));
        check("netns", State.PARTLY, "2 of 3 network namespaces read: gone", "see lsns");
        withoutCapability(Facts.Rights.CAP_SYS_ADMIN);
        check(
                "netns",
                State.PARTLY,
                "2 of 3 network namespaces read; no other can be entered without CAP_SYS_ADMIN",
                "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
        assertThat(report().works()).isTrue();
        String fix = "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH";
        namespaces = 1;
        check(
                "netns",
                State.MISSING,
                "0 of 1 network namespaces read; no other can be entered without CAP_SYS_ADMIN",
                fix);
        unread = 0;
        check("netns", State.PARTLY, "the own network namespace; no other can be entered without CAP_SYS_ADMIN", fix);
    }

    @Test
    void noSampleAtAll() {
        failure = "no procfs at /x: mount it; or name its place";
        assertThat(report().works()).isFalse();
        check("source", State.MISSING, "no procfs at /x: mount it", "or name its place");
        check("owners", State.MISSING, "there is no sample", "see source");
    }

    @Test
    void theSlowerSource() {
        source = "proc";
        degradations = List.of(new Degradation("source", "round-trip times", "netlink does not work", "allow it"));
        check(
                "source",
                State.PARTLY,
                "proc: 7 connections, 12 sockets, without round-trip times (netlink does not work)",
                "allow it");
        assertThat(report().works()).isTrue();
        assertThat(reason("fields")).contains("nothing is known of rtt, ", "cookie");
    }

    private String reason(String id) {
        return report().findings().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .reason()
                .value();
    }

    @Test
    void modulesThatAreNotThere() {
        Answer absent = new Answer(2, "no such file or directory");
        Arrays.stream(Question.values()).forEach(question -> answers.put(question, absent));
        check("netlink-tcp6", State.MISSING, "tcp_diag: no such file or directory", "load the kernel module tcp_diag");
        check(
                "netlink-mptcp",
                State.MISSING,
                "mptcp_diag: no such file or directory",
                "load the kernel module mptcp_diag");
        check("conntrack", State.MISSING, "no such file or directory", "load the kernel module nf_conntrack_netlink");
    }

    @Test
    void endingConnectionsTakesAKernelAndARight() {
        check("sock-destroy", State.WORKS, "connections can be ended", "");
        answers.put(Question.DESTROY, new Answer(95, "operation not supported"));
        check("sock-destroy", State.MISSING, "this kernel cannot end connections", "CONFIG_INET_DIAG_DESTROY=y");
        answers.clear();
        withoutCapability(Facts.Rights.CAP_NET_ADMIN);
        check("sock-destroy", State.MISSING, "no CAP_NET_ADMIN", "run as root, or with CAP_NET_ADMIN");
        answers.put(Question.CONNTRACK, new Answer(1, "operation not permitted"));
        check("conntrack", State.MISSING, "no CAP_NET_ADMIN", "run as root, or with CAP_NET_ADMIN");
    }

    @Test
    void aKernelWithAShorterTcpInfo() {
        infoBytes = 160;
        check(
                "tcp-info",
                State.PARTLY,
                "160 bytes, without delivery_rate, rwnd_limited, sndbuf_limited, cwnd_limited",
                "Linux 4.10 or later");
        infoBytes = 103;
        assertThat(reason("tcp-info")).contains("without rtt, ").contains("pacing_rate, tx_bytes");
        assertThat(KernelChecks.lost(0)).allMatch(id -> Fields.find(id) != null);
    }

    @Test
    void aLibraryThatCannotBeLoaded() {
        library = "/x/libshawk.so: no such file";
        check("libshawk", State.MISSING, "/x/libshawk.so: no such file", "build it with `make -C native`");
    }

    @Test
    void terminals() {
        ascii = true;
        mono = true;
        columns = 40;
        check("utf-8", State.PARTLY, "the locale has ASCII alone", "set LANG=C.UTF-8");
        check("colours", State.NOTE, "none: NO_COLOR is set, or the terminal has none", "");
        check("monitor", State.PARTLY, "TERM=xterm, 40x40", "make the terminal 60x15 at least");
        refusal = "TERM is not set; try TERM=xterm-256color";
        check("monitor", State.MISSING, "TERM is not set", "try TERM=xterm-256color");
    }

    @Test
    void variables() {
        variables = Map.of("PROC_ROOT", SafeText.of("/host/proc"), "NO_COLOR", SafeText.of("1"));
        check("environment", State.NOTE, "NO_COLOR=1 PROC_ROOT=/host/proc", "");
        warnings = List.of("SHAWK_X is set, and nothing uses it");
        check(
                "environment",
                State.PARTLY,
                "NO_COLOR=1 PROC_ROOT=/host/proc; SHAWK_X is set, and nothing uses it",
                "unset what does nothing");
        environmentFailure = "SHAWK_ENV_FILE='/x' cannot be read; name a file that can, or unset it";
        check("environment", State.MISSING, "SHAWK_ENV_FILE='/x' cannot be read", "name a file that can, or unset it");
    }

    @Test
    void theConfigFile() {
        check("config", State.WORKS, "/root/.config/shawk/config", "");
        configThere = false;
        check("config", State.NOTE, "none; /root/.config/shawk/config would be read", "");
        configThere = true;
        configProblems = List.of("config, line 3: there is no option 'x'");
        check("config", State.PARTLY, "config, line 3: there is no option 'x'", "correct /root/.config/shawk/config");
    }

    @Test
    void inCLocaleTheTextIsAsciiAlone() {
        degradations = List.of(OWNERS);
        String text = Forms.text(report(), true, false);
        assertThat(text).matches("\\p{ASCII}*").contains("~ owners ", "; fix: run as root\n", "+ netns ");
        assertThat(text).endsWith("\nLive connections with their owners can be shown.\n");
        assertThat(Forms.text(report(), false, false)).contains("≈ owners ", " → run as root\n");
        assertThat(text.lines().limit(report().findings().size()))
                .allMatch(line -> line.matches("[+~x.] [a-z0-9-]+ .*"));
    }

    @Test
    void colourIsOnMarkAndStateAlone() {
        String text = Forms.text(report(), true, true);
        assertThat(text).contains("\u001b[32m+\u001b[0m netns ", "\u001b[32mworks\u001b[0m ");
        assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Forms.text(report(), true, false));
    }

    @Test
    void jsonHasEveryCheck() {
        degradations = List.of(OWNERS);
        Map<String, Object> json = Json.object(Forms.json(report(), "1.2.3"));
        assertThat(json.keySet()).containsExactly("version", "works", "checks");
        assertThat(json.get("works")).isEqualTo(true);
        List<?> checks = (List<?>) json.get("checks");
        assertThat(checks).hasSize(report().findings().size());
        for (Object each : checks) {
            assertThat(((Map<?, ?>) each).keySet().toArray()).containsExactly("id", "state", "reason", "fix");
        }
        assertThat(((Map<?, ?>) checks.get(2)).get("fix")).isNull();
    }
}
