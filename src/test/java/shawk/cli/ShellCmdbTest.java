package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.store.Batch;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.MadeUp;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.support.HostileNames;
import shawk.support.PostgresServer;
import shawk.view.shell.Paper;
import shawk.view.shell.Suggestion;

/** What the prompt asks of a CMDB, and what it makes of the answers. */
final class ShellCmdbTest {
    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String database = "";
    private Environment environment = new Environment(Map.of());
    private ShellCmdb cmdb = ShellCmdb.of(environment, new Notices(System.err));
    private ShellSession session = session();

    @BeforeEach
    void open() throws Exception {
        database = server.newDatabase();
        environment = new Environment(Map.of(Environment.CMDB_URL, server.url(database)));
        cmdb = ShellCmdb.of(environment, new Notices(new PrintStream(err, true, StandardCharsets.UTF_8)));
        session = session();
    }

    private ShellSession session() {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        MadeUpSamples samples = new MadeUpSamples(1);
        DumpRunner dumps =
                new DumpRunner((view, variables, log) -> samples, environment, Config.empty(), new Notices(errors));
        HistoryFile history = new HistoryFile(null, new Invoker(0, 0, null, false));
        return new ShellSession(dumps, this::look, cmdb, new LiveValues(samples::next), history, errors);
    }

    private int look(Arguments arguments, Outlet outlet) throws Failure, IOException {
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        return new LookRun(LookCmdb::open, notices).run(arguments, environment, outlet);
    }

    @Test
    void look() throws Exception {
        store(1, SafeText.of("web01"));
        assertThat(run("look --process curl")).contains("--> 10.1.0.0:443", "--> 10.1.0.1:443", "('curl', pgid=4700)");
        assertThat(run("filter peer = 10.1.0.1\nlook --process curl"))
                .contains("--> 10.1.0.1:443")
                .doesNotContain("10.1.0.0");
        assertThat(run("look --process curl --format csv -f 'peer = 10.1.0.0'").lines())
                .hasSize(1);
        checkFails(
                "filter netns = 5\nlook --process curl", 2, "the filter does not fit look: type filter off; it says");
        run("filter off");
        checkFails("look --process nobody", 1, "");
        checkFails("look --process curl --watch", 2, "--watch draws on a terminal");
        checkFails("look -f 'prt = 1' --process curl", 2, "unknown field 'prt' at column 1");
        run("hosts");
        assertThat(values("look", "--host", "we")).containsExactly("web01");
        assertThat(values("look", "--process", "cu")).containsExactly("curl");
        assertThat(values("look", "--form")).containsExactly("--format");
        assertThat(values("look", "--format", "me")).containsExactly("mermaid");
    }

    @AfterEach
    void close() {
        cmdb.close();
    }

    private void store(int number, SafeText name) throws Exception {
        try (PgCmdb direct = PgCmdb.to(CmdbUrl.parse(server.url(database), "nobody"))) {
            direct.scheme().create(Retention.AS_IT_IS, false);
            HostIdentity made = MadeUp.host(number);
            HostIdentity host = new HostIdentity(made.machineId(), name, made.bootId());
            Batch batch = MadeUp.of(host, System.currentTimeMillis() * 1000, 0, 2, 1, false);
            Store store = direct.store();
            assertThat(store.write(store.register(host, UUID.randomUUID()), 1, batch)
                            .rejected())
                    .isZero();
        }
    }

    private static final class Plain extends ByteArrayOutputStream implements Paper {
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

    private String run(String text) {
        err.reset();
        Plain paper = new Plain();
        assertThat(session.run(text, paper)).isTrue();
        return paper.toString(StandardCharsets.UTF_8);
    }

    private void checkFails(String text, int status, String said) {
        run(text);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .as(text)
                .startsWith("shawk: ")
                .contains(said);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).as(text).hasSize(1);
        assertThat(session.status()).as(text).isEqualTo(status);
    }

    @Test
    void hosts() throws Exception {
        store(1, SafeText.of("web01"));
        store(2, SafeText.of("db01"));
        List<String> lines = run("hosts").lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("name +id +addresses +last_seen +source +lost +version");
        assertThat(lines.get(1)).startsWith("db01 ").contains(" 10.0.0.1 ", " ebpf ");
        assertThat(lines.get(2)).startsWith("web01 ");
        assertThat(lines.get(3)).isEqualTo("(2 rows)");
        assertThat(run("format csv\nhosts")).contains("name,id,addresses,last_seen,source,lost,version\r\n");
        assertThat(run("format json\nhosts")).contains("{\"name\":\"db01\",\"id\":\"");
    }

