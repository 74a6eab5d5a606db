package shawk.cli;

/**
 * How many connections may match.
 *
 * @param least at least so many; 0 = no bound
 * @param most at most so many; {@link Long#MAX_VALUE} = no bound
 */
record Bound(long least, long most) {
    static final long NONE = Long.MAX_VALUE;

    /** What a count says of the bound. */
    enum Answer {
        KEPT,
        BROKEN,
        /** Either, depending on what could not be seen. */
        UNTOLD
    }

    /** What is known where between {@code surely} and {@code perhaps} connections match, both included. */
    Answer judge(long surely, long perhaps) {
        if (surely > most || perhaps < least) {
            return Answer.BROKEN;
        }
        return surely >= least && perhaps <= most ? Answer.KEPT : Answer.UNTOLD;
    }

    /** E.g. "at most 10". */
    String text() {
        if (least == most) {
            return "exactly " + least;
        }
        if (least == 0) {
            return "at most " + most;
        }
        return most == NONE ? "at least " + least : least + " to " + most;
    }
}
