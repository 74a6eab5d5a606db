package shawk.screen.zk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the screen shows. Immutable.
 *
 * @param sequence counts up from 1; 0 = nothing was captured yet
 * @param wallMicros when it was taken, microseconds since the epoch
 * @param totals of all that is captured
 * @param tables one a group
 */
public record TopSnapshot(long sequence, long wallMicros, TopTotals totals, List<TopTable> tables) {
    /** Before the first. */
    public static final TopSnapshot EMPTY = new TopSnapshot(0, 0, TopTotals.NONE, List.of());

    public TopSnapshot {
        tables = List.copyOf(tables);
    }

    /** The table of a group; null where there is none. */
    @Nullable
    TopTable table(TopGroup group) {
        for (TopTable table : tables) {
            if (table.group() == group) {
                return table;
            }
        }
        return null;
    }
}
