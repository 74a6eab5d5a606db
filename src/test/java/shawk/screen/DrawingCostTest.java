package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import shawk.support.MadeUpFlows;

/** Drawing makes objects for the rows in view, however many there are behind them. */
class DrawingCostTest {
    private static final int ROWS = 60_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The least of several runs: what is first done, and what the compiler has not come to yet, costs more. */
    private long bytesOf(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 12; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static Driver driver(int rows) {
        Driver driver = Driver.of(MadeUpFlows.sample(2, rows, 1)).size(200, 60);
        driver.press("a").type("none").press("Enter").grid();
        return driver;
    }

    @Test
    void aFrameThatWasSeenBefore() {
        Driver driver = driver(ROWS);
        assertThat(bytesOf(driver::grid)).isLessThan(100_000);
    }

    @Test
    void scrollingThroughManyRowsCostsWhatItDoesThroughFew() {
        Driver few = driver(ROWS / 100);
        Driver many = driver(ROWS);
        long bytesOfFew = bytesOf(() -> few.press("g", "Ctrl-D").grid());
        long bytesOfMany = bytesOf(() -> many.press("g", "Ctrl-D").grid());
        assertThat(bytesOfMany).isLessThan(2 * bytesOfFew + 100_000);
    }

    @Test
    void unfoldingOneOfManyGroups() {
        Driver driver = Driver.of(MadeUpFlows.sample(2, ROWS, 1)).size(200, 60);
        driver.press("a").type("rport").press("Enter").grid();
        assertThat(bytesOf(() -> driver.press("j", "Right").grid())).isLessThan(4L * ROWS);
    }

    /** The order of many rows frozen, one of them watched, ghosts on the screen: a frame is still that of few. */
    @Test
    void aCalmFrameThatWasSeenBefore() {
        Driver driver = driver(ROWS);
        driver.press("o", "w").grid();
        driver.sample(MadeUpFlows.sample(3, ROWS - 20, 1)).grid();
        assertThat(bytesOf(driver::grid)).isLessThan(100_000);
    }

    @Test
    void scrollingThroughWhatHasEnded() {
        Driver few = Driver.of(MadeUpEnds.sample(2, 100)).size(200, 60).press("4");
        Driver many = Driver.of(MadeUpEnds.sample(2, 10_000)).size(200, 60).press("4");
        long bytesOfFew = bytesOf(() -> few.press("g", "Ctrl-D").grid());
        assertThat(bytesOf(() -> many.press("g", "Ctrl-D").grid())).isLessThan(2 * bytesOfFew + 100_000);
        assertThat(bytesOf(many::grid)).isLessThan(100_000);
    }

    @Test
    void theProgramsOwnView() {
        Driver driver = driver(ROWS).press("7");
        assertThat(bytesOf(driver::grid)).isLessThan(200_000);
        assertThat(bytesOf(() -> driver.press("j").grid())).isLessThan(300_000);
    }

    @Test
    void scrollingThroughWhatChanged() {
        Driver driver = driver(ROWS);
        driver.press("m").sample(MadeUpFlows.sample(3, ROWS / 2, 1)).press("m").grid();
        Driver fewRows = driver(ROWS / 100);
        long few = bytesOf(() -> fewRows.press("g", "Ctrl-D").grid());
        assertThat(bytesOf(() -> driver.press("g", "Ctrl-D").grid())).isLessThan(2 * few + 100_000);
    }
}
