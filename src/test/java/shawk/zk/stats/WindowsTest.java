package shawk.zk.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.support.Json;

/** Which minute a message is told in. */
final class WindowsTest {
    private final MadeUpTraffic traffic = new MadeUpTraffic(StatsOptions.DEFAULT);

    private void check(Window window, String reads) {
        assertThat(String.valueOf(
                        Json.object(KeysJson.paths(traffic.snapshot(), window)).get("total/reads")))
                .as(window.id())
                .isEqualTo(reads);
    }

    private MadeUpTraffic read() {
        return traffic.request("getData", "/a", 0);
    }

    @Test
    void nothingIsToldBeforeTheFirstMinuteIsOver() {
        read().seconds(59);
        assertThat(KeysJson.paths(traffic.snapshot(), Window.PREVIOUS)).isEqualTo("{}\n");
        check(Window.CURRENT, "1");
        check(Window.SLIDING, "1");
    }

    @Test
    void aMinuteThatIsOverStandsForAMinute() {
        read().seconds(30);
        read().seconds(30);
        check(Window.PREVIOUS, "2");
        check(Window.CURRENT, "0");
        check(Window.SLIDING, "2");
        read().seconds(59);
        check(Window.PREVIOUS, "2");
        check(Window.CURRENT, "1");
        traffic.seconds(1);
        check(Window.PREVIOUS, "1");
        check(Window.CURRENT, "0");
        traffic.seconds(60);
        check(Window.PREVIOUS, "0");
    }

    @Test
    void theLastSixtySecondsEndNow() {
        traffic.seconds(50);
        read().seconds(30);
        check(Window.PREVIOUS, "1");
        check(Window.SLIDING, "1");
        traffic.seconds(28);
        check(Window.SLIDING, "1");
        traffic.seconds(8);
        check(Window.SLIDING, "0");
        read();
        check(Window.SLIDING, "1");
    }

    @Test
    void hoursWithoutAMessagePassAtOnce() {
        read().seconds(3_600 * 24 * 30);
        check(Window.PREVIOUS, "0");
        check(Window.CURRENT, "0");
        check(Window.SLIDING, "0");
        read().seconds(60);
        check(Window.PREVIOUS, "1");
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        traffic.seconds(100);
        read().seconds(50);
        check(Window.PREVIOUS, "1");
        traffic.seconds(-3_600);
        assertThat(KeysJson.paths(traffic.snapshot(), Window.PREVIOUS)).isEqualTo("{}\n");
        read().seconds(60);
        check(Window.PREVIOUS, "1");
        check(Window.ALL, "2");
        Interval all = traffic.snapshot().interval(Window.ALL);
        assertThat(all == null ? 0 : all.micros()).isEqualTo(210 * Windows.SECOND_MICROS);
        assertThat(StatsJson.live(traffic.ended(), 1)).contains("\"window\":\"all\",\"window_seconds\":210,");
        assertThat(MetricsText.of(traffic.snapshot(), "1", 0)).contains("\nshawk_zk_uptime_seconds 210\n");
    }

    @Test
    void aMessageThatComesLateCountsWhereItComes() {
        traffic.seconds(90).micros(-2_000_000);
        read().micros(2_000_000);
        check(Window.CURRENT, "1");
        check(Window.PREVIOUS, "0");
    }

    @Test
    void latenciesAreThoseOfTheWindow() {
        traffic.reply("getData", 1_000, 0).seconds(60).reply("getData", 100_000, 0);
        assertThat(StatsJson.operations(traffic.snapshot(), Window.PREVIOUS)).contains("\"max\":1000}");
        assertThat(StatsJson.operations(traffic.snapshot(), Window.CURRENT)).contains("\"min\":100000,");
        assertThat(StatsJson.operations(traffic.snapshot(), Window.SLIDING))
                .contains("\"latency\":{\"count\":2,\"min\":1000,");
        traffic.seconds(60);
        assertThat(StatsJson.operations(traffic.snapshot(), Window.PREVIOUS)).contains("\"min\":100000,");
    }

    @Test
    void allSinceTheStartIsTold() {
        traffic.reply("getData", 1_000, 0);
        for (int minute = 0; minute < 5; minute++) {
            read().seconds(59);
            check(Window.ALL, String.valueOf(minute + 1));
            traffic.seconds(1);
        }
        traffic.reply("getData", 100_000, -101);
        assertThat(StatsJson.operations(traffic.snapshot(), Window.ALL))
                .contains(
                        "\"requests\":5,",
                        "\"errors\":{\"NoNode\":1}",
                        "{\"count\":2,\"min\":1000,",
                        "\"max\":100000}");
    }

    @Test
    void aCaptureThatIsOverIsToldAsAWhole() {
        read().seconds(3);
        StatsSnapshot over = traffic.ended();
        assertThat(traffic.snapshot().usual()).isEqualTo(Window.PREVIOUS);
        assertThat(over.usual()).isEqualTo(Window.ALL);
        assertThat(KeysJson.paths(over, over.usual())).contains("\"GetDataRequest/a\":1");
        assertThat(StatsJson.live(over, 1)).contains("\"window\":\"all\",\"window_seconds\":3,");
        assertThat(StatsJson.live(traffic.snapshot(), 1)).contains("\"window\":\"sliding\",");
    }

    @Test
    void theLastSecondOfACaptureMayBeAShortOne() {
        read().seconds(1);
        read().micros(400_000);
        assertThat(traffic.snapshot().history.seconds()).isEqualTo(1);
        History.View history = traffic.ended().history;
        assertThat(history.seconds()).isEqualTo(2);
        assertThat(history.at(1, History.READS)).isEqualTo(1);
        assertThat(traffic.ended().history.seconds()).isEqualTo(2);
    }

    @Test
    void secondsAreCountedOneByOne() {
        read();
        read().seconds(1);
        read().reply("getData", 250, -101);
        for (int minute = 0; minute < 6; minute++) {
            traffic.seconds(60);
        }
        History.View history = traffic.snapshot().history;
        assertThat(history.seconds()).isEqualTo(History.SECONDS);
        traffic.seconds(1);
        read().seconds(1);
        history = traffic.snapshot().history;
        int last = history.seconds() - 1;
        assertThat(history.at(last, History.READS)).isEqualTo(1);
        assertThat(history.at(last, History.P50)).isEqualTo(-1);
        assertThat(history.at(last, History.END)).isEqualTo(traffic.now());
        assertThat(history.at(last - 1, History.READS)).isZero();
    }
}
