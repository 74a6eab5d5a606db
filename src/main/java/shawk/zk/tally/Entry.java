package shawk.zk.tally;

/** One key's counters: of the interval that goes on, of the one before it, and until now. Used by one thread. */
final class Entry {
    Counters interval;
    Counters last;
    /** Of all intervals that are over. */
    final Counters before;

    long outstanding;
    long lastMicros;

    Entry(int digits) {
        interval = new Counters(digits);
        last = new Counters(digits);
        before = new Counters(digits);
    }

    /** The interval is over. */
    void close() {
        before.add(interval);
        Counters over = interval;
        interval = last;
        interval.clear();
        last = over;
    }
}
