package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.support.HostileNames;
import shawk.support.SnapshotBuilder;
import shawk.view.shell.Paper;
import shawk.view.shell.Suggestion;

/** Commands of the prompt: what they print, what is remembered, how they are completed. */
final class ShellTest {
    @TempDir
    Path folder;

    private static void check(String command, int status, String out, String err) {
        Run run = Run.of("shell", "-c", command);
        assertThat(run.err()).as(command).contains(err);
        assertThat(run.out()).as(command).contains(out);
        assertThat(run.status()).as(command).isEqualTo(status);
    }

    @Test
    void commands() {
        check("dump -g process -F conns --no-header", 0, "nginx                   2\n", "");
        check("DUMP --format csv -g process -F conns", 0, ",java,2\r\n", "");
        check("connections -F process,peer -f 'peer = 192.0.2.2' --no-header", 0, "java              192.0.2.2", "");
        check("dump --help", 0, "Usage: shawk dump", "");
        check("filter", 0, "no filter\n", "");
        check("filter process = nginx\ndump -g process -F conns --no-header", 0, "nginx                   2\n", "");
        check("filter process = nginx\nfilter off\nfilter", 0, "no filter\n", "");
        check("format", 0, "format table\n", "");
        check("format json", 0, "format json\n", "");
        check("help", 0, "connections [OPTION]...", "");
        check("help dump", 0, "Usage: shawk dump", "");
        check("help filter", 0, "filter [EXPR | off]", "");
        check("# nothing\n\nhelp exit", 0, "exit ", "");
        check("exit\nnonsense", 0, "", "");
    }

    @Test
    void whatIsWrongIsOneLineAndTheNextCommandRuns() {
        check("dmup", 2, "", "shawk: there is no command 'dmup' here; did you mean 'dump'?\n");
        check("dump --lines 3", 2, "", "shawk: shawk dump has no option '--lines'");
        check("dump 'half", 2, "", "shawk: expected ' to end the text");
        check("filter prot = tcp", 2, "", "shawk: filter: unknown field 'prot' at column 1");
        check("filter port = 443 and", 2, "", "at column 15");
        check("connections -g peer", 2, "", "shawk: connections stand one by one; type dump -g peer\n");
        check("format xml", 2, "", "shawk: format 'xml': there is no such form; there are: table, json, csv\n");
        check("help mee", 2, "", "shawk: there is no help on 'mee'");
        check("dump -f 'port ='", 2, "", "shawk: --filter: expected");
        check("nonsense\nhelp exit", 2, "exit ", "there is no command 'nonsense'");
        check("\u001b]0;x\u0007", 2, "", "there is no command '\\x1b]0;x\\x07' here");
    }

    @Test
    void bothFiltersHold() {
        check(
                "filter process = nginx\ndump -g none -F peer -f 'peer = 192.0.2.3' --format csv --no-header",
                0,
                ",192.0.2.3\r\n",
                "");
        assertThat(Run.of("shell", "-c", "filter process = java or port = 1\ndump --no-header -f 'peer = 192.0.2.3'")
                        .out())
                .isEqualTo("filter process = java or port = 1\n");
        check("filter process = nginx\ndump -f 'prt = 1'", 2, "", "shawk: --filter: unknown field 'prt' at column 1");
    }

    @Test
    void wordsAsAShellTakesThem() throws Failure {
        assertThat(ShellWords.parse(" a  'b c' \"d 'e\" f\\ g '' h'i'j \"k\\\"l\" '\\' "))
                .containsExactly("a", "b c", "d 'e", "f g", "", "hij", "k\"l", "\\");
        assertThat(ShellWords.parse("")).isEmpty();
    }

