package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.model.Meter;
import shawk.model.Meters;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** View 7: what the program takes, whether its counts add up, and what it lost. */
class SelfViewTest {
    private final long[] values = new long[Meter.values().length];
    private long runs;

    SelfViewTest() {
        set(Meter.LIVE_AT_START, 1_204).set(Meter.ESTABLISHED, 1_120_412);
        set(Meter.LIVE, 1_190).set(Meter.ENDED, 1_120_426);
        set(Meter.ATTEMPTS, 560_300).set(Meter.FAILED, 94).set(Meter.EVENTS, 1_120_520);
        set(Meter.BUNDLES, 412).set(Meter.BUNDLES_MAX, 65_536);
        set(Meter.TRACKED, 1_190).set(Meter.TRACKED_MAX, 262_144);
        set(Meter.FLOWS_MAX, 65_536);
        set(Meter.RING_BYTES, 15_000_000).set(Meter.RING_BYTES_MAX, 16_777_216);
        set(Meter.KERNEL_BYTES, 61_000_000);
        set(Meter.SWITCH_NANOS, 41_000).set(Meter.ITERATE_NANOS, 3_400_000).set(Meter.DRAIN_NANOS, 640_000);
    }

    private SelfViewTest set(Meter meter, long value) {
        values[meter.ordinal()] = value;
        return this;
    }

    private Snapshot sample(long sequence) {
        return made(sequence).build();
    }

    private SnapshotBuilder made(long sequence) {
        List<Meters.Program> programs = List.of(
                new Meters.Program(SafeText.of("inet_sock_set_state"), 300 * runs, runs, 0, 1_204, 0),
                new Meters.Program(SafeText.of("tcp_destroy_sock"), 0, 0, 0, 312, 0),
                new Meters.Program(SafeText.of("sock_send_length"), 0, 0, 0, 0, 2));
        SnapshotBuilder made = new SnapshotBuilder().sequence(sequence).exact(new Meters(values, programs));
        return made.degradation("lengths of what UDP sends", "no tracepoint sock_send_length", "Linux 6.3 has it");
    }

    private static Driver opened(Snapshot snapshot) {
        return Driver.of(snapshot).press("7");
    }

    @ParameterizedTest
    @CsvSource({"60, 15", "80, 24", "140, 40", "240, 70"})
    void everySize(int columns, int rows) {
        Driver driver = opened(sample(2)).size(columns, rows);
        runs = 3_000;
        driver.sample(sample(3)).grid();
        runs = 9_000;
        ScreensTest.check("self-exact-" + columns + "x" + rows, driver.sample(sample(4)));
        ScreensTest.check("self-exact-" + columns + "x" + rows + "-end", driver.press("End"));
    }

    @Test
    void asciiWhereNothingElseCanBeDrawn() {
        Driver driver = Driver.ascii(sample(2)).size(60, 70).press("7");
        ScreensTest.check("self-exact-ascii", driver);
        assertThat(driver.screen()).matches("[\\x20-\\x7e\\n]*");
    }

    /** Whoever loses a connection sees it at once, and what that means. */
    @Test
    void whatIsLostIsConspicuous() {
        assertThat(opened(sample(2)).size(80, 60).screen())
                .contains("sum         ok: both are 1,121,616")
                .contains("lost        0 connections neither live nor were told to have ended")
                .doesNotContain("differ", "! 0");
        set(Meter.ENDED, 1_120_423).set(Meter.LOST, 3).set(Meter.OVERFLOWED, 7);
        Driver driver = opened(sample(2)).size(80, 60);
        assertThat(driver.size(60, 60).line(0)).endsWith("lost 3");
        assertThat(driver.size(80, 60).line(0)).contains("lost 3");
        assertThat(driver.grid().style(driver.line(0).indexOf("lost 3"), 0)).isEqualTo(Style.ALERT);
        assertThat(driver.screen())
                .contains("now         1,190 live + 1,120,423 ended + 3 lost")
                .contains("sum         ok: both are 1,121,616")
                .contains("lost        ! 3 connections neither live nor were told to have ended")
                .contains("no bundle   ! 7 ends without room for a bundle: counted, not owned");
        set(Meter.LOST, 0);
        assertThat(opened(sample(2)).size(80, 60).screen())
                .contains("sum         ! they differ: 1,121,616 and 1,121,613, by 3");
    }

    @Test
    void nearlyFullIsSaid() {
        assertThat(opened(sample(2)).size(80, 60).screen())
                .contains("bundles     " + "\u2591".repeat(16) + " 412 of 65,536\n")
                .contains("UDP flows   " + "\u2591".repeat(16) + " 0 of 65,536\n")
                .contains("ring        " + "\u2588".repeat(14) + "\u2591\u2591 15 MB of 17 MB !");
        assertThat(opened(set(Meter.BUNDLES, 2_047).sample(2)).size(80, 60).screen())
                .contains("\u2591".repeat(16) + " 2,047 of");
        assertThat(opened(set(Meter.BUNDLES, 2_048).sample(2)).size(80, 60).screen())
                .contains("\u2588" + "\u2591".repeat(15) + " 2,048 of");
    }

