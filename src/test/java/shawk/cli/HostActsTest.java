package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.field.DefaultColumns;
import shawk.field.Fields;
import shawk.model.ProcessId;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.screen.Arrangement;
import shawk.screen.Effect;
import shawk.screen.Shown;
import shawk.screen.UiState;
import shawk.screen.Victim;
import shawk.support.HostileNames;
import shawk.support.Json;
import shawk.support.MadeUpFlows;

/** What is done outside of the screen, with a killer that only notes what it is asked. */
class HostActsTest {
    private static final Victim VICTIM =
            new Victim(1, 2, 6, false, 0, 3, 4, 0, 5, 6, "10.0.0.1:4 - 10.0.0.2:6 ESTABLISHED tcp");

    @TempDir
    Path folder;

    private final FakeKiller killer = new FakeKiller();

    private static final class FakeKiller implements Killer {
        final List<String> asked = new ArrayList<>();
        List<Outcome> outcomes = List.of(new Outcome(true, false, "destroyed"));

        @Override
        public List<Outcome> kill(List<Victim> victims) {
            asked.add("kill " + victims.size());
            return outcomes;
        }

        @Override
        public void signal(ProcessId process, int number) throws Failure {
            asked.add("signal " + process.pid() + " " + number);
            if (process.pid() == 7) {
                throw Failure.missing("process 7 has ended");
            }
        }
    }

    private Path log() {
        return folder.resolve("state/shawk.log");
    }

    private HostActs acts(long mostLog) {
        return new HostActs(
                killer,
                new ActionLog(log(), mostLog, "uid=0 sudo_uid=1000"),
                new Invoker(0, 0, null, false),
                null,
                null);
    }

    private HostActs acts() {
        return acts(1 << 20);
    }

    private static Effect.Act signal(int pid, SafeText name) {
        return new Effect.SignalProcess(new ProcessId(pid, 99), name, "TERM", 15);
    }

    @Test
    void theOutcomeIsCountedAndLogged() throws IOException {
        killer.outcomes = List.of(
                new Killer.Outcome(true, false, "destroyed"),
                new Killer.Outcome(false, true, "already gone"),
                new Killer.Outcome(false, false, "not permitted"),
                new Killer.Outcome(false, false, "not permitted"));
        String said = acts().done(new Effect.KillConnections("nginx (1)", List.of(VICTIM, VICTIM, VICTIM, VICTIM)));
        assertThat(said).isEqualTo("killed 1, already gone 1, refused 2: not permitted");
        assertThat(Files.readAllLines(log())).hasSize(5);
        assertThat(Files.readString(log()))
                .contains(
                        " uid=0 sudo_uid=1000 kill-connections count=4 of=\"nginx (1)\"\n",
                        VICTIM.text(),
                        "outcome=\"already gone\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                .isEqualTo("rw-------");
    }

    @Test
    void signals() throws IOException {
        assertThat(acts().done(signal(5, SafeText.of("java")))).isEqualTo("sent TERM to java (5)");
        assertThat(acts().done(signal(7, SafeText.of("java")))).isEqualTo("not sent: process 7 has ended");
        assertThat(Files.readString(log())).contains("outcome=\"sent\"", "outcome=\"process 7 has ended\"");
        int self = (int) ProcessHandle.current().pid();
        assertThat(acts().done(signal(self, SafeText.of("java")))).contains("is this program");
        assertThat(killer.asked).containsExactly("signal 5 15", "signal 7 15");
    }

    @Test
    void withoutALogNothingIsKilled() throws IOException {
        Files.createDirectories(log().getParent());
        Files.createSymbolicLink(log(), folder.resolve("elsewhere"));
        assertThat(acts().done(new Effect.KillConnections("x", List.of(VICTIM))))
                .contains("nothing was done", "cannot be written");
        assertThat(acts().done(signal(5, SafeText.of("x")))).contains("nothing was done");
        assertThat(killer.asked).isEmpty();
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void theLogIsBounded() throws IOException {
        for (int i = 0; i < 50; i++) {
            acts(1_000).done(signal(5, SafeText.of("java")));
        }
        assertThat(Files.size(log())).isLessThan(2_000);
        assertThat(Files.size(log().resolveSibling("shawk.log.1"))).isLessThan(2_000);
    }

    @Test
    void hostileNamesForgeNoOutcome() throws IOException {
        acts().done(signal(7, SafeText.of("x\" outcome=\"sent\\")));
        assertThat(Files.readString(log()))
                .contains("process=\"x\\\" outcome=\\\"sent\\\\ (7)\" start=99 outcome=\"process 7 has ended\"");
    }

    @Test
    void hostileNamesForgeNoLine() throws IOException {
        for (RawText raw : HostileNames.ALL) {
            String said = acts().done(signal(5, SafeText.of(raw)));
            assertThat(HostileNames.harmIn(said)).isEqualTo(-1);
        }
        assertThat(Files.readAllLines(log()))
                .hasSize(2 * HostileNames.ALL.size())
                .allMatch(line -> line.contains(" signal-process "));
    }

    private static Shown shown() {
        Arrangement arrangement = Arrangement.first(
                List.of(Fields.PROCESS, Fields.PEER), List.of(), DefaultColumns.FLOWS, "", null, false);
        return new Shown(MadeUpFlows.host(), UiState.initial(arrangement, 1_000));
    }

    @Test
    void exportsNeverOverwrite() throws IOException {
        Path json = folder.resolve("a.json");
        assertThat(acts().done(new Effect.Export(json.toString(), "json", shown())))
                .endsWith(" rows written to " + json);
        assertThat(Json.parse(Files.readString(json))).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(json)))
                .isEqualTo("rw-------");
        String before = Files.readString(json);
        assertThat(acts().done(new Effect.Export(json.toString(), "json", shown())))
                .isEqualTo("not written: there is such a file already: " + json);
        assertThat(Files.readString(json)).isEqualTo(before);
        Path csv = folder.resolve("a.csv");
        acts().done(new Effect.Export(csv.toString(), "csv", shown()));
        assertThat(Files.readAllLines(csv).get(0)).startsWith("t,sample,level,process,peer,");
        assertThat(Files.readAllLines(csv)).anyMatch(line -> line.contains("nginx"));
        Path text = folder.resolve("a.txt");
        acts().done(new Effect.Export(text.toString(), "txt", shown()));
        assertThat(Files.readAllLines(text)).hasSameSizeAs(Files.readAllLines(csv));
        Path link = Files.createSymbolicLink(folder.resolve("b.csv"), folder.resolve("c.csv"));
        assertThat(acts().done(new Effect.Export(link.toString(), "csv", shown())))
                .startsWith("not written");
        assertThat(folder.resolve("c.csv")).doesNotExist();
        assertThat(acts().done(new Effect.Export("/nonexistent/x.csv", "csv", shown())))
                .startsWith("not written: no such file or folder");
    }

    @Test
    void theAnswerComesFromAnotherThread() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        acts().perform(signal(5, SafeText.of("java")), line -> answered.countDown());
        assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
