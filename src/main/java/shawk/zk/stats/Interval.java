package shawk.zk.stats;

import java.util.List;
import shawk.zk.tally.Latencies;

/**
 * What was counted between two moments. Immutable; any thread.
 *
 * @param latencies by row of the operations, in parts to be added up
 */
record Interval(Mark from, Mark to, List<List<Latencies>> latencies) {
    /** What was counted in a column of a row. */
    long column(int row, int column) {
        return to.column(row, column) - from.column(row, column);
    }

    /** How long replies of a row took. */
    Latencies latencies(int row) {
        Latencies sum = new Latencies(OpRow.DIGITS);
        for (List<Latencies> part : latencies) {
            if (row < part.size()) {
                sum.add(part.get(row));
            }
        }
        return sum;
    }

    long micros() {
        return to.micros() - from.micros();
    }
}
