package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.support.MadeUpFlows;
import shawk.support.SnapshotBuilder;

/** What is asked before anything is done, and that nothing is done without an answer. */
class ActDialogsTest {
    private static Driver on(String... keys) {
        return Driver.of(MadeUpFlows.host()).size(100, 30).press(keys);
    }

    private static Effect.KillConnections killed(Driver driver) {
        assertThat(driver.effects).hasSize(1);
        return (Effect.KillConnections) driver.effects.get(0);
    }

    @Test
    void aGroupIsKilledAsItWasShown() {
        Driver driver = on("*", "G", "Up", "X");
        KillDialog dialog = (KillDialog) driver.monitor.state().dialog();
        assertThat(dialog.victims()).isNotEmpty();
        assertThat(driver.screen())
                .contains(
                        "Kill " + dialog.victims().size() + " connection",
                        dialog.victims().get(0).text(),
                        "Press y");
        driver.sample(MadeUpFlows.sample(3, 5, 1)).press("y");
        assertThat(killed(driver).victims()).as("not what is there now").isEqualTo(dialog.victims());
    }

    /** Its socket may serve many others; and a later connection on the socket of one that has ended is another. */
    @Test
    void neitherAFlowOfAnUnconnectedSocketNorWhatHasEndedIsKilled() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket();
        builder.socket().set(Column.PROTOCOL, Protocol.UDP.ordinal());
        builder.socket().set(Column.PROTOCOL, Protocol.UDP.ordinal()).state(SocketState.UNCONN);
        builder.socket().kind(RowKind.ENDED);
        SocketTable table = builder.build().table();
        assertThat(IntStream.range(0, 4).filter(row -> Victim.can(table, row))).containsExactly(0, 1);
    }

    @Test
    void nothingIsKilledWithoutYes() {
        for (String key : List.of("Enter", "Esc", "n", "x", "Y", "Space", "q")) {
            assertThat(on("X", key).effects).as(key).noneMatch(Effect.Act.class::isInstance);
        }
        assertThat(on("X", "Esc").lastLine()).isEqualTo(" nothing was killed");
    }

    /** Beyond a hundred the count is typed. */
    @Test
    void manyNeedTheirCount() {
        Victim one = ((KillDialog) on("X").monitor.state().dialog()).victims().get(0);
        List<Victim> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(one);
        }
        KillDialog dialog = new KillDialog("nginx", many, 3, LineEdit.of(""), null);
        Driver driver = on();
        UiState state = driver.monitor.state().withDialog(dialog);
        for (String typed : List.of("y", "25", "2500", "")) {
            Step step = answer(state, typed);
            assertThat(step.effects()).as(typed).isEmpty();
            assertThat(((KillDialog) step.state().dialog()).error()).contains("250");
        }
        assertThat(answer(state, "250").effects()).hasSize(1);
    }

    private static Step answer(UiState state, String typed) {
        UiState now = state;
        for (int codePoint : typed.codePoints().toArray()) {
            now = now.dialog().key(now, Key.of(codePoint), null).state();
        }
        return now.dialog().key(now, Key.of(Key.Kind.ENTER), null);
    }

    @Test
    void aProcessIsNamedAndTheSignalChosen() {
        Driver driver = on("K");
        assertThat(driver.screen()).contains("pid 1000", "> TERM 15", "holds ");
        driver.press("Down", "Down", "Down", "y");
        Effect.SignalProcess sent = (Effect.SignalProcess) driver.effects.get(0);
        assertThat(sent.signal()).isEqualTo("KILL");
        assertThat(sent.number()).isEqualTo(9);
        assertThat(sent.process().pid()).isEqualTo(1000);
        assertThat(on("F9", "Esc").lastLine()).isEqualTo(" no signal was sent");
        for (String key : List.of("Enter", "Esc", "n", "x", "Space")) {
            assertThat(on("K", key).effects).as(key).isEmpty();
        }
    }

    @Test
    void whatIsForbiddenSaysWhy() {
        UiState state = on().monitor.state();
        Setup setup = state.setup().withoutKills("--readonly forbids it").withoutWrites("--readonly forbids it");
        Tree tree = null;
        for (String id : List.of("kill-connections", "kill-process", "export")) {
            Binding binding = state.keys().named(id);
            assertThat(binding.disabled().apply(state.withSetup(setup), tree))
                    .as(id)
                    .isEqualTo("--readonly forbids it");
        }
    }

    @Test
    void export() {
        Driver driver = on("e");
        assertThat(driver.lastLine()).startsWith(" export to: shawk-").endsWith("-flows.csv");
        driver.press("Tab").press("Enter");
        Effect.Export export = (Effect.Export) driver.effects.get(0);
        assertThat(export.form()).isEqualTo("txt");
        List<String> lines = new ArrayList<>();
        export.shown().lines(lines::add);
        assertThat(lines.get(0)).startsWith(" PROCESS / PEER / PORT");
        assertThat(lines.get(1)).startsWith(" \u25b8 nginx (1000)");
        assertThat(lines).hasSize(1 + driver.names().size());
        assertThat(on("e", "Ctrl-U").type("rows.doc").press("Enter").effects).isEmpty();
        assertThat(on("e", "Ctrl-U").type("rows.json").press("Enter").effects).hasSize(1);
    }

    @Test
    void copy() {
        Driver driver = on("c");
        assertThat(((Effect.Copy) driver.effects.get(0)).text()).startsWith("nginx (1000)\t");
        assertThat(driver.lastLine()).isEqualTo(" copied nginx (1000)");
    }

    /** Down to the smallest screen nothing is drawn outside, and what is asked is in sight. */
    @Test
    void onASmallScreen() {
        assertThat(on("j", "X").size(60, 15).screen()).contains("Press y");
        assertThat(on("K").size(60, 15)
                        .press("Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down")
                        .screen())
                .contains("> USR2 12");
    }
}
