package shawk.zk.tally;

/** What is added up of one key. Used by one thread. */
final class Counters {
    long requests;
    long replies;
    long events;
    long errors;
    long unanswered;
    long requestBytes;
    long replyBytes;
    final Latencies latencies;

    Counters(int digits) {
        latencies = new Latencies(digits, digits <= TallyLimits.LIVE.digits());
    }

    boolean isEmpty() {
        return (requests | replies | events | unanswered) == 0;
    }

    void add(Counters other) {
        if (other.isEmpty()) {
            return;
        }
        requests += other.requests;
        replies += other.replies;
        events += other.events;
        errors += other.errors;
        unanswered += other.unanswered;
        requestBytes += other.requestBytes;
        replyBytes += other.replyBytes;
        latencies.add(other.latencies);
    }

    void clear() {
        if (isEmpty()) {
            return;
        }
        requests = 0;
        replies = 0;
        events = 0;
        errors = 0;
        unanswered = 0;
        requestBytes = 0;
        replyBytes = 0;
        latencies.clear();
    }

    Amounts amounts() {
        return isEmpty()
                ? Amounts.NONE
                : new Amounts(
                        requests,
                        replies,
                        events,
                        errors,
                        unanswered,
                        requestBytes,
                        replyBytes,
                        latencies.count(),
                        latencies.leastMicros(),
                        latencies.meanMicros(),
                        latencies.percentileMicros(50),
                        latencies.percentileMicros(95),
                        latencies.percentileMicros(99),
                        latencies.greatestMicros());
    }
}
