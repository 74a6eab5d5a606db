package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.support.MadeUpFlows;

/** Clicks and the wheel. The rows begin on line 3. */
class PointerTest {
    private static final int ROWS = 3;

    private final Driver driver = Driver.of(MadeUpFlows.host()).size(120, 30);

    private Driver click(int column, int row) {
        driver.monitor.on(new Event.Clicked(column, row, false));
        return driver;
    }

    @Test
    void aClickPutsTheCursorOnARow() {
        String third = driver.names().get(2).substring(2);
        assertThat(click(30, ROWS + 2).cursor()).isEqualTo(third);
        assertThat(click(0, 28).cursor()).as("below the rows").isEqualTo(third);
        assertThat(click(30, 0).cursor()).as("the status").isEqualTo(third);
    }

    @Test
    void onTheMarkOfAGroupItUnfolds() {
        int rows = driver.names().size();
        assertThat(click(1, ROWS).names()).hasSizeGreaterThan(rows);
        assertThat(driver.names().get(1)).startsWith("  \u25b8");
        assertThat(click(3, ROWS + 1).names().get(2)).startsWith("    \u25b8");
        assertThat(click(1, ROWS).names()).hasSize(rows);
    }

    @Test
    void twiceIsEnter() {
        driver.monitor.on(new Event.Clicked(10, ROWS + 1, false));
        driver.monitor.on(new Event.Clicked(10, ROWS + 1, true));
        Driver typed = Driver.of(MadeUpFlows.host()).size(120, 30).press("j", "Enter");
        assertThat(driver.screen()).isEqualTo(typed.screen());
    }

    @Test
    void aHeadSortsAndAgainReverses() {
        int rtt = driver.line(2).indexOf("RTT");
        assertThat(click(rtt, 2).line(2)).contains("RTT\u25bc");
        assertThat(click(rtt, 2).line(2)).contains("RTT\u25b2");
        assertThat(click(3, 2).line(2)).startsWith(" PROCESS / PEER / PORT\u25b2");
        assertThat(click(3, 2).line(2)).startsWith(" PROCESS / PEER / PORT\u25bc");
    }

    @Test
    void aTabShowsItsView() {
        for (int columns : new int[] {60, 120}) {
            driver.size(columns, 30);
            for (View view : View.values()) {
                String line = driver.line(1);
                assertThat(click(line.indexOf(view.key()), 1).monitor.state().view())
                        .isEqualTo(view);
            }
        }
        View before = driver.monitor.state().view();
        assertThat(click(0, 1).monitor.state().view()).isEqualTo(before);
        assertThat(click(59, 1).monitor.state().view()).isEqualTo(before);
    }

    @Test
    void theWheelScrolls() {
        driver.press("*");
        driver.monitor.on(new Event.Wheeled(1));
        assertThat(driver.monitor.state().cursor().row()).isEqualTo(3);
        driver.monitor.on(new Event.Wheeled(-5));
        assertThat(driver.monitor.state().cursor().row()).isZero();
    }

    @Test
    void inADialogItChooses() {
        driver.press("a");
        assertThat(click(60, 6).monitor.state().dialog()).isInstanceOf(ArrangeDialog.class);
        driver.monitor.on(new Event.Clicked(60, 6, true));
        assertThat(driver.line(1)).endsWith("group: port\u203aprocess\u203apeer");
        driver.press("?");
        driver.size(120, 15).monitor.on(new Event.Wheeled(2));
        assertThat(driver.monitor.state().dialog()).isEqualTo(new HelpDialog(2));
        driver.press("Esc", ":");
        driver.monitor.on(new Event.Clicked(60, 6, false));
        assertThat(((PaletteDialog) driver.monitor.state().dialog()).selected()).isEqualTo(1);
    }

    /** Whatever is on the screen, a click anywhere is harmless. */
    @Test
    void anywhereIsHarmless() {
        for (String key : new String[] {"Esc", "a", "?", ":", "/", "d"}) {
            for (int row = -1; row <= 16; row++) {
                for (int column = -1; column <= 62; column += 3) {
                    Driver small = Driver.of(MadeUpFlows.host()).size(60, 15).press(key);
                    small.monitor.on(new Event.Clicked(column, row, true));
                    assertThat(small.screen()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void theMouseCanBeOff() {
        assertThat(driver.press("M").effects).containsExactly(new Effect.ReportMouse(false));
        assertThat(driver.lastLine()).contains("terminal's own selection");
        assertThat(driver.press("M").effects).contains(new Effect.ReportMouse(true));
    }
}
