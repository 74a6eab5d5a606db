package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.support.SnapshotBuilder;

/** View 4: what has ended, one by one and in groups. */
class ClosedViewTest {
    private static Driver on(String... labels) {
        return Driver.of(MadeUpEnds.sample(2, 30)).size(120, 24).press("4").press(labels);
    }

    private static Driver grouped(String chain) {
        return on("a").type(chain).press("Enter");
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void everySize(int columns, int rows) {
        ScreensTest.check("closed-" + columns + "x" + rows, on().size(columns, rows));
        ScreensTest.check(
                "closed-groups-" + columns + "x" + rows,
                grouped("reason,process").size(columns, rows));
        ScreensTest.check("closed-details-" + columns + "x" + rows, on("v").size(columns, rows));
        ScreensTest.check(
                "closed-details-group-" + columns + "x" + rows,
                grouped("process,peer").press("v").size(columns, rows));
    }

    @Test
    void asciiWhereNothingElseCanBeDrawn() {
        Driver driver = Driver.ascii(MadeUpEnds.sample(2, 30)).press("4");
        ScreensTest.check("closed-ascii", driver);
        assertThat(driver.screen()).matches("[\\x20-\\x7e\\n]*");
        assertThat(driver.press("v").screen()).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void theLastOnesFirst() {
        assertThat(on().line(2)).contains("ENDED\u25b2REASON");
        assertThat(on().line(3)).containsSubsequence("curl (777)", "10.0.0.77:9200", "40 ms", "refused", "90 us", "-");
        assertThat(on().line(4))
                .containsSubsequence("nginx (4656)", "740 ms", "fin-remote", "6.9 ms", "12 kB", "420 B");
    }

    /** Nobody who does not look pays for it. */
    @Test
    void rowsAreMadeOnlyForWhoLooks() {
        AtomicInteger looked = new AtomicInteger();
        Driver driver = Driver.of(MadeUpEnds.sample(2, 30, looked::incrementAndGet));
        for (String view : List.of("1", "2", "3", "5", "6", "7")) {
            driver.press(view).grid();
        }
        assertThat(looked).hasValue(0);
        driver.press("4", "j", "v", "Esc").grid();
        assertThat(looked).hasValue(1);
    }

    /** On the first row the cursor stays with the newest, on any other it stays on its row. */
    @Test
    void theCursorWhereTheListGrows() {
        Driver driver = on();
        driver.sample(MadeUpEnds.sample(3, 31));
        assertThat(driver.cursorLine()).isEqualTo(3);
        assertThat(driver.monitor.state().cursor().row()).isZero();
        driver.press("j").sample(MadeUpEnds.sample(4, 33));
        assertThat(driver.monitor.state().cursor().row()).isEqualTo(3);
        driver.press("g", "w").sample(MadeUpEnds.sample(5, 34));
        assertThat(driver.monitor.state().cursor().row()).as("watched").isEqualTo(1);
    }

    @Test
    void groupedFilteredSorted() {
        Driver driver = grouped("reason,process");
        assertThat(driver.names()).contains("\u25b8 fin-remote", "\u25b8 refused", "\u25b8 rst-in", "\u25b8 fin-local");
        assertThat(driver.press("C").cursor()).isNotEmpty();
        assertThat(driver.line(2)).contains("CLOSED\u25bc");
        assertThat(driver.press("/")
                        .type("close_reason = rst-in")
                        .press("Enter")
                        .names())
                .containsExactly("\u25b8 rst-in");
        assertThat(driver.line(1)).contains("filter: close_reason = rst-in (").contains(" ended)");
        assertThat(on("/").type("port = 9200").press("Enter").names()).hasSize(6);
        assertThat(on("R").line(2)).contains("TX\u25bc");
        assertThat(on("R", "R").line(2)).contains("RX\u25bc");
        assertThat(on("R", "A").line(2)).contains("ENDED\u25b2");
        assertThat(on("/").type("port = 1").press("Enter").screen())
                .contains("none that ended matches the filter: port = 1");
    }

    /** Else the window would go where the row goes that was the newest. */
    @Test
    void fromTheFirstRowAnotherOrderBeginsAtItsFirst() {
        for (String key : List.of("R", "T", "N", "s", ">", "S")) {
            Driver driver = Driver.of(MadeUpEnds.sample(2, 300)).size(120, 24).press("4", key);
            assertThat(driver.monitor.state().cursor().row()).as(key).isZero();
            assertThat(driver.line(2)).as(key).containsPattern("[\u25b2\u25bc]");
        }
        Driver below = Driver.of(MadeUpEnds.sample(2, 300)).size(120, 24).press("4", "j");
        String row = below.cursor();
        assertThat(below.press("S").cursor()).isEqualTo(row);
        assertThat(on("C").lastLine()).contains("nothing to count");
        assertThat(on("C").line(2)).contains("ENDED\u25b2");
        assertThat(on("2", "C").lastLine()).contains("nothing to count");
    }

    @Test
    void rowsInGroupsThatNameNoProcessNameIt() {
        assertThat(grouped("reason").press("Right").names()).anyMatch(name -> name.contains("curl (777) "));
        assertThat(grouped("process").press("Right").names().subList(1, 4))
                .noneMatch(name -> name.matches(".*(nginx|curl).*"));
    }

    @Test
    void downAndBackUp() {
        Driver driver = grouped("process,peer");
        driver.press("N", "g");
        assertThat(driver.cursor()).isEqualTo("curl (777)");
        driver.press("Enter");
        assertThat(driver.monitor.state().view()).isEqualTo(View.CLOSED);
        assertThat(driver.line(1)).contains("curl (777)");
        assertThat(driver.names()).hasSize(6);
        assertThat(driver.press("Enter").monitor.state().dialog()).isInstanceOf(DetailDialog.class);
        assertThat(driver.press("Esc", "Esc").cursor()).isEqualTo("curl (777)");
    }

    @Test
    void aWholeLifeInWords() {
        assertThat(on("j", "v").size(100, 50).screen())
                .contains("closed      740 ms ago, fin-remote: the other end closed it first")
                .contains("lasted      6.9 ms, from opening to end")
                .contains("sent        12 kB acknowledged, on average 1.7 MB/s")
                .contains("round trip  0.2 ms at the end, best 90 us")
                .contains("proven: it opened it");
        assertThat(on("v").size(100, 50).screen())
                .contains("failed      40 ms ago, refused: the other end refused it")
                .contains("took        90 us from the first SYN on")
                .doesNotContain("Traffic");
        assertThat(grouped("process").press("j", "v").size(100, 50).screen())
                .contains("24 closed, 0 failed")
                .containsPattern("reasons +\\d+ fin-remote: the other end closed it first");
    }

    @Test
    void whatCannotBeDoneSaysWhy() {
        assertThat(on("X").lastLine()).isEqualTo(" they have ended already");
        assertThat(on("m").lastLine()).contains("does not change");
        assertThat(on("\\").lastLine()).contains("no state");
        assertThat(on("K").lastLine()).isEqualTo(" curl (777) has ended already, or holds no socket any more");
        assertThat(on("K").monitor.state().dialog()).isNull();
        assertThat(on("j", "K").screen()).contains("nginx, pid 4656").contains("1 connection");
    }

    @Test
    void chipsAndMarksOfOtherViewsStayThere() {
        Driver driver = Driver.of(MadeUpEnds.sample(2, 30)).size(120, 24).press("\\", "l", "Esc", "m", "m", "4");
        assertThat(driver.names()).hasSizeGreaterThan(10);
        assertThat(driver.line(1)).doesNotContain("only:", "since");
        assertThat(driver.press("1").line(1)).contains("only: LISTEN");
    }

    @Test
    void whyItIsEmpty() {
        assertThat(Driver.of(MadeUpHost.sample(2)).press("4").screen())
                .contains("not seen: the source netlink looks now and then; ebpf sees each end");
        assertThat(Driver.of(MadeUpEnds.sample(2, 0)).press("4").screen())
                .contains("nothing has ended and no attempt has failed since the start");
        assertThat(Driver.waiting().press("4").screen()).contains("waiting for the first sample");
    }

    @Test
    void newRowsAreMarked() {
        assertThat(on().margin()).isEqualTo("+++++");
        assertThat(on("Tab").sample(new SnapshotBuilder().sequence(3).build()).margin())
                .isEmpty();
    }

    @Test
    void exportedAsShown() {
        Driver driver = on("e").press("Enter");
        Effect.Export export = (Effect.Export) driver.effects.get(0);
        StringBuilder lines = new StringBuilder();
        export.shown().lines(line -> lines.append(line).append('\n'));
        assertThat(lines.toString().lines()).hasSize(31);
        assertThat(lines).contains("refused", "fin-remote");
        assertThat(on("c").effects).first().asString().contains("refused");
    }
}
