package shawk.nativelib;

import org.jspecify.annotations.Nullable;

/**
 * A native call failed, or the library could not be loaded. The message is one line: what, why, and the errno's name.
 */
public final class NativeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String reason;
    private final String fix;

    NativeException(int errno, String what) {
        this(errno, what + ": " + Errno.text(errno) + " (" + Errno.name(errno) + ")", "");
    }

    /** With a reason of its own; {@code fix} is what to do next, and may be empty. */
    NativeException(int errno, String reason, String fix) {
        super(fix.isEmpty() ? reason : reason + "; " + fix);
        this.errno = errno;
        this.reason = reason;
        this.fix = fix;
    }

    NativeException(String what, @Nullable Throwable cause) {
        super(what, cause);
        this.errno = 0;
        this.reason = what;
        this.fix = "";
    }

    /** What failed and why, without what to do next. */
    public String reason() {
        return reason;
    }

    /** What to do next; empty where the reason says it, or nobody knows. */
    public String fix() {
        return fix;
    }

    /** The errno, positive; 0 where the library itself could not be loaded. */
    public int errno() {
        return errno;
    }

    /** Whether memory or descriptors were short, of this process or of the host: soon it may be otherwise. */
    public boolean isShortage() {
        return errno == Errno.ENOMEM || errno == Errno.ENFILE || errno == Errno.EMFILE || errno == Errno.ENOBUFS;
    }

    /** Symbolic name such as {@code EPERM}; empty where the library itself could not be loaded. */
    public String name() {
        return errno == 0 ? "" : Errno.name(errno);
    }

    /** Symbolic name of any errno, as records hold them: {@code EPERM}. */
    public static String nameOf(int errno) {
        return Errno.name(errno);
    }

    /** Short text of any errno: {@code operation not permitted}. */
    public static String textOf(int errno) {
        return Errno.text(errno);
    }

    /** Passes a result that is not negative through; throws for {@code -errno}. */
    static int check(int result, String what) throws NativeException {
        return (int) check((long) result, what);
    }

    static long check(long result, String what) throws NativeException {
        if (result < 0) {
            throw new NativeException((int) -result, what);
        }
        return result;
    }
}
