package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.Fields;
import shawk.model.Column;
import shawk.model.LinkTotals;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.MadeUpFlows;
import shawk.support.SnapshotBuilder;

/**
 * What keeps rows still and shows what changed: order, watched row, new and gone rows, marks, chips, columns, units.
 */
class CalmTest {
    /** Processes by name, each with the number of connections that stands behind it: {@code "a 3", "b 2"}. */
    private static Snapshot of(long sequence, String... processes) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        for (String process : processes) {
            String[] parts = process.split(" ");
            int owner = builder.process(parts[0].charAt(0), parts[0]);
            for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
                builder.socket()
                        .owner(owner)
                        .set(Column.COOKIE, 100L * parts[0].charAt(0) + i)
                        .local("10.0.0.5", 1_000 + i)
                        .remote("10.0.0." + (i + 1), 443);
            }
        }
        return builder.build();
    }

    /** First letters of the rows, ghosts too. */
    private static String rows(Driver driver) {
        StringBuilder letters = new StringBuilder();
        for (String name : driver.names()) {
            letters.append(name.replaceAll("[^a-z0-9]", "").charAt(0));
        }
        return letters.toString();
    }

    @Test
    void aFrozenOrderStaysWhileValuesGoOn() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1")).press("o");
        assertThat(driver.line(0)).contains("FROZEN");
        driver.sample(of(2, "a 1", "b 2", "c 5", "d 9"));
        assertThat(rows(driver)).isEqualTo("abcd");
        assertThat(driver.names().get(2)).startsWith("\u25b8 c");
        assertThat(driver.line(5)).contains(" 5 ");
        assertThat(rows(driver.press("S"))).as("a sort key sorts once more").isEqualTo("abcd");
        assertThat(rows(driver.press("S"))).isEqualTo("dcba");
        assertThat(rows(driver.sample(of(3, "a 7", "b 2", "c 5", "d 1")))).isEqualTo("dcba");
        assertThat(rows(driver.press("o"))).isEqualTo("acbd");
        assertThat(driver.line(0)).doesNotContain("FROZEN");
    }

    @Test
    void theWatchedRowStaysOnItsLineAndIsAwaited() {
        Driver driver = Driver.of(of(1, "a 9", "b 8", "c 7", "d 6", "e 5")).press("j", "j", "w");
        assertThat(driver.margin()).isEqualTo("  \u00bb");
        assertThat(driver.line(1)).contains("watching c");
        int line = driver.cursorLine();
        driver.sample(of(2, "a 9", "b 8", "d 6", "e 5"));
        assertThat(driver.size(140, 24).line(1)).contains("watching c (99) is gone");
        driver.sample(of(3, "a 9", "b 8", "d 6", "e 5", "c 1"));
        assertThat(driver.cursor()).startsWith("c");
        driver.sample(of(4, "a 9", "b 8", "c 7", "d 6", "e 5"));
        assertThat(driver.cursor()).startsWith("c");
        assertThat(driver.cursorLine()).isEqualTo(line);
        assertThat(driver.press("k").line(1)).as("moved by hand").doesNotContain("watching");
    }

    /** Other groups, folded groups, another view: the row is found by who it is. */
    @Test
    void theWatchedRowIsFoundUnderAnotherGrouping() {
        Driver driver = Driver.of(of(1, "a 3", "b 2")).size(160, 24).press("Right", "j", "j", "w");
        assertThat(driver.cursor()).isEqualTo("10.0.0.2");
        driver.press("a").type("peer,process").press("Enter");
        assertThat(driver.cursor()).startsWith("a");
        assertThat(driver.line(driver.cursorLine() - 1)).contains("10.0.0.2");
        driver.press("a").type("port").press("Enter");
        assertThat(driver.line(1)).contains("is no row of this grouping");
        driver.press("a").type("process,peer").press("Enter");
        assertThat(driver.cursor()).isEqualTo("10.0.0.2");
        driver.press("*", "*");
        assertThat(driver.cursor()).startsWith("a");
        assertThat(driver.line(1)).contains("inside of the folded group");
        assertThat(driver.press("w").line(1)).doesNotContain("watching");
    }

    @Test
    void aWatchedConnectionIsFoundInOtherViews() {
        Driver driver = Driver.of(of(1, "a 3", "b 2")).size(160, 24).press("2", "j", "w");
        String connection = driver.line(driver.cursorLine()).substring(0, 60).replaceAll(".*?(10\\.0.*tcp).*", "$1");
        driver.press("1");
        assertThat(driver.line(driver.cursorLine())).contains(connection.replaceAll("(.* \\S+ )[0-9.]+:(.*)", "$1:$2"));
        assertThat(driver.margin()).contains("\u00bb");
    }

    @Test
    void newRowsAreMarkedForThreeSamples() {
        Driver driver = Driver.of(of(1, "a 3", "b 2"));
        assertThat(driver.margin()).isEmpty();
        driver.sample(of(2, "a 3", "b 2", "c 1"));
        assertThat(driver.margin()).isEqualTo("  +");
        assertThat(driver.grid().style(3, 5)).isEqualTo(Style.NEW);
        driver.sample(of(3, "a 3", "b 2", "c 1"));
        assertThat(driver.margin()).isEqualTo("  +");
        driver.sample(of(4, "a 3", "b 2", "c 1"));
        assertThat(driver.margin()).isEqualTo("  +");
        driver.sample(of(5, "a 3", "b 2", "c 1"));
        assertThat(driver.margin()).isEmpty();
    }

    /** A connection says itself how long ago it was seen to open. */
    @Test
    void newConnections() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().set(Column.TX_RATE, 3).set(Column.AGE_MILLIS, 900);
        builder.socket().set(Column.TX_RATE, 2).set(Column.AGE_MILLIS, 3_000);
        builder.socket().set(Column.TX_RATE, 1);
        assertThat(Driver.of(builder.build()).press("2").margin()).isEqualTo("+");
    }

    @Test
    void noChangeOfTheRowsMarksThem() {
        Driver driver = Driver.of(of(1, "a 3", "b 2"));
        driver.sample(of(2, "a 3", "b 2", "c 1"));
        for (String view : List.of("2", "5", "6", "1")) {
            assertThat(driver.press(view).margin()).as(view).isEmpty();
        }
        driver.sample(of(3, "a 3", "b 2", "c 1"));
        assertThat(driver.press("a").type("peer").press("Enter").margin()).isEmpty();
        assertThat(driver.press("/").type("port = 443").margin()).isEmpty();
        assertThat(driver.press("Esc").margin()).isEmpty();
        driver.press("*");
        assertThat(driver.sample(of(4, "a 3", "b 2", "c 1")).margin()).isEmpty();
    }

    @Test
    void goneRowsStayInPlaceForThreeSamples() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1"));
        driver.grid();
        driver.sample(of(2, "a 3", "c 1"));
        for (int sample = 3; sample < 6; sample++) {
            assertThat(rows(driver)).isEqualTo("abc");
            assertThat(driver.margin()).isEqualTo(" -");
            assertThat(driver.grid().style(3, 4)).isEqualTo(Style.GONE);
            driver.sample(of(sample, "a 3", "c 1"));
        }
        assertThat(rows(driver)).isEqualTo("ac");
        driver.sample(of(6, "a 3"));
        assertThat(rows(driver)).isEqualTo("ac");
        assertThat(rows(driver.press("/").type("port = 443"))).as("other rows").isEqualTo("a");
    }

    @Test
    void aRowThatComesBackIsNoGhost() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1"));
        driver.grid();
        driver.sample(of(2, "a 3", "c 1")).grid();
        driver.sample(of(3, "a 3", "b 2", "c 1"));
        assertThat(rows(driver)).isEqualTo("abc");
        assertThat(driver.margin()).isEmpty();
    }

    /** Whatever comes and goes: ghosts fit on the page, the cursor's row is drawn, and it stays where it was. */
    @Test
    void ghostsLeaveTheCursorAlone() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Driver driver = Driver.of(processes(1, random)).size(80, 15 + random.nextInt(4));
            for (int i = random.nextInt(30); i > 0; i--) {
                driver.press("j");
            }
            for (int sample = 2; sample < 12; sample++) {
                driver.grid();
                String before = driver.cursor();
                int line = driver.cursorLine();
                boolean scrolled = driver.monitor.state().cursor().scroll() > 0;
                driver.sample(processes(sample, random));
                UiState state = driver.monitor.state();
                assertThat(driver.cursorLine() - 3).as("seed %d", seed).isBetween(0, state.page() - 1);
                assertThat(driver.names().size()).isLessThanOrEqualTo(state.page());
                if (driver.cursor().equals(before) && scrolled && state.cursor().scroll() > 0) {
                    assertThat(driver.cursorLine())
                            .as("seed %d sample %d", seed, sample)
                            .isEqualTo(line);
                }
            }
        }
    }

    private static Snapshot processes(long sequence, Random random) {
        StringBuilder processes = new StringBuilder();
        for (char letter = 'A'; letter < 'z'; letter++) {
            if (Character.isLetter(letter) && random.nextInt(4) > 0) {
                processes.append(letter).append(" ").append(1).append(',');
            }
        }
        // The end of the list stays out of view: it would pull the rows down where it comes nearer.
        for (int i = 0; i < 20; i++) {
            processes.append("z").append(i).append(" 1,");
        }
        return of(sequence, processes.toString().split(","));
    }

    @Test
    void markThenWhatChangedThenNothing() {
        Driver driver = Driver.of(of(1, "a 3", "b 2", "c 1", "z 4")).size(140, 24);
        assertThat(driver.press("m").lastLine()).contains("marked at 22:13:21; again shows what changed since");
        driver.sample(of(61, "a 9", "b 2", "d 3", "z 3"));
        driver.press("m");
        assertThat(driver.line(1)).contains("since 22:13:21 (1 min ago)");
        assertThat(driver.line(2)).contains("THEN     NOW  CHANGE\u25bc");
        assertThat(rows(driver)).isEqualTo("adzc");
        assertThat(driver.margin()).isEqualTo(" + -");
        assertThat(driver.line(3)).contains("  3       9      +6");
        driver.sample(of(62, "a 9", "b 5", "d 3", "z 3"));
        assertThat(rows(driver)).as("live").isEqualTo("abdzc");
        assertThat(rows(driver.press("N"))).as("sorted as anything else").isEqualTo("abdzc");
        assertThat(driver.press("m").line(1)).doesNotContain("since");
        assertThat(rows(driver)).isEqualTo("abdz");
        assertThat(driver.press("m", "m").screen()).contains("nothing is new, gone or changed in count since the mark");
        assertThat(driver.press("Esc").line(1)).doesNotContain("since");
    }

    @Test
    void whatChangedUnfoldsToConnections() {
        Driver driver = Driver.of(of(1, "a 3", "b 2")).size(140, 24).press("m");
        driver.sample(of(2, "a 4", "b 2")).press("m", "*");
        assertThat(rows(driver)).isEqualTo("a14");
        driver.press("j", "j", "Right");
        assertThat(driver.names()).hasSize(4);
        assertThat(driver.margin()).isEqualTo(" +++");
        for (String view : List.of("2", "5", "6")) {
            assertThat(driver.press(view).names()).as(view).isNotEmpty();
        }
        assertThat(driver.press("3").screen()).contains("nothing is new");
    }

    @Test
    void whatIsGoneHasItsNameStill() {
        Driver driver = Driver.of(MadeUpFlows.host()).size(140, 40).press("m");
        driver.sample(new SnapshotBuilder().sequence(9).build()).press("m");
        assertThat(driver.names().get(0)).contains("nginx (1000)");
        assertThat(driver.press("2").names()).hasSizeGreaterThan(20);
        assertThat(driver.press("j", "j", "Enter").screen()).isNotEmpty();
    }

    /** Its row is one of the marked snapshot: in the present one somebody else has that number. */
    @Test
    void whatIsGoneIsNotKilled() {
        Driver driver = Driver.of(of(1, "a 3", "b 2")).size(140, 24).press("m");
        driver.sample(of(2, "c 4", "b 2")).press("m", "G");
        assertThat(driver.cursor()).startsWith("a");
        for (String key : List.of("X", "K")) {
            assertThat(driver.press(key).lastLine()).as(key).contains("not while two moments are compared");
        }
        assertThat(driver.effects).isEmpty();
    }

    @Test
    void theMarkIsOfTheMomentThatIsShown() {
        Driver driver = Driver.of(of(1, "a 3")).size(140, 24).press("p").sample(of(5, "a 4"));
        driver.press("m", "m");
        assertThat(driver.screen()).contains("nothing is new");
        driver.press("p");
        assertThat(driver.line(3)).contains("  3       4      +1");
    }

    private static Snapshot states() {
        SnapshotBuilder builder = new SnapshotBuilder();
        int owner = builder.process(1, "java");
        builder.socket().owner(owner).state(SocketState.CLOSE_WAIT);
        builder.socket().owner(owner).state(SocketState.CLOSE_WAIT);
        builder.socket().owner(owner);
        builder.socket().kind(RowKind.TIME_WAIT).state(SocketState.TIME_WAIT);
        builder.socket().owner(owner).set(Column.PROTOCOL, Protocol.UDP.ordinal());
        builder.listener(80).owner(owner);
        return builder.build();
    }

    @Test
    void chipsChooseStatesAndProtocols() {
        Driver driver = Driver.of(states()).size(140, 24).press("\\");
        assertThat(driver.screen())
                .contains("[ ] e ESTABLISHED 2", "[ ] c CLOSE_WAIT 2", "[ ] t TIME_WAIT 1", "[ ] l LISTEN 1")
                .contains("[ ] p tcp 5", "[ ] u udp 1");
        assertThat(driver.type("c").screen()).contains("[x] c CLOSE_WAIT 2");
        assertThat(driver.line(1)).contains("only: CLOSE_WAIT (2 sockets)");
        assertThat(driver.press("Enter").names()).containsExactly("\u25b8 java (1)");
        assertThat(driver.press("2").names()).hasSize(2);
        assertThat(driver.press("\\").type("t").press("Enter").names())
                .as("hidden kinds too")
                .hasSize(3);
        assertThat(driver.press("/").type("process = java").press("Enter").names())
                .as("with the typed filter")
                .hasSize(2);
        assertThat(driver.line(1)).contains("filter: process = java   only: TIME_WAIT,CLOSE_WAIT");
        assertThat(driver.press("Esc").line(1)).contains("only:").doesNotContain("filter:");
        assertThat(driver.press("Esc").line(1)).doesNotContain("only:");
        assertThat(driver.press("\\").type("u").press("Enter").names()).hasSize(1);
        driver.press("\\", "Backspace", "Right", "Space", "Enter");
        assertThat(driver.line(1)).contains("only: CLOSE_WAIT");
        assertThat(driver.press("\\", "1", "Esc").line(1)).contains("only: ESTABLISHED,CLOSE_WAIT");
    }

    @Test
    void columnsAreChosen() {
        Driver driver = Driver.of(MadeUpFlows.host()).size(140, 40).press("f");
        assertThat(driver.screen()).contains("Columns of Flows").contains("[x] conns");
        driver.press("j", "Space", "Enter");
        assertThat(driver.line(2)).doesNotContain("CONNS").contains("DIR");
        driver.press("f", "j", ">", "s");
        assertThat(driver.line(2)).containsPattern("NEW/S +ESTAB");
        assertThat(driver.effects).hasSize(1);
        Effect.SaveColumns saved = (Effect.SaveColumns) driver.effects.get(0);
        assertThat(saved.view()).isEqualTo(View.FLOWS);
        assertThat(saved.columns().get(1).id()).isEqualTo("open_rate");
        assertThat(driver.press("2").line(2)).as("of this view alone").contains("RTT");
        assertThat(driver.press("1", "f", "r", "Enter").line(2)).contains("CONNS");
        driver.press("f");
        for (int i = 0; i < 11; i++) {
            driver.press("Home", "Space");
        }
        assertThat(driver.press("Enter").screen()).contains("Columns of Flows");
    }

    @Test
    void bitsInsteadOfBytes() {
        Driver driver = Driver.of(MadeUpFlows.host()).size(160, 40).press("b");
        assertThat(driver.screen()).contains("Mbit/s").doesNotContain("MB/s");
        assertThat(driver.press("b").screen()).contains("MB/s").doesNotContain("bit/s");
    }

    @Test
    void interfacesBelowTheStatusLine() {
        SnapshotBuilder builder = new SnapshotBuilder().link("eth0", 12e6, 88e6).link("lo", 1e6, 1e6);
        for (int i = 0; i < 4; i++) {
            builder.link("veth" + i, 10, 20 + i);
        }
        builder.socket();
        Driver driver = Driver.of(builder.build()).size(120, 24).press("i");
        assertThat(driver.line(1)).startsWith(" eth0 ").contains("rx  12 MB/s", "tx  88 MB/s");
        assertThat(driver.line(4)).startsWith(" veth3 ").contains("+2 more");
        assertThat(driver.line(5)).contains("1 Flows");
        assertThat(driver.line(6)).contains("PROCESS / PEER / PORT");
        assertThat(driver.names()).isNotEmpty();
        assertThat(driver.press("b").line(1)).contains("rx  96 Mbit/s");
        SnapshotBuilder dropping = new SnapshotBuilder().sequence(3);
        dropping.link(new LinkTotals(SafeText.of("eth0"), true, 1, 1, 1, 1, 1, 1, 0, 0, 12, 0));
        assertThat(driver.sample(dropping.build()).line(1)).endsWith("drops +12");
        assertThat(driver.press("i").line(1)).contains("1 Flows");
    }

    @Test
    void interfacesThatAreDownAndCarryNothingTakeNoLine() {
        SnapshotBuilder builder = new SnapshotBuilder().link("eth0", 12e6, 88e6);
        builder.link(new LinkTotals(SafeText.of("ifb0"), false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        builder.socket();
        Driver driver = Driver.of(builder.build()).size(120, 24).press("i");
        assertThat(driver.line(1)).startsWith(" eth0 ").contains("+1 more");
        assertThat(driver.line(2)).contains("1 Flows");
        SnapshotBuilder down = new SnapshotBuilder();
        down.link(new LinkTotals(SafeText.of("ifb0"), false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(Driver.of(down.build()).size(120, 24).press("i").line(1)).startsWith(" ifb0 ");
    }

    /** Where every socket is a row, what they are besides connections is counted. */
    @Test
    void countsOfAllSockets() {
        Arrangement all = Arrangement.first(
                List.of(Fields.PROCESS), List.of(new SortKey(Fields.CONNS, true)), null, "", null, true);
        UiState state = UiState.initial(all, 1_000).withSize(160, 24);
        assertThat(Layout.of(state).fields()).contains(CountFields.TIME_WAIT, CountFields.LISTENERS);
        assertThat(state.arrangement().columnsOfOwn()).isFalse();
    }

    /** The look of all of it: what the styles are shows in the file too. */
    @Test
    void screens() {
        Driver driver =
                Driver.of(of(1, "nginx 9", "java 5", "sshd 2", "curl 1")).size(120, 18);
        driver.press("o", "j", "w").grid();
        driver.sample(of(2, "nginx 9", "java 5", "sshd 2", "postgres 3"));
        ScreensTest.check("calm", driver);
        driver.press("w", "o", "m").sample(of(62, "nginx 12", "java 5", "postgres 3", "vault 1"));
        ScreensTest.check("since", driver.press("m"));
        ScreensTest.check("since-ascii", ascii().press("m"));
        ScreensTest.check("chips", Driver.of(states()).size(100, 18).press("\\", "c", "u"));
        ScreensTest.check("columns", Driver.of(states()).size(100, 18).press("f", "Down", ">"));
    }

    private static Driver ascii() {
        Driver driver = Driver.ascii(of(1, "nginx 9", "java 5", "curl 1")).size(60, 15);
        driver.press("m").sample(of(62, "nginx 12", "java 5", "postgres 3"));
        return driver;
    }

    @Test
    void nothingOfItIsForged() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().owner(builder.process(1, "x only: LISTEN \u001b[31m"));
        Driver driver = Driver.of(builder.build()).size(140, 24).press("w", "m", "m", "m", "o");
        assertThat(driver.screen().codePoints().noneMatch(c -> c < ' ' && c != '\n'))
                .isTrue();
    }
}
