package shawk.view.shell;

import java.io.IOException;

/** What the terminal can do besides reading and writing bytes. Every method may be called from any thread. */
public interface ShellTerminal {
    /**
     * Size in character cells.
     *
     * @param columns 0 where the terminal does not tell
     * @param rows 0 where the terminal does not tell
     */
    record Extent(int columns, int rows) {}

    /** The size now. */
    Extent extent() throws IOException;

    /** No echo, no line buffer, no signals from keys. */
    void raw() throws IOException;

    /** The settings as they were before {@link #raw}; nothing where that was not called. Never throws. */
    void restore();

    /** Stops this process as the key Ctrl-Z does in a shell; returns when it was continued. */
    void suspend() throws IOException;

    /** From now on {@code action} is run when the size has changed. */
    void onResize(Runnable action);
}
