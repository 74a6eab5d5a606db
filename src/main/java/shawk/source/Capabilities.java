package shawk.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.SelfUsage;

/**
 * Facts about what this process may do and what this host has. Immutable; nothing is decided here.
 *
 * @param procReadable whether procfs is there
 * @param uid effective user, -1 = unknown
 * @param effective effective capability set, bit {@code CAP_*}
 * @param kernel what matters for programs in the kernel
 * @param failures sources that were seen to fail, and why
 */
public record Capabilities(
        boolean procReadable, long uid, long effective, KernelFacts kernel, Map<SourceKind, Missed> failures) {

    public Capabilities {
        failures = Map.copyOf(failures);
    }

    /** Nothing was seen to fail. */
    public Capabilities(boolean procReadable, long uid, long effective, KernelFacts kernel) {
        this(procReadable, uid, effective, kernel, Map.of());
    }

    /** The facts of this process. */
    public static Capabilities query(Path procRoot) {
        try {
            String status = Files.readString(procRoot.resolve("self/status"), StandardCharsets.ISO_8859_1);
            return parse(status, KernelFacts.query(procRoot));
        } catch (IOException e) {
            return new Capabilities(false, -1, 0, KernelFacts.UNKNOWN);
        }
    }

    /** Out of the text of {@code /proc/self/status}; a line that is missing or malformed gives nothing. */
    static Capabilities parse(String status, KernelFacts kernel) {
        long uid = -1;
        long effective = 0;
        for (String line : status.split("\n")) {
            String[] words = line.split("\\s+");
            if (words.length >= 3 && words[0].equals("Uid:")) {
                uid = parse(words[2], 10, -1);
            } else if (words.length >= 2 && words[0].equals("CapEff:")) {
                effective = parse(words[1], 16, 0);
            }
        }
        return new Capabilities(true, uid, effective, kernel);
    }

    private static long parse(String word, int radix, long otherwise) {
        try {
            return Long.parseUnsignedLong(word, radix);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The same, after {@code kind} was seen to fail. */
    public Capabilities without(SourceKind kind, Missed why) {
        Map<SourceKind, Missed> all = new EnumMap<>(SourceKind.class);
        all.putAll(failures);
        all.put(kind, why);
        return new Capabilities(procReadable, uid, effective, kernel, all);
    }

    /** Why {@code kind} was seen to fail; null = it was not. */
    @Nullable
    Missed failure(SourceKind kind) {
        return failures.get(kind);
    }

    /** Whether the effective set holds {@code capability}. */
    boolean has(int capability) {
        return (effective >>> capability & 1) == 1;
    }

    /** Whether the descriptors of other users' processes can be read. */
    boolean canReadOwners() {
        return has(SelfUsage.CAP_SYS_PTRACE) && has(SelfUsage.CAP_DAC_READ_SEARCH);
    }

    /** Whether other network namespaces can be entered. */
    boolean canEnterNamespaces() {
        return has(SelfUsage.CAP_SYS_ADMIN);
    }
}