    @Test
    void programsAreMeasuredWhileTheViewIsOpen() {
        Driver driver = Driver.of(sample(2)).size(80, 60).press("7");
        assertThat(driver.effects).containsExactly(new Effect.Statistics(true));
        assertThat(driver.screen())
                .contains("measured while this view is open")
                .contains("inet_sock_set_state         -");
        runs = 5_000;
        assertThat(driver.sample(sample(3)).screen()).contains("measured while this view is open");
        runs = 11_000;
        assertThat(driver.sample(sample(4)).screen())
                .contains("inet_sock_set_state       0.2   6,000 300 ns      0  1,204")
                .contains("tcp_destroy_sock          0.0       0      -      0    312")
                .contains("sock_send_length       off: the kernel lacks it (ENOENT)")
                .contains("all         0.2 % of one core");
        driver.press("Tab");
        assertThat(driver.effects).last().isEqualTo(new Effect.Statistics(false));
        assertThat(driver.press("1").effects).hasSize(2);
    }

    /** Nothing runs in the kernel for a recording: whoever waits would wait for ever. */
    @Test
    void ofARecordingNothingIsMeasured() {
        Driver driver = opened(sample(2)).size(80, 60);
        driver.monitor.on(new Event.TimeTold(new TimeStatus(true, false, 1, 9, 2, 0)));
        assertThat(driver.screen())
                .contains("all         - : not measured when this was recorded")
                .doesNotContain("while this view is open");
    }

    @Test
    void itScrolls() {
        Driver driver = opened(sample(2)).size(60, 15);
        assertThat(driver.line(2)).startsWith(" This program").endsWith("lines below");
        String first = driver.line(3);
        assertThat(driver.press("j").line(3)).isNotEqualTo(first);
        assertThat(driver.press("k", "k").line(3)).isEqualTo(first);
        assertThat(driver.press("End").line(2)).endsWith("the end");
        String last = driver.line(12);
        assertThat(driver.press("PgDn", "j").line(12)).isEqualTo(last);
        driver.monitor.on(new Event.Wheeled(-1));
        assertThat(driver.line(2)).endsWith("3 lines below");
        assertThat(driver.press("Home").line(3)).isEqualTo(first);
        assertThat(driver.size(240, 70).line(2)).as("all fits").endsWith("missed");
    }

    /** A source that only looks has no figures, and nothing is made up for it. */
    @Test
    void otherSources() {
        Snapshot polled = new SnapshotBuilder()
                .degradation("what came and went between samples", "no CAP_BPF", "run as root")
                .build();
        assertThat(opened(polled).size(80, 40).screen())
                .contains("processor   0.8 % of one core")
                .contains("memory      96 MB resident")
                .contains("sample      12 ms to take and fold, 0.3 ms late")
                .contains("samples     1,234 taken, 0 beats skipped")
                .contains("those that a sample shows: what came and went between two is not")
                .contains("no CAP_BPF; run as root")
                .doesNotContain("ended +", "Room", "PROGRAM");
    }

    @Test
    void aboveTheBudget() {
        Pace pace = new Pace(99, 4, 900_000_000, 0, 2_000_000_000, 5);
        Driver driver = opened(sample(2)).taking(new SelfCost(7.5, 96_000_000, pace));
        assertThat(driver.screen())
                .contains("processor   7.5 % of one core; budget 5.0 % !")
                .contains("99 taken, 4 beats skipped !")
                .contains("interval    2.0s, not 1.0s: within the budget");
        String first = driver.line(0);
        assertThat(first).startsWith("shawk  db01  ebpf  2.0s!  ");
        assertThat(driver.grid().style(first.indexOf("2.0s!"), 0)).isEqualTo(Style.ALERT);
        assertThat(driver.press("+", "+").line(0)).as("longer than that").startsWith("shawk  db01  ebpf  5.0s  ");
    }

    @Test
    void whatIsAboutRowsSaysThatThereAreNone() {
        for (String key : List.of("/", "a", "C", "s", "Right", "Enter", "v", "e", "c", "X", "K", "m", "w", "o", "f")) {
            Driver driver = opened(sample(2)).press(key);
            assertThat(driver.lastLine()).as(key).isEqualTo(" " + Views.NO_ROWS);
            assertThat(driver.monitor.state().dialog()).as(key).isNull();
        }
        assertThat(opened(sample(2)).press(":").type("sort rtt").press("Enter").screen())
                .contains(Views.NO_ROWS);
        assertThat(opened(sample(2)).press("7").lastLine()).isEqualTo(" this is Self");
    }

    @Test
    void aComparisonEndsWhereThereAreNoRows() {
        Driver driver = Driver.of(MadeUpHost.sample(2)).size(120, 20).press("m", "m", "7");
        assertThat(driver.screen()).contains("This program").doesNotContain("since ");
        assertThat(driver.press("1", "m").line(1)).contains("since ");
    }
}
