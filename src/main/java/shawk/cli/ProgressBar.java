package shawk.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** How far a count is, in one line of a terminal that is drawn again and again. Used by one thread. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final @Nullable PrintStream terminal;
    private final long most;
    private long shown = -1;

    /** On {@code terminal}; null = on none. */
    ProgressBar(@Nullable PrintStream terminal, long most) {
        this.terminal = terminal;
        this.most = most;
    }

    void show(long seen) {
        if (terminal == null || seen == shown) {
            return;
        }
        shown = seen;
        int full = (int) (seen * WIDTH / most);
        terminal.print(
                "\rCollecting (" + seen + "/" + most + ") [" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]");
        terminal.flush();
    }

    /** Takes the line away. */
    void clear() {
        if (terminal != null && shown >= 0) {
            terminal.print("\r\u001b[K");
            terminal.flush();
        }
    }
}
