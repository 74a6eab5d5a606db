package shawk.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this kernel has, and where this process lives in it, as far as it matters for programs in the kernel. Immutable;
 * nothing is decided here.
 *
 * @param major of its version, 0 = unknown
 * @param minor of its version
 * @param btf whether it tells its types
 * @param hostPids whether procfs shows the pids that programs in the kernel see: those of the initial namespace
 * @param hostUsers whether capabilities are those of the initial user namespace
 * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}; empty = unknown
 * @param unprivilegedDisabled {@code kernel.unprivileged_bpf_disabled}; -1 = unknown
 */
public record KernelFacts(
        int major,
        int minor,
        boolean btf,
        boolean hostPids,
        boolean hostUsers,
        String lockdown,
        int unprivilegedDisabled) {
    /** Nothing is known, and so nothing is there. */
    public static final KernelFacts UNKNOWN = new KernelFacts(0, 0, false, false, false, "", -1);

    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
    private static final Path UNPRIVILEGED = Path.of("/proc/sys/kernel/unprivileged_bpf_disabled");
    /** Inodes of the initial namespaces: PROC_PID_INIT_INO, PROC_USER_INIT_INO. */
    private static final String HOST_PIDS = "pid:[4026531836]";

    private static final String HOST_USERS = "user:[4026531837]";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);
    private static final Pattern CHOSEN = Pattern.compile(".*\\[(\\w+)].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    /** Those of this host, with procfs at {@code procRoot}. */
    public static KernelFacts query(Path procRoot) {
        boolean hostPids = queryLink(procRoot.resolve("self/ns/pid")).equals(HOST_PIDS)
                || queryLink(procRoot.resolve("1/ns/pid")).equals(HOST_PIDS);
        return parse(
                queryText(RELEASE),
                Files.isReadable(BTF),
                hostPids,
                queryLink(Path.of("/proc/self/ns/user")).equals(HOST_USERS),
                queryText(LOCKDOWN),
                queryText(UNPRIVILEGED));
    }

    /** Out of what files say; text that is no such thing gives nothing. */
    static KernelFacts parse(
            String release, boolean btf, boolean hostPids, boolean hostUsers, String lockdown, String unprivileged) {
        Matcher version = VERSION.matcher(release);
        boolean known = version.matches();
        Matcher chosen = CHOSEN.matcher(lockdown);
        String disabled = unprivileged.strip();
        return new KernelFacts(
                known ? Integer.parseInt(version.group(1)) : 0,
                known ? Integer.parseInt(version.group(2)) : 0,
                btf,
                hostPids,
                hostUsers,
                chosen.matches() ? chosen.group(1) : "",
                NUMBER.matcher(disabled).matches() ? Integer.parseInt(disabled) : -1);
    }

    private static String queryLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private static String queryText(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** Whether this is Linux {@code wantedMajor.wantedMinor} or later. */
    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }
}
