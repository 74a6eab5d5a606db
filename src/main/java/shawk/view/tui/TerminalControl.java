package shawk.view.tui;

import java.io.IOException;

/** What a terminal can do besides reading and writing bytes. Every method may be called from any thread. */
public interface TerminalControl {
    /**
     * Size in character cells.
     *
     * @param columns 0 where the terminal does not tell
     * @param rows 0 where the terminal does not tell
     */
    record Size(int columns, int rows) {}

    /** Signals that concern the terminal. */
    enum Signal {
        /** SIGTSTP from outside; the key Ctrl-Z makes none while the terminal is raw. */
        SUSPEND,
        /** SIGCONT. */
        CONTINUED
    }

    /** The size now. */
    Size size() throws IOException;

    /**
     * No echo, no line buffer, no signals from keys; what was set before the first call is kept for {@link #restore}.
     */
    void raw() throws IOException;

    /** The settings as they were before {@link #raw}; nothing where that was not called. Never throws, never waits. */
    void restore();

    /**
     * Waits for input.
     *
     * @return whether there is some; false after {@code millis} or a signal
     * @throws IOException when the terminal is gone
     */
    boolean waitForInput(int millis) throws IOException;

    /**
     * Stops this process as the key Ctrl-Z does in a shell; returns when it was continued.
     *
     * @throws IOException where nobody is there to continue it; nothing was stopped then
     */
    void suspend() throws IOException;

    /** From now on {@code action} is run when the signal comes, instead of what the signal does by itself. */
    void onSignal(Signal signal, Runnable action);
}