    @Test
    void sql() throws Exception {
        store(1, SafeText.of("web01"));
        assertThat(run("sql select name, 1 as n, null as x\nfrom host;"))
                .isEqualTo("name   n  x\nweb01  1  -\n(1 row)\n");
        assertThat(run("format json\nsql select 1 as a, 'x\"' as a;")).endsWith("{\"a\":\"1\",\"a_2\":\"x\\\"\"}]\n");
        assertThat(run("format csv\nsql select '=1' as a, -1 as b, null as c, 'a,b' as d"))
                .endsWith("a,b,c,d\r\n\"'=1\",-1,,\"a,b\"\r\n");
        assertThat(run("format table\nsql select count(*) from flow; sql select 1;"))
                .contains("2", "(1 row)");
        assertThat(run("sql select g from generate_series(1, 200001) g;").lines())
                .hasSize(ShellRows.TABLE_MAX + 2)
                .last()
                .isEqualTo("(100000 rows, and more: a table ends there; type format csv)");
    }

    @Test
    void onlyQuestionsAreTaken() throws Exception {
        store(1, SafeText.of("web01"));
        checkFails("sql delete from shawk.host;", 2, "only select");
        checkFails("sql with x as (delete from shawk.host returning 1) select * from x;", 2, "sql: ");
        checkFails("sql slect 1;", 2, "sql: only select");
        checkFails("sql select * from hosts;", 2, "hosts");
        checkFails("sql ;", 2, "sql needs a statement");
        checkFails("hosts all", 2, "hosts does not take 'all'");
        assertThat(run("format csv\nsql select count(*) from host;")).endsWith("count\r\n1\r\n");
    }

    @Test
    void aStatementIsCancelledInTheServerAndTheNextOneRuns() throws Exception {
        store(1, SafeText.of("web01"));
        run("sql select 1;");
        Thread interrupter = new Thread(() -> {
            try {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                String asleep = "select count(*) from pg_stat_activity where state = 'active' and datname = '"
                        + database + "' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()";
                while (System.nanoTime() < end) {
                    try (var connection = server.connect(database);
                            var statement = connection.createStatement();
                            var rows = statement.executeQuery(asleep)) {
                        if (rows.next() && rows.getInt(1) > 0) {
                            session.interrupt();
                            return;
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        interrupter.start();
        run("sql select pg_sleep(600);");
        interrupter.join();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("sql: stopped: it took too long, or was cancelled");
        assertThat(run("sql select 7 as n;")).isEqualTo("n\n7\n(1 row)\n");
    }

    @Test
    void hostileNamesAreHarmless() throws Exception {
        store(0, SafeText.of("plain"));
        int number = 1;
        for (RawText name : HostileNames.ALL) {
            store(number++, SafeText.of(name));
        }
        for (String form : List.of("table", "json", "csv")) {
            for (String line : run("format " + form + "\nhosts").split("\r?\n", -1)) {
                assertThat(HostileNames.harmIn(line)).as(line).isEqualTo(-1);
            }
        }
        String said = run("format table\nsql select E'\\x1b]0;x\\x07\\u202e' as \"\u001b[31mred\";");
        assertThat(said).contains("\\x1b]0;x\\x07\\u{202e}", "\\x1b[31mred");
    }

    @Test
    void whatIsMissingIsSaid() {
        checkFails("hosts", 3, "type: shawk create-scheme");
        checkFails("sql select * from shawk.host;", 2, "sql: ");
        assertThat(run("dump -g process -F conns --no-header")).isEqualTo("nginx                   1\n");
    }

    @Test
    void aServerThatIsNotThereIsSaidWithoutItsPassword() {
        environment = new Environment(Map.of(Environment.CMDB_URL, "postgres://me:geheim@127.0.0.1:1/db"));
        cmdb = ShellCmdb.of(environment, new Notices(new PrintStream(err, true, StandardCharsets.UTF_8)));
        session = session();
        checkFails("hosts", 3, "the CMDB at ");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("geheim");
    }

    @Test
    void tabKnowsTablesHostsAndProcessesOnceItIsOpen() throws Exception {
        store(1, SafeText.of("web01"));
        assertThat(values("sql", "flow_h")).isEmpty();
        run("hosts");
        assertThat(values("sql", "flow_h")).containsExactly("flow_hour");
        assertThat(values("filter", "peer_host", "=", "we")).containsExactly("web01");
        assertThat(values("filter", "peer_process", "=", "cu")).containsExactly("curl");
    }

    private List<String> values(String... words) {
        return session.complete(List.of(words)).stream().map(Suggestion::value).toList();
    }
}
