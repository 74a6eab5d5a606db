package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five views of one host, and the way from one into the next. */
class ViewsTest {
    private static Driver on(String... labels) {
        return Driver.of(MadeUpHost.sample(2)).size(120, 20).press(labels);
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void everyViewAtEverySize(int columns, int rows) {
        for (View view : View.values()) {
            Driver driver = Driver.of(MadeUpHost.sample(2)).size(columns, rows).press("" + view.key());
            ScreensTest.check(
                    view.title().toLowerCase(java.util.Locale.ROOT) + "-view-" + columns + "x" + rows, driver);
        }
    }

    @Test
    void asciiWhereNothingElseCanBeDrawn() {
        for (View view : View.values()) {
            Driver driver = Driver.ascii(MadeUpHost.sample(2)).press("" + view.key(), "Right", "Enter", "v");
            assertThat(driver.screen()).as(view.title()).matches("[\\x20-\\x7e\\n]*");
        }
    }

    @Test
    void numbersAndTabs() {
        assertThat(on("3").monitor.state().view()).isEqualTo(View.LISTENING);
        assertThat(on("3", "3").lastLine()).isEqualTo(" this is Listening");
        assertThat(on("Tab").monitor.state().view()).isEqualTo(View.CONNECTIONS);
        assertThat(on("Shift-Tab").monitor.state().view()).isEqualTo(View.SELF);
        assertThat(on("6", "Tab", "Tab").monitor.state().view()).isEqualTo(View.FLOWS);
    }

    @Test
    void eachViewKeepsItsOwnCursorAndOrder() {
        Driver driver = on("j", "R", "3", "j", "j", "S", "1");
        assertThat(driver.monitor.state().cursor().row()).isEqualTo(1);
        assertThat(driver.line(2)).contains("TX/S\u25bc");
        assertThat(driver.press("3").cursor()).isEqualTo("0.0.0.0:5432 tcp");
        assertThat(driver.line(2)).doesNotContain("TX/S\u25bc");
    }

    @Test
    void theFilterIsThatOfAllViews() {
        Driver driver = on("/").type("port = 5432").press("Enter", "3");
        assertThat(driver.names()).containsExactly("\u25b8 0.0.0.0:5432 tcp");
        assertThat(driver.line(1)).contains("filter: port = 5432 (1 listener)");
        assertThat(driver.press("6").names()).hasSize(2);
        assertThat(driver.press("Esc", "1").line(1)).doesNotContain("filter");
    }

    /** One key: who holds a port. */
    @Test
    void whoHoldsAPort() {
        Driver driver = on("3");
        assertThat(driver.line(3)).contains("10.0.0.5:53 udp");
        assertThat(driver.line(5))
                .contains("0.0.0.0:5432 tcp")
                .containsSubsequence("postgres", "4321", "98", "128", "7", "6", "user1");
        assertThat(driver.grid().style(driver.line(5).indexOf("98"), 5)).isEqualTo(Style.WARN);
    }

    /** Four keys: the slow peer, and whose fault it is. */
    @Test
    void theSlowPeerAndWhoseFaultItIs() {
        Driver driver = on("6", "T", "g", "v");
        assertThat(driver.line(2)).startsWith(" 10.0.7.7");
        assertThat(driver.screen()).contains("1 rwnd: the peer takes data more slowly than this host has it");
    }

    @Test
    void aListenersConnections() {
        Driver driver = on("3", "j", "j", "Right");
        assertThat(driver.names()).hasSize(4 + 6);
        assertThat(driver.line(6)).contains("postgres (4321) 10.0.0.5:5432 \u2190 10.0.");
        Driver inside = on("3", "j", "j", "Enter");
        assertThat(inside.monitor.state().view()).isEqualTo(View.CONNECTIONS);
        assertThat(inside.line(1)).contains("0.0.0.0:5432 tcp");
        assertThat(inside.names()).hasSize(6);
        assertThat(on("3", "j", "Enter").names()).as("TIME_WAIT is hidden").hasSize(3);
    }

    @Test
    void downAndBackUp() {
        Driver driver = on("5", "Enter");
        assertThat(driver.monitor.state().view()).isEqualTo(View.FLOWS);
        assertThat(driver.line(1)).contains("postgres (4321)").contains("group: peer\u203aport");
        assertThat(driver.names()).anyMatch(name -> name.contains("(no peer)"));
        driver.press("Enter");
        assertThat(driver.monitor.state().view()).isEqualTo(View.CONNECTIONS);
        assertThat(driver.line(1)).contains("postgres (4321) \u203a 10.0.0.9");
        assertThat(driver.names()).hasSize(5);
        driver.press("Enter");
        assertThat(driver.monitor.state().dialog()).isInstanceOf(DetailDialog.class);
        driver.press("Esc", "Esc");
        assertThat(driver.cursor()).isEqualTo("10.0.0.9");
        driver.press("Backspace");
        assertThat(driver.cursor()).isEqualTo("postgres (4321)");
        assertThat(driver.monitor.state().trail().isEmpty()).isTrue();
    }

    @Test
    void escapeClearsWhatWasFilteredInsideFirst() {
        Driver driver = on("5", "Enter", "/").type("port = 5432").press("Enter");
        assertThat(driver.press("Esc").line(1)).contains("postgres (4321)").doesNotContain("filter");
        assertThat(driver.press("Esc").line(1)).doesNotContain("postgres");
    }

    @Test
    void aNumberLeavesTheTrail() {
        Driver driver = on("6", "Enter", "Enter", "5");
        assertThat(driver.monitor.state().trail().isEmpty()).isTrue();
        assertThat(driver.press("1").names()).as("flows of the whole host").hasSize(3);
        assertThat(driver.press("6").cursor()).isEqualTo("10.0.0.9");
    }

    /** The slow connection is gone, and so is what is drawn of it for a while. */
    private static Driver gone(Driver driver, String name) {
        for (int sequence = 3; sequence < 10; sequence++) {
            driver.sample(MadeUpHost.sample(sequence, name, false)).grid();
        }
        return driver;
    }

    @Test
    void aGroupThatEmptiesStaysAndSaysSo() {
        Driver driver = on("6", "T", "g", "Enter");
        assertThat(driver.names()).hasSize(1);
        gone(driver, "postgres");
        assertThat(driver.screen()).contains("nothing is left in 10.0.7.7");
        assertThat(driver.sample(MadeUpHost.sample(20)).names()).hasSize(1);
        assertThat(driver.press("Esc").monitor.state().view()).isEqualTo(View.PEERS);
    }

    /** A name is a value to drill down into, never a filter to be read. */
    @Test
    void namesThatLookLikeFilters() {
        for (String name : new String[] {"\" or port = 1", "a' or 1", "\033[2J", "x\ny", "", "any) or (conns"}) {
            Driver driver = Driver.of(MadeUpHost.sample(2, name, true)).press("Enter");
            assertThat(driver.names()).as(name).hasSize(6);
            assertThat(gone(driver, name).names()).as(name).hasSize(5);
        }
    }

    @Test
    void singleRowsAreNotGrouped() {
        assertThat(on("2", "a").lastLine()).contains("1 shows them in groups");
        assertThat(on("3", "a").lastLine()).contains("not grouped");
    }
}
