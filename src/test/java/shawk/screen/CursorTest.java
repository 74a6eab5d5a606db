package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** The cursor stays on who it is on, whatever the rows do. */
class CursorTest {
    private static final int FIRST_LINE = 3;

    /** Processes by name, each with the number of connections that stands behind it: {@code "a 3", "b 2"}. */
    private static Snapshot of(long sequence, String... processes) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        for (String process : processes) {
            String[] parts = process.split(" ");
            int owner = builder.process(parts[0].charAt(0), parts[0]);
            for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
                builder.socket().owner(owner).remote("10.0.0." + (i + 1), 443);
            }
        }
        return builder.build();
    }

    /** Processes p0, p1, … in this order, with {@code extra} more that come before all of them. */
    private static Snapshot many(long sequence, int count, int extra) {
        String[] processes = new String[count + extra];
        for (int i = 0; i < count; i++) {
            processes[i] = "p" + i + " " + (count - i);
        }
        for (int i = 0; i < extra; i++) {
            processes[count + i] = "new" + i + " " + (count + 1 + i);
        }
        return of(sequence, processes);
    }

    @Test
    void followsItsRowWhereTheTopIsInView() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1")).press("j");
        assertThat(driver.cursor()).startsWith("b");
        driver.sample(of(2, "a 3", "b 9", "c 1"));
        assertThat(driver.cursor()).startsWith("b");
        assertThat(driver.cursorLine()).isEqualTo(FIRST_LINE);
        driver.sample(of(3, "a 3", "b 1", "c 2"));
        assertThat(driver.cursor()).startsWith("b");
        assertThat(driver.cursorLine()).isEqualTo(FIRST_LINE + 2);
    }

    @Test
    void staysOnItsLineWhereTheListIsScrolled() {
        Driver driver = Driver.of(many(1, 60, 0)).press("PgDn", "j", "j", "k");
        String who = driver.cursor();
        int line = driver.cursorLine();
        driver.sample(many(2, 60, 7));
        assertThat(driver.cursor()).isEqualTo(who);
        assertThat(driver.cursorLine()).isEqualTo(line);
        driver.sample(many(3, 60, 2));
        assertThat(driver.cursor()).isEqualTo(who);
        assertThat(driver.cursorLine()).isEqualTo(line);
    }

    @Test
    void goesToTheNeighbourAtTheSamePlaceWhereItsRowIsGone() {
        Driver driver = Driver.of(of(1, "a 4", "b 3", "c 2", "d 1")).press("j");
        driver.sample(of(2, "a 4", "c 2", "d 1"));
        assertThat(driver.cursor()).startsWith("c");
        driver.press("G").sample(of(3, "a 4", "c 2"));
        assertThat(driver.cursor()).startsWith("c");
        driver.sample(of(4));
        assertThat(driver.cursor()).isEmpty();
        driver.sample(of(5, "a 4", "c 2"));
        assertThat(driver.cursor()).startsWith("c");
    }

    @Test
    void staysInsideOfAnUnfoldedGroupThatMoves() {
        Driver driver = Driver.of(of(1, "a 3", "b 2")).press("Right", "j", "j");
        assertThat(driver.cursor()).isEqualTo("10.0.0.2");
        driver.sample(of(2, "a 3", "b 9"));
        assertThat(driver.cursor()).isEqualTo("10.0.0.2");
        assertThat(driver.names()).hasSize(5);
        assertThat(driver.names().get(0)).startsWith("\u25b8 b");
        assertThat(driver.names().get(1)).startsWith("\u25be a");
        assertThat(driver.cursorLine()).isEqualTo(FIRST_LINE + 3);
    }

    @Test
    void aGroupThatComesBackIsStillUnfolded() {
        Driver driver = Driver.of(of(1, "a 1", "b 2")).press("Right");
        driver.sample(of(2, "a 1")).sample(of(3, "a 1", "b 2"));
        assertThat(driver.names().get(0)).startsWith("\u25be b");
    }

    @Test
    void foldingAllPutsItOnTheOutermostGroup() {
        Driver driver = Driver.of(of(1, "a 1", "b 2")).press("*", "j", "j", "*");
        assertThat(driver.cursor()).startsWith("b");
        assertThat(driver.names()).hasSize(2);
    }

    @Test
    void anotherOrderKeepsIt() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1")).press("G", "N");
        assertThat(driver.cursor()).startsWith("c");
        assertThat(driver.press("S").cursor()).startsWith("c");
        assertThat(driver.cursorLine()).isEqualTo(FIRST_LINE);
    }

    @Test
    void anotherSizeKeepsItInView() {
        Driver driver = Driver.of(many(1, 60, 0)).press("G");
        String who = driver.cursor();
        for (int rows = 15; rows < 80; rows += 13) {
            assertThat(driver.size(80, rows).cursor()).as("%d lines", rows).isEqualTo(who);
        }
    }
}
