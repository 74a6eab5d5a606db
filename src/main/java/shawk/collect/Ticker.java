package shawk.collect;

/** A clock that never steps, and waiting on it: the one place where the collector meets real time. */
public interface Ticker {
    /** Nanoseconds since some moment of the past. */
    long nanos();

    /** Waits on {@code monitor}, which the caller holds, until it is notified or {@code nanos} have passed. */
    void await(Object monitor, long nanos) throws InterruptedException;

    /** The machine's own. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public void await(Object monitor, long nanos) throws InterruptedException {
            if (nanos > 0) {
                monitor.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
            }
        }
    };
}
