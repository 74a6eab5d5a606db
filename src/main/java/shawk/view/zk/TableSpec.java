package shawk.view.zk;

import org.jspecify.annotations.Nullable;
import shawk.zk.tally.Grouping;

/**
 * A table of what messages add up to.
 *
 * @param order of a table of latencies; null = it is one of counts
 * @param grouping what a row is
 * @param most requests and events, or pairs, that are added up
 * @param seconds whether latencies are plain numbers of seconds
 * @param format the form
 */
public record TableSpec(@Nullable Order order, Grouping grouping, long most, boolean seconds, Output.Format format) {
    /** What rows of latencies are sorted by, from the greatest to the least. */
    public enum Order {
        AVG,
        P95,
        P99,
        COUNT,
        MAX,
        ERRORS
    }
}
