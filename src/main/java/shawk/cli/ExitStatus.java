package shawk.cli;

/** Exit statuses of every command. */
final class ExitStatus {
    static final int OK = 0;
    /** An assertion is broken. */
    static final int BROKEN = 1;
    /** Wrong usage. */
    static final int USAGE = 2;
    /** Something needed is missing: a permission, a source, room for the output. */
    static final int MISSING = 3;
    /** A fault of this program. */
    static final int INTERNAL = 4;
    /** What a signal's number is added to. */
    static final int SIGNAL = 128;

    private ExitStatus() {}
}
