package shawk.zk.stats;

import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.zk.proto.MessageSink;
import shawk.zk.tally.Latencies;

/** One operation of the protocol and what was counted of it since the beginning. One thread. */
final class OpRow {
    static final int COUNT = 0;
    static final int BYTES = 1;
    static final int REPLIES = 2;
    static final int REPLY_BYTES = 3;
    static final int ERRORS = 4;
    /** And the reasons behind it, as {@code MessageSink.Unanswered} has them. */
    static final int UNANSWERED = 5;

    static final int REASONS = MessageSink.Unanswered.values().length;
    static final int LATENCIES = UNANSWERED + REASONS;
    static final int LATENCY_SUM = LATENCIES + 1;
    /** And the further ones behind it: replies that took no longer than each bound, and longer than the one before. */
    static final int BUCKETS = LATENCY_SUM + 1;

    /** Upper bounds of latencies that Prometheus is told, in microseconds. */
    private static final long[] BOUNDS = {
        100,
        250,
        500,
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000
    };

    static final int COLUMNS = BUCKETS + BOUNDS.length;

    /** Of a percentile so many digits are right. */
    static final int DIGITS = 2;

    final int index;
    final SafeText word;
    final Operation key;
    /** What keys begin with of those that reconnect, or make an ephemeral node; null = there are none. */
    final @Nullable Operation variant;

    final long[] columns = new long[COLUMNS];
    /** Of the slot that is being filled. */
    Latencies latencies = new Latencies(DIGITS);
    /** Of all slots before it; never changed, but for another one that takes its place. */
    Latencies ended = new Latencies(DIGITS);

    OpRow(int index, SafeText word, Operation key, @Nullable Operation variant) {
        this.index = index;
        this.word = word;
        this.key = key;
        this.variant = variant;
    }

    static int buckets() {
        return BOUNDS.length;
    }

    static long bucketMicros(int bucket) {
        return BOUNDS[bucket];
    }

    void latency(long micros) {
        long time = Math.max(0, micros);
        columns[LATENCIES]++;
        columns[LATENCY_SUM] += time;
        int bucket = 0;
        while (bucket < BOUNDS.length && time > BOUNDS[bucket]) {
            bucket++;
        }
        if (bucket < BOUNDS.length) {
            columns[BUCKETS + bucket]++;
        }
        latencies.add(time);
    }
}
