package shawk.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.RawSample;
import shawk.support.RawSampleBuilder;

/** A program whose samples cost a known time, on a clock of its own. */
final class BudgetTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long nanos = 77;
    private long micros = 1_000;

    private final Ticker ticker = new Ticker() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void await(Object monitor, long left) {
            throw new AssertionError("nobody waits here");
        }
    };

    private final Budget budget = new Budget(5, () -> micros, ticker);

    /** Takes samples for some time, each at the price of so many microseconds; tells the interval at the end. */
    private long run(long asked, long seconds, long price) {
        long end = nanos + seconds * SECOND;
        while (nanos < end) {
            micros += price;
            budget.sampled();
            nanos += budget.inForce(asked);
        }
        return budget.inForce(asked);
    }

    @Test
    void whatIsCheapStaysAsAsked() {
        assertThat(run(SECOND, 60, 40_000)).isEqualTo(SECOND);
        RawSample sample = RawSampleBuilder.at(1).build();
        assertThat(budget.said(sample, SECOND)).isSameAs(sample);
    }

    @Test
    void theWarmUpIsNoReason() {
        assertThat(run(SECOND, 9, 900_000)).isEqualTo(SECOND);
        assertThat(run(SECOND, 60, 40_000)).isEqualTo(SECOND);
    }

    @Test
    void whatIsDearComesLessOftenUntilItFits() {
        long interval = run(SECOND, 60, 200_000);
        assertThat(interval).as("200 ms each are 5 % at one in 4 s").isBetween(4 * SECOND, 5 * SECOND);
        assertThat(run(SECOND, 600, 200_000)).as("and it stays there").isEqualTo(interval);
        assertThat(budget.said(RawSampleBuilder.at(1).build(), SECOND)
                        .degradations()
                        .get(0)
                        .line())
                .isEqualTo("a sample every 1 s: that would take about 20 % of a core, and the budget is 5 %: one every "
                        + "4 s; raise --budget, or take a longer -i");
    }

    @Test
    void andMoreOftenAgainOnceItIsCheaper() {
        run(SECOND, 60, 200_000);
        assertThat(run(SECOND, 200, 10_000)).isEqualTo(SECOND);
        assertThat(run(SECOND, 200, 10_000)).isEqualTo(SECOND);
    }

    @Test
    void onTheWayBackItSaysSo() {
        run(SECOND, 60, 200_000);
        for (int i = 0; budget.inForce(SECOND) > 2 * SECOND; i++) {
            assertThat(i).isLessThan(100);
            run(SECOND, 1, 10_000);
        }
        assertThat(budget.said(RawSampleBuilder.at(1).build(), SECOND)
                        .degradations()
                        .get(0)
                        .line())
                .matches("a sample every 1 s: that took more than the budget of 5 % of a core, and takes less now: one"
                        + " every [0-9.]+ s for the moment; it goes back by itself");
    }

    @Test
    void neverGoesBackAndForth() {
        for (long price = 10_000; price < 2_000_000; price += 37_000) {
            run(SECOND, 300, price);
            long interval = budget.inForce(SECOND);
            assertThat(run(SECOND, 300, price)).as(price + " us").isEqualTo(interval);
        }
    }

    @Test
    void neverShorterThanAskedAndNeverWithoutEnd() {
        assertThat(run(30 * SECOND, 600, 100)).isEqualTo(30 * SECOND);
        assertThat(run(SECOND, 6_000, 100_000_000)).isEqualTo(60 * SECOND);
        assertThat(budget.inForce(120 * SECOND)).isEqualTo(120 * SECOND);
        assertThat(budget.inForce(50 * MILLI)).isBetween(50 * MILLI, 60 * SECOND);
    }

    @Test
    void whatSomebodyAtTheKeyboardSetsOffIsLeftOut() {
        run(SECOND, 20, 10_000);
        for (int i = 0; i < 100; i++) {
            budget.disturbed();
            micros += 500_000;
            budget.sampled();
            nanos += SECOND;
        }
        assertThat(run(SECOND, 1, 10_000)).isEqualTo(SECOND);
    }

    @Test
    void aTimeThatIsNotKnownIsNoReason() {
        Budget blind = new Budget(5, () -> -1, ticker);
        for (int i = 0; i < 100; i++) {
            blind.sampled();
            nanos += SECOND;
        }
        assertThat(blind.inForce(SECOND)).isEqualTo(SECOND);
        assertThat(Budget.none().inForce(SECOND)).isEqualTo(SECOND);
    }
}
