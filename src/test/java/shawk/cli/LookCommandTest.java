package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shawk.store.Batch;
import shawk.store.Store;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.support.Json;
import shawk.support.MadeUpFleet;
import shawk.support.MadeUpFleet.Program;
import shawk.support.PostgresServer;

/** What a look ends with, and what it says where there is nothing, or nobody to ask. */
final class LookCommandTest {
    private static final long MINUTE = 60_000_000L;

    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
    private String out = "";
    private String err = "";

    private int look(String url, String... words) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        int status;
        try {
            String[] line = new String[words.length + 1];
            line[0] = "look";
            System.arraycopy(words, 0, line, 1, words.length);
            Environment environment = new Environment(Map.of(Environment.CMDB_URL, url));
            status = new LookRun(LookCmdb::open, new Notices(stream))
                    .run(ArgumentParser.parse(line), environment, new Outlet(output, false, 0, null));
        } catch (Failure e) {
            stream.println(e.line());
            status = e.status();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        out = output.toString(StandardCharsets.UTF_8);
        err = errors.toString(StandardCharsets.UTF_8);
        return status;
    }

    /** One that has edges: a client of a server two hours ago, of another one now. */
    private String stored() throws Exception {
        String database = server.newDatabase();
        long now = System.currentTimeMillis() * 1_000;
        MadeUpFleet fleet = new MadeUpFleet(now - 120 * MINUTE);
        Program client = fleet.process(fleet.host("a", "10.0.0.1"), "client", 1);
        Program other = fleet.process(fleet.host("b", "10.0.0.2"), "server", 2);
        fleet.connect(client, "10.0.0.1", other, "10.0.0.2", 80, 5);
        fleet.atMicros = now / MINUTE * MINUTE - MINUTE;
        fleet.connect(client, "10.0.0.1", other, "10.0.0.2", 81, 5);
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(server.url(database), "nobody"))) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
            Store store = cmdb.store();
            for (Batch batch : fleet.batches()) {
                store.write(store.register(batch.host(), UUID.randomUUID()), 1, batch);
            }
        }
        return server.url(database);
    }

    @Test
    void whatIsFoundIsStatus0InEveryForm() throws Exception {
        String url = stored();
        for (String form : new String[] {"tree", "json", "ndjson", "csv", "dot", "mermaid", "svg"}) {
            assertThat(look(url, "--process", "client", "--format", form))
                    .as(err)
                    .isZero();
            assertThat(out).as(form).contains("client", "server").endsWith("\n");
            assertThat(err).as(form).isEmpty();
        }
        assertThat(look(url, "--process", "client", "--depth", "999999999")).isZero();
        assertThat(look(url, "--limit", "1")).isZero();
        assertThat(err).startsWith("shawk: there is more than these 1 edges; narrow by --filter, or type --limit 10");
    }

    @Test
    void whatIsNotFoundIsStatus1AndWhatThereIsIsSaid() throws Exception {
        String url = stored();
        for (String form : new String[] {"tree", "ndjson", "svg"}) {
            assertThat(look(url, "--process", "nobody", "--format", form)).isEqualTo(1);
            assertThat(out).as(form).isEmpty();
            assertThat(err)
                    .matches("shawk: nothing found for process nobody; the CMDB holds 2 hosts, newest sample"
                            + " \\S+Z, oldest \\S+Z\n");
        }
        assertThat(look(url, "--process", "nobody", "--format", "json")).isEqualTo(1);
        assertThat(Json.parse(out)).isNotNull();
        assertThat(look(url, "--process", "nobody", "--format", "csv")).isEqualTo(1);
        assertThat(out.lines()).hasSize(1);
        assertThat(look(url, "--process", "client", "--filter", "port = 9")).isEqualTo(1);
        assertThat(err).startsWith("shawk: nothing found for process client, filter 'port = 9'; the CMDB holds 2");
        assertThat(look(url, "--since", "100d", "--until", "99d")).isEqualTo(1);
        assertThat(err).startsWith("shawk: nothing found for the whole fleet since ");
    }

    @Test
    void anEmptyCmdbSaysSo() throws Exception {
        String database = server.newDatabase();
        assertThat(look(server.url(database))).isEqualTo(3);
        assertThat(err).endsWith("has no shawk scheme; type: shawk create-scheme\n");
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(server.url(database), "nobody"))) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
        }
        assertThat(look(server.url(database))).isEqualTo(1);
        assertThat(err)
                .isEqualTo("shawk: nothing found for the whole fleet; the CMDB holds nothing yet: type shawk probe"
                        + " --once\n");
    }

    @Test
    void nobodyToAskIsStatus3() {
        assertThat(look("postgres://me:geheim@127.0.0.1:1/db")).isEqualTo(3);
        assertThat(out).isEmpty();
        assertThat(err).contains("cannot be reached").doesNotContain("geheim");
        assertThat(look("postgres://:x")).isEqualTo(2);
    }

    @Test
    void whatChangedIsToldWithoutAnEndToo() throws Exception {
        String url = stored();
        String expected = """
                + 10.0.0.1:many ('client', pgid=1) --> 10.0.0.2:81 ('server', pgid=2)
                - 10.0.0.1:many ('client', pgid=1) --> 10.0.0.2:80 ('server', pgid=2)
                """;
        for (String when : new String[] {"115m..now", "115m..", "115m"}) {
            assertThat(look(url, "--diff", when, "--since", "20m")).as(err).isZero();
            assertThat(out).as(when).isEqualTo(expected);
        }
        assertThat(look(url, "--diff", "2m..1m", "--process", "nobody")).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(look(url, "--diff", "1m", "--since", "200d", "--port", "80")).isZero();
        assertThat(err).isEqualTo("shawk: nothing is new, gone or changed among 1 edges\n");
    }
}
