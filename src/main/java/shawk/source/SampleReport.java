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
        return (control.error(Part.TCP4) != 0 ? RawSample.TCP4 : 0)
                | (control.error(Part.TCP6) != 0 ? RawSample.TCP6 : 0)
                | (control.error(Part.UDP4) != 0 ? RawSample.UDP4 : 0)
                | (control.error(Part.UDP6) != 0 ? RawSample.UDP6 : 0);
    }

    static Degradation parts(int namespaces) {
        return new Degradation(
                "netns-parts",
                "some sockets of " + namespaces + (namespaces == 1 ? " network namespace" : " network namespaces"),
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

    static Degradation namespaces(int unseen, int errno) {
        boolean denied = errno == EPERM || errno == EACCES;
        return new Degradation(
                "netns",
                "sockets of " + unseen + (unseen == 1 ? " network namespace" : " network namespaces"),
                NativeException.textOf(errno),
                denied ? SourcePlan.NETNS_FIX : "see `lsns -t net`");
    }

    private static void add(List<Degradation> all, String id, String what, int errno) {
        if (errno != 0) {
            all.add(protocol(id, what, errno));
        }
    }

    static Degradation protocol(String id, String what, int errno) {
        String module = id.startsWith("tcp") ? "tcp_diag" : "udp_diag";
        return new Degradation(
                id,
                what,
                NativeException.textOf(errno),
                errno == ENOENT ? "load the kernel module " + module : "use --source proc");
    }
}
