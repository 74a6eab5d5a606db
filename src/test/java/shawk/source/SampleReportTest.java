package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.Degradation;

/** What a sample could not see, in words. */
final class SampleReportTest {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EPROTO = 71;

    private static void check(Degradation degradation, String id, String what, String why, String fix) {
        assertThat(degradation).isEqualTo(new Degradation(id, what, why, fix));
    }

    @Test
    void partsOfTheKernelThatAreMissing() {
        check(
                SampleReport.protocol("mptcp6", "MPTCP over IPv6", ENOENT),
                "mptcp6",
                "MPTCP over IPv6",
                "no such file or directory",
                "load the kernel module mptcp_diag");
        check(
                SampleReport.protocol("unix", "unix sockets", ENOENT),
                "unix",
                "unix sockets",
                "no such file or directory",
                "load the kernel module unix_diag");
        check(
                SampleReport.translations(ENOENT),
                "nat",
                "original addresses of translated connections",
                "no such file or directory",
                "load the kernel module nf_conntrack_netlink");
    }

    @Test
    void whatMayNotBeRead() {
        check(
                SampleReport.translations(EPERM),
                "nat",
                "original addresses of translated connections",
                "no CAP_NET_ADMIN",
                "run as root, or with CAP_NET_ADMIN");
        check(SampleReport.links(EPROTO), "links", "counters of the interfaces", "protocol error", "see `ip -s link`");
    }

    @Test
    void tablesTooLargeAreCounted() {
        check(
                SampleReport.translationsCut(1),
                "nat-cut",
                "original addresses of some translated connections",
                "the conntrack table of 1 network namespace is too large to be read each time",
                "see `conntrack -L`");
        check(
                SampleReport.translationsOf(2),
                "nat-netns",
                "original addresses of translated connections of 2 network namespaces",
                "conntrack cannot be read there",
                "run as root, or with CAP_NET_ADMIN");
        assertThat(SampleReport.translationsCut(3).reason()).contains("3 network namespaces");
    }
}
