package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key t: what has ended below what lives. */
class EndedAmongLivingTest {
    private static Driver on(String... labels) {
        return Driver.of(MadeUpEnds.sample(2, 30)).size(120, 24).press("t").press(labels);
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void everySize(int columns, int rows) {
        ScreensTest.check("ended-groups-" + columns + "x" + rows, on("*").size(columns, rows));
        ScreensTest.check("ended-single-" + columns + "x" + rows, on("2").size(columns, rows));
        ScreensTest.check(
                "ended-details-" + columns + "x" + rows, on("2", "j", "v").size(columns, rows));
    }

    @Test
    void asciiWhereNothingElseCanBeDrawn() {
        Driver driver = Driver.ascii(MadeUpEnds.sample(2, 30)).press("t", "2");
        assertThat(driver.screen()).matches("[\\x20-\\x7e\\n]*");
        assertThat(driver.margin()).startsWith(" x");
    }

    @Test
    void behindTheLivingOfTheSameGroup() {
        Driver driver = on();
        assertThat(driver.names()).containsExactly("\u25b8 nginx (4656)", "\u25b8 curl (777)");
        assertThat(driver.margin()).isEqualTo(" \u00d7");
        assertThat(driver.line(1)).contains("+ended");
        assertThat(driver.line(0)).contains("1 conns");
        assertThat(driver.line(3)).containsPattern("nginx \\(4656\\) .* 1 ");
        assertThat(driver.line(4)).containsPattern("curl \\(777\\) .* 0 ");
        assertThat(driver.press("2").names()).hasSize(20);
        assertThat(driver.line(3)).contains("ESTABLISHED");
        assertThat(driver.line(4)).contains("curl (777)", "FAILED");
        assertThat(driver.line(5)).contains("nginx (4656)", "CLOSED");
        assertThat(driver.press("t").names()).hasSize(1);
        assertThat(driver.line(1)).doesNotContain("+ended");
    }

    @Test
    void filteredAndWithinAGroup() {
        assertThat(on("/").type("peer = 10.0.0.77").press("Enter").names()).containsExactly("\u25b8 curl (777)");
        Driver inside = on("Enter");
        assertThat(inside.monitor.state().view()).isEqualTo(View.CONNECTIONS);
        assertThat(inside.screen()).contains("CLOSED").doesNotContain("FAILED");
        Driver ended = on("j", "Enter");
        assertThat(ended.screen()).contains("FAILED").doesNotContain("ESTABLISHED", "CLOSED");
        assertThat(ended.press("Esc").cursor()).isEqualTo("curl (777)");
    }

    @Test
    void theCursorStaysOnItsRow() {
        Driver driver = on("2", "j", "j");
        assertThat(driver.cursor()).contains("nginx");
        driver.sample(MadeUpEnds.sample(3, 33));
        assertThat(driver.monitor.state().cursor().row()).isEqualTo(5);
    }

    @Test
    void detailsOfWhatHasEnded() {
        assertThat(on("2", "j", "v").size(100, 50).screen()).contains("refused: the other end refused it");
        assertThat(on("j", "v").size(100, 50).screen()).contains("0 closed, 6 failed");
        assertThat(on("v").size(100, 50).screen()).contains("1, of these 1 established");
    }

    @Test
    void onlyWhatLivesIsKilled() {
        assertThat(on("2", "j", "X").lastLine()).isEqualTo(" they have ended already");
        assertThat(on("2", "j", "K").lastLine()).contains("has ended already");
        assertThat(on("j", "K").lastLine()).contains("curl (777) has ended already");
        Driver group = on("X");
        assertThat(group.screen()).doesNotContain("Kill 2", "more cannot be killed");
    }

    @Test
    void whereItDoesNothingItSaysWhy() {
        assertThat(on("4", "t").lastLine()).isEqualTo(" this view has nothing else");
        assertThat(on("3", "t").lastLine()).contains("4, and a filter");
        assertThat(on("m", "m", "t").lastLine()).isEqualTo(" not while two moments are compared");
        assertThat(Driver.of(MadeUpHost.sample(2)).press("t").lastLine()).contains("looks now and then");
        assertThat(on("m", "m").line(1)).doesNotContain("+ended");
    }

    @Test
    void nobodyWhoDoesNotAskPays() {
        AtomicInteger looked = new AtomicInteger();
        Driver driver = Driver.of(MadeUpEnds.sample(2, 30, looked::incrementAndGet));
        driver.press("2", "*").grid();
        assertThat(looked).hasValue(0);
        driver.press("t", "j", "1", "*").grid();
        assertThat(looked).hasValue(1);
    }

    @Test
    void frozenWatchedPausedExported() {
        Driver driver = on("2", "o").sample(MadeUpEnds.sample(3, 32));
        assertThat(driver.line(3)).contains("ESTABLISHED");
        driver.press("w").sample(MadeUpEnds.sample(4, 33));
        assertThat(driver.screen()).contains("CLOSED");
        Driver export = on("2", "e").press("Enter");
        Effect.Export effect = (Effect.Export) export.effects.get(0);
        StringBuilder lines = new StringBuilder();
        effect.shown().lines(line -> lines.append(line).append('\n'));
        assertThat(lines.toString().lines()).hasSize(32);
    }
}
