package shawk.zk.stats;

import java.util.List;
import shawk.zk.tally.Latencies;

/**
 * All counts since the beginning, as they stood at one moment. What lies between two moments is the difference of two
 * of these. Immutable.
 *
 * @param micros the moment, in microseconds since the epoch
 * @param paths by operation and path
 * @param addresses by operation, path and address of the client
 * @param users by operation, path and user
 * @param errors by operation and error number
 * @param operations columns of each row of the operations
 * @param latencies by row, those since the mark before
 */
record Mark(
        long micros,
        CountTable.Frozen paths,
        CountTable.Frozen addresses,
        CountTable.Frozen users,
        CountTable.Frozen errors,
        List<long[]> operations,
        List<Latencies> latencies) {
    /** Before anything. */
    static Mark nothing(long micros) {
        CountTable.Frozen nothing = CountTable.Frozen.NOTHING;
        return new Mark(micros, nothing, nothing, nothing, nothing, List.of(), List.of());
    }

    /** A column of a row of the operations; 0 where it was not there yet. */
    long column(int row, int column) {
        return row < operations.size() ? operations.get(row)[column] : 0;
    }

    /** The same with places of keys in another order; of {@code places} those to keep of paths, addresses, users. */
    Mark rearranged(List<int[]> places) {
        return new Mark(
                micros,
                paths.rearranged(places.get(0)),
                addresses.rearranged(places.get(1)),
                users.rearranged(places.get(2)),
                errors,
                operations,
                latencies);
    }
}
