package shawk.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the program allocates for an input; what the test itself does is not counted. Used by the thread that made it.
 */
final class Meter {
    /** Bytes that each byte of the input may cost, and what may come on top of that. */
    private static final int TIMES = 16;

    private static final int MORE = 1 << 16;

    /**
     * Bytes that a fuzzer's own instructions between the program's may take: what remains to be found then is an
     * allocation as large as an input says.
     */
    private static final long INSTRUMENTED = 64L << 20;

    private static long more;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated;
    private long allowed = MORE;
    private long since;

    /** Before all others: the program is instrumented. */
    static void instrumented() {
        more = INSTRUMENTED;
    }

    /** Now the program begins. */
    void begin() {
        since = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Now it is done. */
    void end() {
        allocated += THREADS.getCurrentThreadAllocatedBytes() - since;
    }

    /** So many bytes more were its input. */
    void took(int bytes) {
        allowed += (long) TIMES * bytes;
    }

    /** So many bytes more are right, for what is known to be made. */
    void allow(long bytes) {
        allowed += bytes;
    }

    boolean isTooMuch() {
        return allocated > allowed + more;
    }

    @Override
    public String toString() {
        return allocated + " bytes allocated, allowed were " + (allowed + more);
    }
}
