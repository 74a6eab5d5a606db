package shawk.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Hook;
import shawk.doctor.Facts.Rights;

/** What programs in the kernel take: the library, capabilities, the kernel's types and hooks, the cgroup hierarchy. */
final class ProgramChecks {
    private static final int EPERM = 1;
    private static final int EACCES = 13;

    private record Right(String name, int bit, String brings) {}

    private static final List<Right> RIGHTS = List.of(
            new Right("CAP_BPF", Rights.CAP_BPF, "ebpf"),
            new Right("CAP_PERFMON", Rights.CAP_PERFMON, "ebpf"),
            new Right("CAP_NET_ADMIN", Rights.CAP_NET_ADMIN, "other ends of UDP sockets, translations, kills"),
            new Right("CAP_NET_RAW", Rights.CAP_NET_RAW, "packets for shawk zk"),
            new Right("CAP_SYS_PTRACE", Rights.CAP_SYS_PTRACE, "owners by procfs, executables"),
            new Right("CAP_DAC_READ_SEARCH", Rights.CAP_DAC_READ_SEARCH, "owners by procfs"),
            new Right("CAP_SYS_ADMIN", Rights.CAP_SYS_ADMIN, "other network namespaces, statistics"));

    private ProgramChecks() {}

    static List<Finding> of(Facts facts) {
        Facts.Programs programs = facts.programs();
        List<Finding> all = new ArrayList<>();
        all.add(ebpf(facts));
        all.add(
                programs.library().value().isEmpty()
                        ? Finding.works("libbpf", "libshawk-bpf.so and libbpf.so.1 are loaded")
                        : Finding.missing("libbpf", programs.library().value(), programs.libraryFix()));
        all.add(capabilities(facts.rights()));
        all.add(namespaces(programs));
        for (Hook hook : Hook.values()) {
            all.add(hook(hook, facts));
        }
        all.add(cgroup(programs));
        all.add(Finding.note("bpf-settings", settings(programs)));
        return all;
    }

    /** The source as a whole: what it cannot do without. */
    private static Finding ebpf(Facts facts) {
        List<String> missing = new ArrayList<>();
        if (!facts.programs().library().value().isEmpty()) {
            missing.add("libbpf");
        }
        if (!hosts(facts.programs())) {
            missing.add("host-ids");
        }
        for (Hook hook : List.of(Hook.BTF, Hook.ITERATOR, Hook.TRACEPOINT)) {
            if (facts.programs().answers().getOrDefault(hook, Answer.YES).errno() != 0) {
                missing.add(hook.id());
            }
        }
        return missing.isEmpty()
                ? Finding.works("ebpf", "every connection is seen, however short it lives")
                : Finding.missing(
                        "ebpf",
                        "connections that live between two samples are not seen",
                        "see " + String.join(", ", missing));
    }

    private static Finding capabilities(Rights rights) {
        List<Right> lacking =
                RIGHTS.stream().filter(right -> !isHeld(right, rights)).toList();
        if (lacking.isEmpty()) {
            return Finding.works(
                    "capabilities", RIGHTS.stream().map(Right::name).collect(Collectors.joining(", ")));
        }
        String names = lacking.stream()
                .map(right -> right.name() + " (" + right.brings() + ")")
                .collect(Collectors.joining(", "));
        String add = lacking.stream()
                .map(right -> "+" + right.name().substring("CAP_".length()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        String fix = "run as root, or by setpriv --inh-caps=" + add + " --ambient-caps=" + add
                + "; setcap on java does not do";
        return lacking.size() == RIGHTS.size()
                ? Finding.missing("capabilities", "no " + names, fix)
                : Finding.partly("capabilities", "no " + names, fix);
    }

    /** CAP_SYS_ADMIN holds those that were taken out of it. */
    private static boolean isHeld(Right right, Rights rights) {
        boolean takenOut = right.bit() == Rights.CAP_BPF || right.bit() == Rights.CAP_PERFMON;
        return rights.has(right.bit()) || takenOut && rights.has(Rights.CAP_SYS_ADMIN);
    }

    private static boolean hosts(Facts.Programs programs) {
        return programs.hostPids() && programs.hostUsers();
    }

    private static Finding namespaces(Facts.Programs programs) {
        if (hosts(programs)) {
            return Finding.works("host-ids", "pids and users are those of the host");
        }
        String others = Stream.of(programs.hostPids() ? "" : "pids", programs.hostUsers() ? "" : "users")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" and "));
        return Finding.missing(
                "host-ids",
                others + " are those of a container, which programs in the kernel do not know",
                "run on the host itself, or in a container that shares its pids and users");
    }

    private static Finding hook(Hook hook, Facts facts) {
        if (!facts.programs().library().value().isEmpty()) {
            return Finding.missing(hook.id(), "cannot be asked for", "see libbpf");
        }
        Answer answer = facts.programs().answers().getOrDefault(hook, Answer.YES);
        if (answer.errno() == 0) {
            return Finding.works(hook.id(), brings(hook));
        }
        String reason = "without " + brings(hook) + ": " + answer.text();
        return answer.errno() == EPERM || answer.errno() == EACCES
                ? Finding.missing(hook.id(), reason, "see capabilities")
                : Finding.missing(hook.id(), reason, since(hook));
    }

    private static String brings(Hook hook) {
        return switch (hook) {
            case BTF -> "the kernel's types";
            case ITERATOR -> "a list of sockets and who holds them";
            case TRACEPOINT -> "how connections begin and end";
            case IO -> "who did I/O last, UDP flows";
            case CGROUP -> "other ends of unconnected UDP sockets";
            case STATISTICS -> "what programs in the kernel take, in view 7";
        };
    }

    private static String since(Hook hook) {
        return switch (hook) {
            case BTF -> "CONFIG_DEBUG_INFO_BTF=y, and sysfs mounted";
            case ITERATOR -> "Linux 5.11 or later";
            case TRACEPOINT -> "Linux 5.12 or later";
            case IO -> "Linux 6.3 or later";
            case CGROUP -> "see cgroup";
            case STATISTICS -> "Linux 5.8 or later";
        };
    }

    private static Finding cgroup(Facts.Programs programs) {
        String place = programs.cgroup2().value();
        if (place.isEmpty()) {
            return Finding.missing(
                    "cgroup", "no hierarchy of version 2", "mount -t cgroup2 none /sys/fs/cgroup/unified");
        }
        return Finding.works("cgroup", "version 2 at " + place + (programs.cgroup1() ? ", version 1 beside it" : ""));
    }

    private static String settings(Facts.Programs programs) {
        String lockdown = programs.lockdown().value();
        return "kernel.unprivileged_bpf_disabled "
                + (programs.unprivilegedDisabled() < 0 ? "unknown" : "= " + programs.unprivilegedDisabled())
                + ", lockdown " + (lockdown.isEmpty() ? "none" : lockdown);
    }
}
