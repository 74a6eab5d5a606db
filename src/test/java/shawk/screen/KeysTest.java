package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Snapshot;
import shawk.support.MadeUpFlows;
import shawk.support.SnapshotBuilder;

class KeysTest {
    private static Driver on(String... labels) {
        return Driver.of(MadeUpFlows.host()).press(labels);
    }

    @Test
    void quit() {
        for (String key : List.of("q", "F10", "Ctrl-C")) {
            assertThat(on(key).effects).as(key).containsExactly(new Effect.Quit(false));
        }
        assertThat(on("Q").effects).containsExactly(new Effect.Quit(true));
        assertThat(on("/", "Ctrl-C").effects).containsExactly(new Effect.Quit(false));
        assertThat(on("?", "q").effects).containsExactly(new Effect.Quit(false));
        assertThat(on("/", "q").effects).isEmpty();
    }

    @Test
    void effectsOutside() {
        assertThat(on("Ctrl-L").effects).containsExactly(new Effect.Redraw());
        assertThat(on("Ctrl-Z").effects).containsExactly(new Effect.Suspend());
        assertThat(on("a", "Ctrl-Z").effects).containsExactly(new Effect.Suspend());
        assertThat(on("+").effects).containsExactly(new Effect.SetInterval(2_000));
        assertThat(on("-").effects).containsExactly(new Effect.SetInterval(500));
        assertThat(on("d").type("1500ms").press("Enter").effects).containsExactly(new Effect.SetInterval(1_500));
        assertThat(on("d").type("3").press("Enter").line(0)).contains("  3.0s  ");
        assertThat(on("d").type("0s").press("Enter").effects).isEmpty();
    }

    /** An order by what no column shows is said above them. */
    @Test
    void orderByWhatIsOnNoColumn() {
        String tabs = " 1 Flow 2 Conn 3 List 4 Clos 5 Proc 6 Peer 7 Self   ";
        assertThat(on("A").size(90, 24).line(1))
                .startsWith(tabs + "sort: age\u25bc   ")
                .contains("group: process");
        assertThat(on("A", "S").size(90, 24).line(1)).startsWith(tabs + "sort: age\u25b2   ");
        for (String key : List.of("C", "R", "T", "N")) {
            assertThat(on(key).line(1)).as(key).doesNotContain("sort:");
        }
    }

    @Test
    void moving() {
        assertThat(on().cursorLine()).isEqualTo(3);
        for (String down : List.of("j", "Down")) {
            assertThat(on(down, down).cursorLine()).as(down).isEqualTo(5);
        }
        for (String up : List.of("k", "Up")) {
            assertThat(on("j", "j", up).cursorLine()).as(up).isEqualTo(4);
        }
        for (String last : List.of("G", "End")) {
            assertThat(on(last).cursor()).as(last).isEqualTo("(unknown)");
        }
        for (String first : List.of("g", "Home")) {
            assertThat(on("G", first).cursor()).as(first).isEqualTo("nginx (1000)");
        }
    }

    /** 24 lines hold 19 rows beside the heads and one notice. */
    @Test
    void paging() {
        for (String page : List.of("PgDn", "Ctrl-F")) {
            Driver driver = on("*", page);
            assertThat(driver.monitor.state().cursor().row()).as(page).isEqualTo(18);
        }
        for (String page : List.of("PgUp", "Ctrl-B")) {
            assertThat(on("*", "PgDn", page).monitor.state().cursor().row())
                    .as(page)
                    .isZero();
        }
        assertThat(on("*", "Ctrl-D").monitor.state().cursor().row()).isEqualTo(9);
        assertThat(on("*", "Ctrl-D", "Ctrl-U").monitor.state().cursor().row()).isZero();
    }

    @Test
    void folding() {
        assertThat(on("Right").names().get(1)).startsWith("  \u25b8 10.0.0.");
        assertThat(on("Right", "Left").names().get(1)).startsWith("\u25b8 java");
        assertThat(on("Right", "Right").cursor()).startsWith("10.0.0.");
        assertThat(on("Right", "j", "j", "Left").cursor()).isEqualTo("nginx (1000)");
        assertThat(on("*").names().get(2)).isEqualTo("    \u25b8 443 https");
        assertThat(on("*", "*").names()).isEqualTo(on().names());
        assertThat(on("Right", "Right", "Right", "Right", "Right", "Right").cursor())
                .startsWith("10.0.0.5:443 \u2190 :");
    }

    @Test
    void aDisabledKeySaysWhy() {
        Driver single = on("Right", "Right", "Right", "Right", "Right", "Right", "Right");
        assertThat(single.lastLine()).isEqualTo(" a single connection has nothing inside");
        assertThat(single.press("j").lastLine()).startsWith(" F1 help");
        assertThat(on("a").type("none").press("Enter", "*").lastLine()).contains("the rows are single connections");
        assertThat(on("d").type("50ms").press("Enter", "-").lastLine()).isEqualTo(" the shortest interval is 50ms");
        assertThat(on("d").type("1h").press("Enter", "+").lastLine()).contains("type one with d");
        Driver empty = Driver.of(new SnapshotBuilder().build()).press("Right");
        assertThat(empty.lastLine()).isEqualTo(" no row");
        assertThat(empty.press("Enter").lastLine()).isEqualTo(" no row");
        assertThat(empty.size(100, 90).press("?").screen()).contains("unfold the group (now: no row)");
    }

