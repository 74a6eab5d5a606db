package shawk.zk.tally;

/** One key's counters: since the cut before, and until then. Used by one thread. */
final class Entry {
    final Counters interval;
    final Counters before;
    long outstanding;
    long lastMicros;

    Entry(int digits) {
        interval = new Counters(digits);
        before = new Counters(digits);
    }

    /** The interval is over. */
    void close() {
        if (!interval.isEmpty()) {
            before.add(interval);
            interval.clear();
        }
    }
}
