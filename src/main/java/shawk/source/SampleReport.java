package shawk.source;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.nativelib.ControlRecord;
import shawk.nativelib.ControlRecord.Part;
import shawk.nativelib.NativeException;

/** What a sample could not see, in words: out of numbers alone. */
final class SampleReport {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private SampleReport() {}

    static List<Degradation> of(ControlRecord control, boolean canReadOwners) {
        List<Degradation> all =
                new ArrayList<>(owners(control.processesSeen(), control.processesDenied(), canReadOwners));
        if (control.processesHidden()) {
            all.add(hidden());
        }
        add(all, "tcp", "TCP over IPv4", control.error(Part.TCP4));
        add(all, "tcp6", "TCP over IPv6", control.error(Part.TCP6));
        add(all, "udp", "UDP over IPv4", control.error(Part.UDP4));
        add(all, "udp6", "UDP over IPv6", control.error(Part.UDP6));
        addIfThere(all, "mptcp", "MPTCP over IPv4", control.error(Part.MPTCP4));
        addIfThere(all, "mptcp6", "MPTCP over IPv6", control.error(Part.MPTCP6));
        add(all, "unix", "unix sockets", control.error(Part.UNIX));
        if (control.error(Part.TRANSLATIONS) != 0) {
            all.add(translations(control.error(Part.TRANSLATIONS)));
        }
        if (control.translationsCut() > 0) {
            all.add(translationsCut(control.translationsCut()));
        }
        if (control.error(Part.LINKS) != 0) {
            all.add(links(control.error(Part.LINKS)));
        }
        if (control.malformed() > 0) {
            all.add(new Degradation(
                    "malformed",
                    control.malformed() + " sockets",
                    "the kernel's messages could not be parsed",
                    "upgrade shawk"));
        }
        return all;
    }

    /** Parts of the dump whose failure is told one by one, as a set of bits of {@link RawSample}. */
    static int told(ControlRecord control) {
        int told = 0;
        for (Part part : Part.values()) {
            told |= control.error(part) != 0 ? 1 << part.ordinal() : 0;
        }
        return told;
    }

    static Degradation translations(int errno) {
        boolean denied = errno == EPERM || errno == EACCES;
        return new Degradation(
                "nat",
                "original addresses of translated connections",
                denied ? "no CAP_NET_ADMIN" : NativeException.textOf(errno),
                denied
                        ? "run as root, or with CAP_NET_ADMIN"
                        : errno == ENOENT ? "load the kernel module nf_conntrack_netlink" : "see `conntrack -L`");
    }

    static Degradation translationsOf(int namespaces) {
        return new Degradation(
                "nat-netns",
                "original addresses of translated connections of " + count(namespaces),
                "conntrack cannot be read there",
                "run as root, or with CAP_NET_ADMIN");
    }

    private static String count(int namespaces) {
        return namespaces + (namespaces == 1 ? " network namespace" : " network namespaces");
    }

    static Degradation translationsCut(int namespaces) {
        return new Degradation(
                "nat-cut",
                "original addresses of some translated connections",
                "the conntrack table of " + count(namespaces) + " is too large to be read each time",
                "see `conntrack -L`");
    }

    static Degradation links(int errno) {
        return new Degradation(
                "links", "counters of the interfaces", NativeException.textOf(errno), "see `ip -s link`");
    }

    static Degradation parts(int namespaces) {
        return new Degradation(
                "netns-parts",
                "some sockets of " + count(namespaces),
                "the kernel broke off a dump",
                "see the next sample");
    }

    static List<Degradation> owners(int seen, int denied, boolean canReadOwners) {
        if (denied == 0) {
            return List.of();
        }
        return List.of(new Degradation(
                "owners",
                "sockets of " + denied + " of " + seen + " processes",
                canReadOwners
                        ? "they have capabilities that this program has not"
                        : "no CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH",
                canReadOwners ? "run with all capabilities, on the host itself" : SourcePlan.OWNERS_FIX));
    }

    static Degradation hidden() {
        return new Degradation(
                "hidepid", "owners of other users' sockets", "procfs is mounted with hidepid", SourcePlan.OWNERS_FIX);
    }

    /** {@code held}: those that a process holds are known all the same. */
    static Degradation namespaces(int unseen, int errno, boolean held) {
        boolean denied = errno == EPERM || errno == EACCES;
        return new Degradation(
                "netns",
                (held ? "sockets that no process holds, of " : "sockets of ") + count(unseen),
                NativeException.textOf(errno),
                denied ? SourcePlan.NETNS_FIX : "see `lsns -t net`");
    }

    private static void add(List<Degradation> all, String id, String what, int errno) {
        if (errno != 0) {
            all.add(protocol(id, what, errno));
        }
    }

    /** A kernel that cannot list them shows what they are made of, and most have none: nothing is missing. */
    private static void addIfThere(List<Degradation> all, String id, String what, int errno) {
        add(all, id, what, errno == ENOENT ? 0 : errno);
    }

    static Degradation protocol(String id, String what, int errno) {
        String module = id.replace("6", "") + "_diag";
        return new Degradation(
                id,
                what,
                NativeException.textOf(errno),
                errno == ENOENT ? "load the kernel module " + module : "use --source proc");
    }
}
