package shawk.zk.stats;

import java.util.Map;
import java.util.TreeMap;
import shawk.zk.proto.ErrorCodes;

/** Errors of an operation by name. Stateless. */
final class ErrorCounts {
    private ErrorCounts() {}

    /** In the order of their names. */
    static Map<String, Long> of(StatsSnapshot snapshot, Interval interval, int row) {
        Map<String, Long> counts = new TreeMap<>();
        CountTable.Frozen to = interval.to().errors();
        for (int place = 0; place < to.size(); place++) {
            long key = snapshot.places.errors()[place];
            long count = to.count(place) - interval.from().errors().count(place);
            if (key >>> 32 == row && count > 0) {
                counts.merge(name((int) key), count, Long::sum);
            }
        }
        return counts;
    }

    private static String name(int error) {
        return error == Aggregator.OTHER_ERROR ? "(other)" : ErrorCodes.name(error);
    }
}
