package shawk.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.SelfUsage;

/** What programs in the kernel take, and which of it is missing: out of facts alone. */
final class ProgramRules {
    /** What they take of a process. */
    static final String RIGHTS_FIX = "run as root, or with CAP_BPF and CAP_PERFMON";

    private ProgramRules() {}

    /** Why {@code kind} cannot work; null = nothing is known against it. */
    static @Nullable Missed obstacle(SourceKind kind, Capabilities facts) {
        KernelFacts kernel = facts.kernel();
        int minor = kind == SourceKind.EBPF ? 12 : 11;
        String rights = missingRights(facts);
        if (kernel.major() != 0 && !kernel.isAtLeast(5, minor)) {
            return new Missed(
                    "Linux " + kernel.major() + "." + kernel.minor() + " is too old", "Linux 5." + minor + " or later");
        }
        if (!kernel.hostPids()) {
            return new Missed(
                    "programs in the kernel know processes by the host's pids, and this procfs has others",
                    "run on the host itself, or in a container that shares its pids");
        }
        if (!kernel.hostUsers()) {
            return new Missed(
                    "the capabilities of a user namespace do not reach the kernel's programs",
                    "run on the host itself, or in a container with root's own rights");
        }
        if (!rights.isEmpty()) {
            return new Missed("no " + rights, RIGHTS_FIX);
        }
        return kernel.btf()
                ? null
                : new Missed("no /sys/kernel/btf/vmlinux", "mount sysfs, or take a kernel with CONFIG_DEBUG_INFO_BTF");
    }

    /** CAP_SYS_ADMIN holds both, as it did before they were told apart. */
    private static String missingRights(Capabilities facts) {
        List<String> missing = new ArrayList<>();
        if (!facts.has(SelfUsage.CAP_SYS_ADMIN)) {
            if (!facts.has(SelfUsage.CAP_BPF)) {
                missing.add("CAP_BPF");
            }
            if (!facts.has(SelfUsage.CAP_PERFMON)) {
                missing.add("CAP_PERFMON");
            }
        }
        return String.join(", ", missing);
    }
}
