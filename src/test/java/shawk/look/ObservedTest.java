package shawk.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.Direction;
import shawk.model.SafeText;

/** What two sides kept of the same connections. */
final class ObservedTest {
    private static final long MINUTE = 60_000_000L;
    private static final long HOUR = 60 * MINUTE;

    @Test
    void portsThatAreUsedAgainProveNothing() {
        check(common(10 * HOUR, 7, 10 * HOUR, 7), 7);
        check(common(10 * HOUR, 7, 10 * HOUR + 15 * MINUTE, 7), 7);
        check(common(10 * HOUR, 7, 12 * HOUR, 7));
        check(common(12 * HOUR, 7, 10 * HOUR, 7));
        check(common(10 * HOUR, 7, 10 * HOUR, 8));
    }

    private static void check(long[] found, long... expected) {
        assertThat(found).containsExactly(expected);
    }

    private static long[] common(long mineAt, long mine, long theirsAt, long theirs) {
        return observed(1, mineAt, mine).common(observed(2, theirsAt, theirs));
    }

    private static Observed observed(long host, long at, long hash) {
        FlowRow flow = new FlowRow(
                host, 1, 1, Direction.OUT, 6, SafeText.EMPTY, null, null, 80, null, null, -1, at, at + MINUTE);
        Observed observed = new Observed(flow, 0);
        observed.add(new Bucket(flow.key(), at, 10 * MINUTE, Amounts.NONE, new long[] {hash}, true));
        return observed;
    }
}
