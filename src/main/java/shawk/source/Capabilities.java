package shawk.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import shawk.nativelib.SelfUsage;

/**
 * Facts about what this process may do and what this host has. Immutable; nothing is decided here.
 *
 * @param procReadable whether procfs is there
 * @param uid effective user, -1 = unknown
 * @param effective effective capability set, bit {@code CAP_*}
 * @param netlinkFailure why netlink does not work, empty as long as it was not seen to fail
 */
public record Capabilities(boolean procReadable, long uid, long effective, String netlinkFailure) {
    /** The facts of this process. */
    public static Capabilities query(Path procRoot) {
        try {
            return parse(Files.readString(procRoot.resolve("self/status"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Capabilities(false, -1, 0, "");
        }
    }

    /** Out of the text of {@code /proc/self/status}; a line that is missing or malformed gives nothing. */
    static Capabilities parse(String status) {
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
        return new Capabilities(true, uid, effective, "");
    }

    private static long parse(String word, int radix, long otherwise) {
        try {
            return Long.parseUnsignedLong(word, radix);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The same, after netlink was seen to fail. */
    public Capabilities withoutNetlink(String why) {
        return new Capabilities(procReadable, uid, effective, why);
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
