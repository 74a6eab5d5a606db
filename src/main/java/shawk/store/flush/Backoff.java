package shawk.store.flush;

import java.util.Random;

/** How long to wait after failures: twice as long after each, spread so that agents do not all come at once. */
final class Backoff {
    private final long first;
    private final long longest;
    private final Random random;
    private long next;

    Backoff(long firstMillis, long longestMillis, Random random) {
        this.first = firstMillis;
        this.longest = longestMillis;
        this.random = random;
        this.next = firstMillis;
    }

    /** It has worked. */
    void worked() {
        next = first;
    }

    /** Milliseconds to wait now: between half and all of what it has grown to. */
    long failed() {
        long wait = next / 2 + (long) (random.nextDouble() * (next - next / 2));
        next = Math.min(longest, next * 2);
        return Math.max(1, wait);
    }
}
