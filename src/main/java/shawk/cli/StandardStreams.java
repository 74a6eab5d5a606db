package shawk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the standard streams lead to, by the names of what is open there. */
final class StandardStreams {
    static final int IN = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    private StandardStreams() {}

    /** Whether it is a terminal. */
    static boolean isTerminal(int fd) {
        String target = target(fd);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /**
     * Whether somebody else reads or writes the other end, so that a failure to write means that they have gone. The
     * text of the failure does not tell: it is in the user's language.
     */
    static boolean isPipe(int fd) {
        String target = target(fd);
        return target.startsWith("pipe:") || target.startsWith("socket:");
    }

    private static String target(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
