package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.model.Column;
import shawk.model.RawText;
import shawk.support.HostileNames;
import shawk.support.SnapshotBuilder;
import shawk.text.DisplayWidth;

/** Everything that is known of one row, in words. */
class DetailsTest {
    /** Details of the slow connection after some samples. */
    private static Driver slow(int columns, int rows) {
        Driver driver = Driver.of(MadeUpHost.sample(1)).size(columns, rows).press("2", "T", "v");
        for (int sequence = 2; sequence < 40; sequence++) {
            driver.sample(MadeUpHost.sample(sequence));
        }
        return driver;
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void atEverySize(int columns, int rows) {
        ScreensTest.check("details-" + columns + "x" + rows, slow(columns, rows));
        Driver group = Driver.of(MadeUpHost.sample(2)).size(columns, rows).press("5", "v");
        ScreensTest.check("details-process-" + columns + "x" + rows, group);
    }

    @Test
    void ofAListener() {
        ScreensTest.check(
                "details-listener",
                Driver.of(MadeUpHost.sample(2)).size(100, 40).press("3", "j", "j", "v"));
    }

    @Test
    void inAscii() {
        Driver driver = Driver.ascii(MadeUpHost.sample(1)).size(100, 50).press("2", "T", "v");
        for (int sequence = 2; sequence < 10; sequence++) {
            driver.sample(MadeUpHost.sample(sequence));
        }
        assertThat(driver.screen()).matches("[\\x20-\\x7e\\n]*").contains("+-1.2 ms");
    }

    @Test
    void tcpInfoInWords() {
        String screen = slow(240, 70).screen();
        assertThat(screen)
                .contains("rwnd: the peer takes data more slowly than this host has it")
                .contains("(\u00b11.2 ms, best 46 ms)")
                .contains("10 segments of 1,448 B, slow-start threshold none, cubic")
                .contains("0.2 % of the segments sent (3 of 1,500)")
                .contains("66.7 % by the receiver's window")
                .contains("sends again in 240 ms")
                .contains("proven: the only process")
                .contains("owners of 212 processes");
        assertThat(screen).containsPattern("sent +[\u2581-\u2588]{20,} ");
    }

    @Test
    void scrollsAndCloses() {
        Driver driver = slow(60, 15);
        String first = driver.screen();
        assertThat(driver.press("G").screen()).isNotEqualTo(first).contains("owners of 212");
        assertThat(driver.press("g").screen()).isEqualTo(first);
        for (String close : new String[] {"Esc", "Backspace", "v", "Enter"}) {
            assertThat(slow(80, 24).press(close).monitor.state().dialog())
                    .as(close)
                    .isNull();
        }
    }

    @Test
    void otherKeysDoNotChangeTheRowsBehindIt() {
        assertThat(slow(80, 24).press("3").lastLine()).contains("Esc closes the details first");
        Driver driver = slow(80, 24);
        String before = driver.press("p").screen();
        assertThat(driver.sample(MadeUpHost.sample(50)).screen()).as("paused").isEqualTo(before);
    }

    @Test
    void aRowThatIsGoneKeepsWhatWasLastKnown() {
        Driver driver = slow(100, 40).sample(MadeUpHost.sample(50, "postgres", false));
        assertThat(driver.line(2)).startsWith(" GONE postgres (4321)");
        assertThat(driver.screen()).contains("0.2 % of the segments sent (3 of 1,500)");
        assertThat(driver.sample(MadeUpHost.sample(51)).line(2)).startsWith(" postgres (4321)");
    }

    /** Where each connection is watched, its age is exact, and using it proves more than holding it. */
    @Test
    void whatIsWatchedFromItsBeginning() {
        SnapshotBuilder made = new SnapshotBuilder().exact(shawk.model.Meters.NONE);
        made.socket()
                .owner(made.process(7, "curl"))
                .set(Column.AGE_MILLIS, 3_200)
                .set(Column.CONNECT_MICROS, 310);
        assertThat(Driver.of(made.build()).size(120, 50).press("2", "v").screen())
                .contains("age         3.2 s, from its very opening")
                .contains("connect     0.3 ms from SYN_SENT to ESTABLISHED")
                .contains("proven: it opened it, was the last to send or receive on it");
    }

    @Test
    void whatIsNotKnownHasItsReason() {
        SnapshotBuilder made = new SnapshotBuilder();
        made.socket().set(Column.PROTOCOL, shawk.model.Protocol.UDP.ordinal());
        String screen = Driver.of(made.build()).size(120, 50).press("2", "v").screen();
        assertThat(screen).contains("-: the kernel does not count it for UDP").contains("nobody could be named");
    }

    @Test
    void aGroupThatHadNothingToSend() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().owner(builder.process(7, "curl"));
        assertThat(Driver.of(builder.build()).size(140, 40).press("v").screen())
                .contains("limited     -: none of them had data to send")
                .doesNotContain("- % of the time");
    }

    @Test
    void hostileTextsEverywhere() {
        for (RawText name : HostileNames.ALL) {
            SnapshotBuilder made = new SnapshotBuilder();
            String text = new String(name.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            made.socket().owner(made.process(7, text)).text(Column.CONG, text).text(Column.IFACE, text);
            for (String keys : new String[] {"2 v", "1 v", "5 v"}) {
                Driver driver = Driver.of(made.build()).size(70, 60).press(keys.split(" "));
                Grid grid = driver.grid();
                for (int row = 0; row < grid.rows(); row++) {
                    for (int column = 0; column < grid.columns(); column++) {
                        int codePoint = grid.codePoint(column, row);
                        assertThat(codePoint == Grid.CONTINUED || DisplayWidth.of(codePoint) > 0)
                                .isTrue();
                    }
                }
            }
        }
    }

    /** A recording that is played again from an earlier moment: what came after that is no past of it. */
    @Test
    void curvesBeginAnewWhereTimeGoesBack() {
        Driver driver = slow(140, 40);
        String long38 = driver.screen();
        driver.sample(MadeUpHost.sample(5));
        assertThat(long38).contains("the last 38 s");
        assertThat(driver.screen()).doesNotContain("the last 38 s");
        driver.sample(MadeUpHost.sample(6)).sample(MadeUpHost.sample(7));
        assertThat(driver.screen()).contains("the last 2.0 s");
    }
}
