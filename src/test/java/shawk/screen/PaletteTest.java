package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.support.MadeUpFlows;

/** The command palette: everything is found in it, and does there what its key does. */
class PaletteTest {
    private static Driver palette(String typed) {
        return Driver.of(MadeUpFlows.host()).size(100, 40).press(":").type(typed);
    }

    /** The first thing that is offered for what is typed. */
    private static void check(String typed, String first) {
        List<String> lines = palette(typed).screen().lines().toList();
        assertThat(lines.get(5)).as(typed).contains(">" + first + " ");
    }

    @Test
    void bestMatchFirst() {
        check("", "help");
        check("sort-l", "sort-left");
        check("left", "sort-left");
        check("round-trip", "sort-rtt");
        check("clear filter", "filter");
        check("slft", "sort-left");
        check("quit", "quit");
        check("theme", "theme NAME");
    }

    @Test
    void everyActionIsReached() {
        for (Binding binding : Keys.all()) {
            if (!binding.id().equals("palette")) {
                Driver driver = palette(binding.id());
                assertThat(driver.screen()).as(binding.id()).contains(binding.id());
                UiState before = driver.monitor.state();
                driver.press("Enter");
                assertThat(driver.monitor.state().dialog() != before.dialog() || !driver.effects.isEmpty())
                        .as(binding.id())
                        .isTrue();
                assertThat(driver.monitor.state().setup().history())
                        .as(binding.id())
                        .containsExactly(binding.id());
            }
        }
    }

    @Test
    void anActionShowsItsKeys() {
        assertThat(palette("sort-right").screen())
                .containsPattern("sort-right .*sort by the column on the right.* > F6");
    }

    @Test
    void adisabledOneSaysWhy() {
        Driver driver = Driver.of(new shawk.support.SnapshotBuilder().build())
                .press(":")
                .type("unfold");
        assertThat(driver.screen()).contains("(now: no row)");
        assertThat(driver.press("Enter").lastLine()).isEqualTo(" no row");
    }

    @Test
    void commandsWithAnArgument() {
        assertThat(palette("filter port = 443").press("Enter").line(1)).contains("filter: port = 443");
        assertThat(palette("group port,process").press("Enter").line(1)).endsWith("group: port\u203aprocess");
        assertThat(palette("sort rtt:asc").press("Enter").line(2)).contains("RTT\u25b2");
        assertThat(palette("interval 2s").press("Enter").line(0)).contains(" 2.0s ");
        assertThat(palette("theme light").press("Enter").effects).containsExactly(new Effect.Recolour(Theme.LIGHT));
        assertThat(palette("mouse off").press("Enter").effects).containsExactly(new Effect.ReportMouse(false));
    }

    @Test
    void whatIsWrongIsSaidAndTheLineStays() {
        assertThat(palette("filter port =").press("Enter").screen()).contains(": filter port =", "at column");
        assertThat(palette("theme drak").press("Enter").screen()).contains("did you mean 'dark'?");
        assertThat(palette("interval 1y").press("Enter").screen()).contains("from 50ms to 24h");
        assertThat(palette("group rtt").press("Enter").screen()).contains("rows cannot be grouped by 'rtt'");
        assertThat(palette("zzz").press("Enter").screen()).contains("no such action");
        assertThat(palette("sort").press("Enter").screen()).contains("type a field");
    }

    @Test
    void tabCompletes() {
        assertThat(palette("sort-r").press("Tab").screen()).contains(": sort-right");
        assertThat(palette("them").press("Tab", "Tab").screen()).contains(": theme ", "auto dark light");
        assertThat(palette("sort retrans_").press("Tab").screen()).contains(": sort retrans_pct");
        assertThat(palette("group process,pee").press("Tab").screen()).contains(": group process,peer");
    }

    @Test
    void whatWasTypedComesBack() {
        Driver driver =
                palette("sort rtt").press("Enter", ":").type("theme dark").press("Enter", ":");
        assertThat(driver.press("Ctrl-P").screen()).contains(": theme dark");
        assertThat(driver.press("Ctrl-P").screen()).contains(": sort rtt");
        assertThat(driver.press("Ctrl-P").screen()).contains(": sort rtt");
        assertThat(driver.press("Ctrl-N").screen()).contains(": theme dark");
        assertThat(driver.press("Ctrl-N").screen()).doesNotContain(": theme dark");
    }

    @Test
    void theChosenEntryStaysInSight() {
        Driver driver = Driver.of(MadeUpFlows.host()).size(60, 15).press(":");
        for (int i = 0; i < 100; i++) {
            assertThat(driver.press("Down").screen()).contains("> ");
        }
        assertThat(driver.press("Esc").monitor.state().dialog()).isNull();
    }

    @Test
    void historyIsBounded() {
        Setup setup = Setup.DEFAULT;
        for (int i = 0; i < 500; i++) {
            setup = setup.remembering("sort " + i);
        }
        assertThat(setup.history()).hasSize(Setup.MAX_HISTORY).endsWith("sort 499");
    }
}