    @Test
    void whereSqlEnds() {
        for (String whole : List.of(
                "select 1;",
                "select ';';",
                "select \"a;b\" ;",
                "select 1; -- done",
                "select $$ ; $$;",
                "select E'\\';';",
                "select $a$ ; $b$ $a$;",
                "/* ; /* ; */ ; */ select 1;",
                "select 'it''s';",
                "select a$1;")) {
            assertThat(SqlText.ended(whole)).as(whole).isEqualTo(!whole.endsWith("done"));
        }
        for (String half :
                List.of("select 1", "select ';'", "select 'a;", "select $$ ; ", "select 1 -- ;", "/* ; ", "")) {
            assertThat(SqlText.ended(half)).as(half).isFalse();
        }
        assertThat(SqlText.statements("select 1; ;select ';' ; select $$;$$"))
                .containsExactly("select 1", "select ';'", "select $$;$$");
        assertThat(ShellText.commands("filter a\nsql select\n1;\n\n# x\nhosts\nsql select 2"))
                .containsExactly("filter a", "sql select\n1;", "hosts", "sql select 2");
    }

    private HistoryFile history() {
        return new HistoryFile(folder.resolve("state/shawk/history"), new Invoker(0, 0, folder, false));
    }

    @Test
    void whatWasTypedIsThereAgain() throws Exception {
        HistoryFile history = history();
        for (String line : List.of("hosts", "hosts", "sql select\n'a\\b';", " hidden", "dump")) {
            history.add(line);
        }
        assertThat(history().lines()).containsExactly("hosts", "sql select\n'a\\b';", "dump");
        Path file = folder.resolve("state/shawk/history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void noPasswordIsRemembered() throws Exception {
        HistoryFile history = history();
        for (String line : List.of(
                "sql alter role a password 'x'",
                "sql select 'postgres://a:geheim@db/c'",
                "dump --redact=geheim",
                "sql select PASSWD")) {
            assertThat(history.add(line)).as(line).isFalse();
        }
        history.add("hosts");
        assertThat(history.lines()).containsExactly("hosts");
        assertThat(Files.readString(folder.resolve("state/shawk/history"))).isEqualTo("hosts\n");
    }

    @Test
    void theHistoryHasABound() throws Exception {
        HistoryFile history = history();
        String wide = "x".repeat(1000);
        for (int i = 0; i < 2 * HistoryFile.LINES_MAX; i++) {
            history.add("dump " + i + wide);
        }
        assertThat(history.lines()).hasSize(HistoryFile.LINES_MAX);
        assertThat(Files.size(folder.resolve("state/shawk/history")))
                .isLessThan(HistoryFile.BYTES_MAX + HistoryFile.LINES_MAX * 1100L);
        assertThat(history().lines()).hasSize(HistoryFile.LINES_MAX).last().isEqualTo("dump 999" + wide);
    }

    @Test
    void aHistoryThatIsNoFileIsLeftAlone() throws Exception {
        Path target = folder.resolve("elsewhere");
        Files.writeString(target, "secret\n");
        Files.createDirectories(folder.resolve("state/shawk"));
        Files.createSymbolicLink(folder.resolve("state/shawk/history"), target);
        HistoryFile history = history();
        assertThat(history.lines()).isEmpty();
        assertThat(history.add("hosts")).isTrue();
        assertThat(Files.readString(target)).isEqualTo("secret\n");
        assertThat(history.lines()).containsExactly("hosts");
        assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", folder + "/state"), new Invoker(0, 0, null, false))
                        .lines())
                .isEmpty();
    }

