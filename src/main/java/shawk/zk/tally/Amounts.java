package shawk.zk.tally;

/**
 * What messages add up to. Immutable.
 *
 * @param requests that were sent
 * @param replies that came to requests that were seen
 * @param events of watches
 * @param errors replies that say that it failed
 * @param unanswered requests that will have no reply
 * @param requestBytes length prefixes of requests, added up
 * @param replyBytes the same of replies and events
 * @param latencies how many of the following there are: replies whose request was seen
 * @param leastMicros the shortest time to a reply; 0 where there is none
 * @param meanMicros the mean; {@code NaN} where there is none, as of those that follow
 * @param p50Micros half took no longer
 * @param p95Micros of a hundred 95 took no longer
 * @param p99Micros the same of 99
 * @param greatestMicros the longest; 0 where there is none
 */
public record Amounts(
        long requests,
        long replies,
        long events,
        long errors,
        long unanswered,
        long requestBytes,
        long replyBytes,
        long latencies,
        long leastMicros,
        double meanMicros,
        double p50Micros,
        double p95Micros,
        double p99Micros,
        long greatestMicros) {
    /** Nothing. */
    public static final Amounts NONE =
            new Amounts(0, 0, 0, 0, 0, 0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

    /** Requests and events: what ZKTraffic counts. */
    public long messages() {
        return requests + events;
    }
}
