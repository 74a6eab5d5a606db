package shawk.nativelib;

import java.nio.file.Path;

/**
 * Sends signals to processes, each named by its number and the time when it began, so that a later bearer of the number
 * is never hit. It asks nobody and logs nothing. Thread-safe.
 */
public final class ProcessSignals {
    /** Asks a process to end. */
    public static final int SIGTERM = 15;

    /** Ends a process at once. */
    public static final int SIGKILL = 9;

    private ProcessSignals() {}

    /**
     * Sends a signal.
     *
     * @param start clock ticks after boot, as in {@code /proc/PID/stat}
     * @param signal 1 to 64
     * @throws NativeException ESRCH if the process has ended, EPERM if it belongs to somebody else
     */
    public static void send(Path procRoot, int pid, long start, int signal) throws NativeException {
        NativeLibrary.load();
        int result = Bindings.shawk_signal(NativeLibrary.cString(procRoot.toString()), pid, start, signal);
        if (result == -Errno.ESRCH) {
            throw new NativeException(Errno.ESRCH, "process " + pid + " has ended");
        }
        NativeException.check(result, "cannot send signal " + signal + " to process " + pid);
    }
}