    private static ShellSession session(MadeUpSamples samples, OutputStream err) {
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        Environment environment = new Environment(Map.of());
        DumpRunner dumps = new DumpRunner((view, variables, log) -> samples, environment, Config.empty(), notices);
        return new ShellSession(
                dumps,
                (arguments, outlet) -> ExitStatus.BROKEN,
                ShellCmdb.of(environment, notices),
                new LiveValues(samples::next),
                new HistoryFile(null, new Invoker(0, 0, null, false)),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private void complete(String line, String... expected) {
        ShellSession session = session(new MadeUpSamples(4), new ByteArrayOutputStream());
        List<String> words = List.of(line.split("\\|", -1));
        assertThat(session.complete(words).stream().map(Suggestion::value))
                .as(line)
                .contains(expected);
    }

    @Test
    void completion() throws Exception {
        Files.createDirectory(folder.resolve("records"));
        Files.createFile(folder.resolve("records/monday"));
        complete("", "dump", "connections", "help");
        complete("du", "dump");
        complete("dump|--li", "--limit");
        complete("dump|-g|process,pe", "process,peer", "process,peer_process");
        complete("dump|-F|+rt", "+rtt");
        complete("dump|--format=nd", "--format=ndjson");
        complete("dump|--format|c", "csv");
        complete("dump|--source|re", "replay:");
        complete("dump|--source|replay:" + folder + "/re", "replay:" + folder + "/records/");
        complete("dump|--geoip|" + folder + "/records/m", folder + "/records/monday");
        complete("dump|-f|process = ng", "process = nginx");
        complete("filter|proc", "process");
        complete("filter|o", "off");
        complete("filter|process", "process");
        complete("filter|process|", "=", "in", "!~");
        complete("filter|process|=|", "nginx", "java");
        complete("filter|process=ng", "process=nginx");
        complete("filter|peer|=|192.0.2.", "192.0.2.1", "192.0.2.4");
        complete("filter|port|=|4", "443");
        complete("filter|state|in|ES", "ESTABLISHED");
        complete("format|", "table", "json", "csv");
        complete("help|f", "filter", "format");
    }

    @Test
    void mistakesAreFoundWhileTyping() {
        ShellSession session = session(new MadeUpSamples(0), new ByteArrayOutputStream());
        assertThat(session.mistake("filter prt = 1")).isEqualTo(7);
        assertThat(session.mistake("  filter  port = 1 und")).isEqualTo(19);
        assertThat(session.mistake("filter port = 1")).isEqualTo(-1);
        assertThat(session.mistake("filter off")).isEqualTo(-1);
        assertThat(session.mistake("dump prt = 1")).isEqualTo(-1);
        assertThat(session.mistake("filter 'ü' and prt = 1")).isEqualTo("filter 'ü' and ".length());
    }

    /** Asks the session to end the command as soon as it has written something. */
    private static final class Impatient extends ByteArrayOutputStream implements Paper {
        private final ShellSession session;

        Impatient(ShellSession session) {
            this.session = session;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            session.interrupt();
        }

        @Override
        public OutputStream pages() {
            return this;
        }

        @Override
        public OutputStream roll() {
            return this;
        }

        @Override
        public int columns() {
            return 0;
        }

        @Override
        public boolean terminal() {
            return false;
        }
    }

    @Test
    void aCommandThatGoesOnCanBeEndedAndTheNextOneRuns() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ShellSession session = session(new MadeUpSamples(2), err);
        Impatient paper = new Impatient(session);
        assertThat(session.run("dump -c 0 -i 50ms -F conns -g process --no-header", paper))
                .isTrue();
        assertThat(paper.toString(StandardCharsets.UTF_8)).contains("nginx");
        assertThat(session.run("help exit", paper)).isTrue();
        assertThat(session.run("exit", paper)).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).isBlank();
    }

    @Test
    void hostileNamesStayInTheirPlace() {
        for (RawText name : HostileNames.ALL) {
            SnapshotBuilder made = new SnapshotBuilder();
            made.socket().owner(made.process(1, SafeText.of(name).value())).remote("192.0.2.1", 443);
            LiveValues live = new LiveValues(made::build);
            ShellCompletion completion =
                    new ShellCompletion(live, ShellCmdb.of(new Environment(Map.of()), new Notices(System.err)));
            for (Suggestion each : completion.complete(List.of("filter", "process", "=", ""))) {
                assertThat(HostileNames.harmIn(each.value() + each.label())).isEqualTo(-1);
            }
        }
    }
}