    @Test
    void sorting() {
        assertThat(heads(on())).contains("CONNS\u25bc");
        assertThat(heads(on(">"))).contains("ESTAB\u25bc");
        assertThat(heads(on("F6"))).contains("ESTAB\u25bc");
        assertThat(heads(on("<"))).contains("DIR\u25b2");
        assertThat(heads(on("<", "<"))).startsWith(" PROCESS / PEER / PORT\u25b2");
        assertThat(heads(on("<", "<", "<"))).startsWith(" PROCESS / PEER / PORT\u25b2");
        assertThat(heads(on("s"))).contains("ESTAB\u25bc");
        for (String reverse : List.of("S", "I")) {
            assertThat(heads(on(reverse))).as(reverse).contains("CONNS\u25b2");
        }
        assertThat(heads(on("N", "C"))).contains("CONNS\u25bc");
        assertThat(heads(on("R"))).contains("TX/S\u25bc");
        assertThat(heads(on("R", "R"))).contains("RX/S\u25bc");
        assertThat(heads(on("T"))).contains("RTT\u25bc");
        assertThat(on("N").names().get(0)).isEqualTo("\u25b8 caf\u00e9 (1222)");
        assertThat(on("A").monitor.state().arrangement().sort().get(0).field().id())
                .isEqualTo("age");
    }

    @Test
    void nextSortGoesRound() {
        Driver driver = on();
        for (int i = 0; i < 12; i++) {
            driver.press("s");
        }
        assertThat(heads(driver)).contains("CONNS\u25bc");
    }

    private static String heads(Driver driver) {
        return driver.size(140, 40).line(2);
    }

    @Test
    void filter() {
        for (String key : List.of("/", "F4")) {
            assertThat(on(key).lastLine()).as(key).isEqualTo(" filter:");
        }
        Driver driver = on("/").type("process = java");
        assertThat(driver.names()).as("live").containsExactly("\u25b8 java (1037)");
        assertThat(driver.type(" and").names()).as("the one before goes on").containsExactly("\u25b8 java (1037)");
        assertThat(driver.line(22)).contains("at column 19");
        assertThat(driver.press("Enter").lastLine()).startsWith(" filter: process = java and");
        assertThat(driver.press("Esc").names()).hasSizeGreaterThan(5);
        assertThat(driver.line(1)).doesNotContain("filter");
        assertThat(on("/").type("port = 443").press("Enter").line(1)).contains("   filter: port = 443 (");
        assertThat(on("/").type("port = 443").press("Enter", "Esc").line(1)).doesNotContain("filter");
    }

    @Test
    void arrange() {
        for (String key : List.of("a", "F5")) {
            assertThat(on(key).screen()).as(key).contains("Group by");
        }
        assertThat(on("a", "Down", "Enter").line(1)).endsWith("group: process\u203aport\u203apeer");
        assertThat(on("a", "Down", "Up", "Enter").line(1)).endsWith("group: process\u203apeer\u203aport");
        assertThat(on("a").type("por").press("Tab", "Enter").line(1)).endsWith("group: port");
        assertThat(on("a").type("port>peer").press("Enter").line(1)).endsWith("group: port\u203apeer");
        assertThat(on("a").type("rtt").press("Enter").screen()).contains("rows cannot be grouped by 'rtt'");
        assertThat(on("a").type("port").press("Esc").line(1)).endsWith("group: process\u203apeer\u203aport");
    }

    @Test
    void pause() {
        Snapshot later = MadeUpFlows.sample(3, 5, 1);
        for (String key : List.of("Space", "p")) {
            Driver driver = on(key);
            String before = driver.screen();
            assertThat(driver.sample(later).screen()).as(key).isEqualTo(before).contains("PAUSED");
            assertThat(driver.press(key).line(0)).doesNotContain("PAUSED").contains(" 6 conns ");
        }
    }

    @Test
    void helpShowsEveryKeyOfTheTable() {
        for (String key : List.of("?", "h", "F1")) {
            String help = Driver.of(MadeUpFlows.host()).size(100, 90).press(key).screen();
            for (Binding binding : Keys.all()) {
                assertThat(help).contains(" " + binding.label() + " ").contains(binding.what());
            }
        }
        assertThat(on("?", "Esc").lastLine()).startsWith(" F1 help");
        assertThat(on("?", "End").line(20)).isNotEqualTo(on("?").line(20));
    }

    @Test
    void escapeHidesTheNotices() {
        assertThat(on().line(22)).startsWith(" ! owners of 212 processes: no CAP_SYS_PTRACE; run as root");
        assertThat(on("Esc").screen()).doesNotContain("owners of 212").contains("   !1   ");
        assertThat(on("Esc", "?", "End").screen()).contains("owners of 212 processes");
    }

    /** In the middle of unfolded rows, with a filter and notices, each of them has something to do. */
    @Test
    void everyKeyOfTheTableDoesSomething() {
        for (Binding binding : Keys.all()) {
            for (Key key : binding.keys()) {
                Driver driver = on("/").type("port != 1").press("Enter", "*", "Ctrl-D", "Ctrl-D", "Left", "<");
                UiState before = driver.monitor.state();
                boolean changed = !driver.monitor.on(new Event.KeyPressed(key)).isEmpty()
                        || !driver.monitor.state().equals(before);
                assertThat(changed).as(binding.label()).isTrue();
            }
        }
    }

    @Test
    void keysOfNothingDoNothing() {
        String before = on().screen();
        for (String key : List.of("x", "Z", "F2", "Delete", "Ctrl-G", "\u00e9", "y")) {
            Driver driver = Driver.of(MadeUpFlows.host()).press(key);
            assertThat(driver.screen()).as(key).isEqualTo(before);
            assertThat(driver.effects).as(key).isEmpty();
        }
    }
}
