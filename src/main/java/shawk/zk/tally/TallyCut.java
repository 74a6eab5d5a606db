package shawk.zk.tally;

import java.util.List;

/**
 * What a {@link Tally} has at a moment. Immutable; any thread.
 *
 * @param fromMicros when the interval began: the cut before, or the start
 * @param toMicros when it ended
 * @param rows one a key, in the order in which keys were seen first
 * @param others what had no room for a row of its own, or whose row was let go
 * @param total all together, others too
 * @param letGo keys that were let go since the start
 */
public record TallyCut(
        long fromMicros, long toMicros, List<TallyRow> rows, TallyRow others, TallyRow total, long letGo) {
    public TallyCut {
        rows = List.copyOf(rows);
    }

    /** Length of the interval in seconds; never 0, so that it may divide. */
    public double seconds() {
        return Math.max(1, toMicros - fromMicros) / 1e6;
    }
}
