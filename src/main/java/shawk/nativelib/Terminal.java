package shawk.nativelib;

/**
 * A terminal behind a file descriptor. Escape sequences are no business of this class. Thread-safe as far as the
 * terminal itself is.
 */
public final class Terminal {
    private static final int STATE_BYTES = 128;

    private Terminal() {}

    /**
     * Size in character cells.
     *
     * @param columns 0 where the terminal does not tell
     * @param rows 0 where the terminal does not tell
     */
    public record Size(int columns, int rows) {}

    /** The settings of a terminal before it was made raw; only good for {@link #restore}. */
    public static final class State {
        private final byte[] bytes;

        private State(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    public static boolean isTerminal(int fd) throws NativeException {
        NativeLibrary.load();
        return Bindings.shawk_term_is_tty(fd) == 1;
    }

    public static Size size(int fd) throws NativeException {
        NativeLibrary.load();
        int packed = NativeException.check(Bindings.shawk_term_size(fd), "cannot read the terminal's size");
        return new Size(packed >>> 16, packed & 0xffff);
    }

    /** No echo, no line buffer, no signals from keys; returns what was set before. */
    public static State raw(int fd) throws NativeException {
        NativeLibrary.load();
        byte[] saved = new byte[STATE_BYTES];
        NativeException.check(Bindings.shawk_term_raw(fd, saved), "cannot set up the terminal");
        return new State(saved);
    }

    /** Sets what {@link #raw} returned. From the background it leaves the terminal to whoever has it now. */
    public static void restore(int fd, State state) throws NativeException {
        NativeLibrary.load();
        NativeException.check(Bindings.shawk_term_restore(fd, state.bytes), "cannot restore the terminal");
    }

    /**
     * Waits for input.
     *
     * @param timeoutMillis the longest wait; -1 without end
     * @return whether there is input; false after the time or a signal
     * @throws NativeException EIO once the terminal has hung up
     */
    public static boolean waitForInput(int fd, int timeoutMillis) throws NativeException {
        NativeLibrary.load();
        return NativeException.check(Bindings.shawk_term_wait(fd, timeoutMillis), "the terminal is gone") == 1;
    }

    /**
     * Stops this process and its group as the key Ctrl-Z does; returns when it was continued. Restore the terminal
     * before, set it up again after.
     *
     * @throws NativeException EOPNOTSUPP where no shell is there to continue the group; nothing was stopped then
     */
    public static void suspend() throws NativeException {
        NativeLibrary.load();
        NativeException.check(Bindings.shawk_suspend(), "cannot suspend");
    }
}
