package shawk.cli;

/**
 * Keeps the heap near what is alive. The serial collector would rather grow the heap than collect its old part, and a
 * cap low enough to forbid that would end the program on a host with ten times the usual sockets. So the cap is high,
 * and the old part is collected when half as much again as was alive has come on top. Used by the collector's thread.
 */
final class HeapKeeper {
    /** Bytes below which nothing is done: what sockets in the thousands never reach. */
    private static final long ENOUGH = 110L << 20;

    private final Runtime runtime = Runtime.getRuntime();
    private long alive;

    /** To be called after each sample. */
    void afterSample() {
        long used = used();
        // What was alive once is believed a little less each time, so that memory comes back after a rush of sockets.
        alive -= alive >> 8;
        if (used > ENOUGH && used > alive + alive / 2) {
            System.gc();
            alive = used();
        }
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
