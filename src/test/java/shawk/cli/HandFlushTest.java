package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.Snapshot;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.store.spool.Spool;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;
import shawk.support.RawSampleBuilder;

/** What a key and an option of the monitor store, and whom they leave it to. */
final class HandFlushTest {
    private static final String MACHINE = "00000000000000000000000000000001";
    private static final String NOBODY_THERE = "postgres://shawk:secret-word@127.0.0.1:1/shawk?connect_timeout=2";

    /** What is years old would not be kept. */
    private static final long NOW = System.currentTimeMillis() / 1_000;

    @TempDir
    Path folder;

    private final FlowTable table = new FlowTable(Names.NONE, FlowLimits.STORING, 7);
    private int seconds;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Environment environment(String url, String spool) {
        return new Environment(Map.of(
                Environment.CMDB_URL,
                url,
                Environment.SPOOL,
                folder.resolve(spool).toString(),
                Environment.MACHINE_ID,
                MACHINE));
    }

    /** The next sample of this host: connections to these ports. */
    private Snapshot snapshot(int... ports) {
        seconds++;
        RawSampleBuilder sample =
                at(seconds).wallOff(NOW - 1_700_000_000.0).self().process(10, 5, "curl");
        for (int port : ports) {
            sample.socket(tcp("10.0.0.5:4" + port, "10.0.0.9:" + port)
                    .cookie(port)
                    .inode(port)
                    .life(0.5, 1)
                    .by(10, 2));
        }
        return table.fold(sample.build());
    }

    private String press(HandFlush flush) throws InterruptedException {
        flush.now(said::add);
        String line = said.poll(60, TimeUnit.SECONDS);
        return line == null ? "" : line;
    }

    private static String newDatabase(PostgresServer server) throws Exception {
        String database = server.newDatabase();
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(server.url(database), "nobody"))) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
        }
        return database;
    }

    private static String ports(PostgresServer server, String database) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select string_agg(port::text, ' ' order by port) from shawk.flow")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    @Test
    void aKeyStoresWhatIsThereAndLetsGo() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = newDatabase(server);
        Environment environment = environment(server.url(database), "spool");
        try (HandFlush flush = new HandFlush(environment, () -> snapshot(80, 443))) {
            assertThat(press(flush)).matches("stored in the CMDB: \\d+ rows in \\d+ ms");
            assertThat(ports(server, database)).isEqualTo("80 443");
            try (Spool agents = SpoolPlace.of(environment, false).open()) {
                assertThat(agents).as("which the agent can have").isNotNull();
                assertThat(press(flush))
                        .isEqualTo("not stored: another shawk, the agent as a rule, stores this host already");
            }
            assertThat(press(flush)).startsWith("stored in the CMDB: ");
            assertThat(flush.finish()).isNull();
        }
    }

    @Test
    void aSampleIsStoredOnceHoweverOftenTheKeyIsPressed() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = newDatabase(server);
        Snapshot one = snapshot(80);
        try (HandFlush flush = new HandFlush(environment(server.url(database), "spool"), () -> one)) {
            assertThat(press(flush)).startsWith("stored in the CMDB: ");
            assertThat(press(flush)).startsWith("not stored: there is no newer sample than the one that was stored");
        }
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(distinct run) from shawk.flow_chunk")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void withoutADatabaseItWaitsAndTheNextOneSendsIt() throws Exception {
        try (HandFlush flush = new HandFlush(environment(NOBODY_THERE, "spool"), () -> snapshot(80))) {
            assertThat(press(flush))
                    .startsWith("not stored yet, it waits in the spool: ")
                    .doesNotContain("secret-word");
        }
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = newDatabase(server);
        try (HandFlush flush = new HandFlush(environment(server.url(database), "spool"), () -> snapshot(443))) {
            assertThat(press(flush)).startsWith("stored in the CMDB: ");
        }
        assertThat(ports(server, database)).isEqualTo("80 443");
    }

    @Test
    void theAgentWithASpoolOfItsOwnIsNotFenced() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = newDatabase(server);
        try (HandFlush agent = new HandFlush(environment(server.url(database), "agent"), () -> snapshot(80));
                HandFlush hand = new HandFlush(environment(server.url(database), "hand"), () -> snapshot(80))) {
            assertThat(press(agent)).startsWith("stored in the CMDB: ");
            assertThat(press(hand)).startsWith("not stored").contains("the agent of this host stores it already");
            assertThat(press(agent)).startsWith("stored in the CMDB: ");
        }
        assertThat(ports(server, database)).isEqualTo("80");
    }

    @Test
    void everySnapshotIsStoredAndTheRestAtTheEnd() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = newDatabase(server);
        Environment environment = environment(server.url(database), "spool");
        try (HandFlush flush = new HandFlush(environment, () -> Snapshot.EMPTY)) {
            flush.always(3_600_000_000_000L);
            flush.take(snapshot(80), 1_000_000_000);
            flush.take(snapshot(80, 443), 1_000_000_000);
            assertThat(flush.finish()).isNull();
        }
        assertThat(ports(server, database)).isEqualTo("80 443");
        try (HandFlush flush = new HandFlush(environment(NOBODY_THERE, "spool"), () -> Snapshot.EMPTY)) {
            flush.always(3_600_000_000_000L);
            flush.take(snapshot(22), 1_000_000_000);
            assertThat(flush.finish())
                    .startsWith("not stored yet, it waits in the spool: ")
                    .doesNotContain("secret-word");
        }
        try (Spool left = SpoolPlace.of(environment, false).open()) {
            assertThat(left).isNotNull();
            assertThat(left.status().waiting()).isTrue();
        }
    }
}
