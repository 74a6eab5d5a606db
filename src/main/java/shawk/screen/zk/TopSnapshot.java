package shawk.screen.zk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the screen shows. Immutable.
 *
 * @param sequence counts up from 1; 0 = nothing was captured yet
 * @param level {@link TopLevel#id} of the filter that the tables are of
 * @param sinceMicros when its counts began, microseconds since the epoch; 0 = they have not
 * @param untilMicros up to when they go
 * @param phase whether more comes
 * @param totals of all that is captured
 * @param tables one a group; none as long as nothing was counted
 */
public record TopSnapshot(
        long sequence,
        long level,
        long sinceMicros,
        long untilMicros,
        TopPhase phase,
        TopTotals totals,
        List<TopTable> tables) {
    /** Before the first. */
    public static final TopSnapshot EMPTY = new TopSnapshot(0, 0, 0, 0, TopPhase.COUNTING, TopTotals.NONE, List.of());

    public TopSnapshot {
        tables = List.copyOf(tables);
    }

    /** The same moment under a filter of which nothing has been counted. */
    TopSnapshot narrowed(long newLevel) {
        TopPhase next = phase == TopPhase.OVER ? TopPhase.READING : phase;
        return new TopSnapshot(sequence, newLevel, 0, 0, next, totals, List.of());
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
