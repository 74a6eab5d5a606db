package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.Store;
import shawk.store.Store.Lease;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** The scheme built, brought up, refused; who may do what in it. */
final class SchemeTest {
    private static final int AT_ONCE = 10;

    private static String refusal(Cmdb cmdb, CmdbUrl url) {
        try (PgCmdb opened = PgCmdb.to(url)) {
            opened.store().register(MadeUp.host(1), new UUID(0, 1));
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.REFUSED);
            return e.getMessage();
        }
        throw new AssertionError("it was let in");
    }

    @ParameterizedTest
    @EnumSource
    void isBuiltOnceHoweverManyDoSo(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.bare(PostgresServer.shared(version))) {
            ExecutorService all = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<Scheme.Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                PgCmdb each = cmdb.open();
                Callable<Scheme.Outcome> create = () -> each.scheme().create(Retention.AS_IT_IS, false);
                outcomes.add(all.submit(create));
            }
            int built = 0;
            for (Future<Scheme.Outcome> outcome : outcomes) {
                assertThat(outcome.get().after()).isEqualTo(Scheme.VERSION);
                assertThat(outcome.get().notes()).isEmpty();
                built += outcome.get().before() == 0 ? 1 : 0;
            }
            all.shutdown();
            assertThat(built).isEqualTo(1);
            assertThat(cmdb.ask("select count(*) from shawk.migration")).isEqualTo("" + Scheme.VERSION);
            String partitions = "select count(*) from pg_inherits where inhparent = 'shawk.flow_chunk'::regclass";
            assertThat(cmdb.ask(partitions)).isEqualTo(version == Version.OLDEST ? "0" : "3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedOneLeavesNothing(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.bare(PostgresServer.shared(version));
                Connection holder = cmdb.server.connect(cmdb.database)) {
            cmdb.execute("create schema shawk");
            cmdb.execute("create table shawk.flow_day (x integer)");
            assertThatThrownBy(() -> cmdb.open().scheme().create(Retention.AS_IT_IS, false))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("flow_day");
            assertThat(cmdb.ask("select count(*) from pg_tables where schemaname = 'shawk'"))
                    .isEqualTo("1");
            cmdb.execute("drop table shawk.flow_day");
            assertThat(cmdb.open().scheme().create(Retention.AS_IT_IS, false).before())
                    .isZero();
            assertThat(holder.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEarlierOneIsBroughtUp(Version version) throws Exception {
        checkBroughtUp(version, Script.query("V001__cmdb.sql").checksum(), "V001__cmdb.sql");
    }

    /** As some programs have built version 1: with what is in version 2 now. */
    @ParameterizedTest
    @EnumSource
    void aFullEarlierOneIsBroughtUp(Version version) throws Exception {
        checkBroughtUp(version, Scheme.FULL_FIRST, "V001__cmdb.sql", "V002__ends.sql");
    }

    /** Whoever has built the first version keeps what is in it, and gets what the present one has. */
    private static void checkBroughtUp(Version version, String checksum, String... scripts) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (Cmdb old = Cmdb.bare(server);
                Cmdb made = Cmdb.in(server)) {
            old.execute("create schema shawk");
            int major = Integer.parseInt(old.ask("show server_version_num")) / 10_000;
            for (String script : scripts) {
                for (String statement : Script.query(script).statements(major)) {
                    old.execute(statement);
                }
            }
            old.execute(Sql.CREATE_MIGRATIONS);
            old.execute("insert into shawk.migration values (1, '" + checksum + "', now())");
            old.execute("insert into shawk.setting values ('kept', 'x')");
            assertThat(refusal(old, old.url())).contains("shawk create-scheme");
            Scheme.Outcome outcome = old.open().scheme().create(Retention.AS_IT_IS, false);
            assertThat(outcome.before()).isEqualTo(1);
            assertThat(outcome.after()).isEqualTo(Scheme.VERSION);
            assertThat(old.ask("select value from shawk.setting where name = 'kept'"))
                    .isEqualTo("x");
            for (String what : List.of(
                    "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns"
                            + " where table_schema = 'shawk' and table_name !~ '_[0-9]+$' order by 1",
                    "select indexdef from pg_indexes where schemaname = 'shawk' and tablename !~ '_[0-9]+$'"
                            + " order by 1")) {
                assertThat(old.rows(what)).isEqualTo(made.rows(what)).isNotEmpty();
            }
            assertThat(old.rows("select indexname from pg_indexes where schemaname = 'shawk'"))
                    .contains("flow_ends", "process_exe")
                    .doesNotContain("flow_local");
        }
    }

    @Test
    void settingsStayUnlessSaidOtherwise() throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(Version.NEWEST))) {
            String settings = "select name || '=' || value from shawk.setting order by name";
            assertThat(cmdb.rows(settings))
                    .containsExactly(
                            "retain=2592000 seconds", "retain_days=63072000 seconds", "retain_hours=7776000 seconds");
            Retention given = new Retention(Duration.ofDays(7), null, null);
            Scheme.Outcome outcome = cmdb.open().scheme().create(given, false);
            assertThat(outcome.before()).isEqualTo(Scheme.VERSION);
            cmdb.open().scheme().create(Retention.AS_IT_IS, false);
            assertThat(cmdb.rows(settings)).contains("retain=604800 seconds", "retain_hours=7776000 seconds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemeThatIsNotTheProgramsIsRefused(Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (Cmdb none = Cmdb.bare(server);
                Cmdb newer = Cmdb.in(server);
                Cmdb changed = Cmdb.in(server)) {
            assertThat(refusal(none, none.url()))
                    .isEqualTo("the CMDB at 127.0.0.1:" + server.port()
                            + " has no shawk scheme; type: shawk create-scheme");
            newer.execute("insert into shawk.migration values (99, 'x', now())");
            assertThat(refusal(newer, newer.url())).contains("version 99").contains("use a newer shawk");
            assertThatThrownBy(() -> newer.open().scheme().create(Retention.AS_IT_IS, false))
                    .hasMessageContaining("newer than " + Scheme.VERSION);
            changed.execute("update shawk.migration set checksum = 'x'");
            assertThatThrownBy(() -> changed.open().scheme().create(Retention.AS_IT_IS, false))
                    .hasMessageContaining("another version 1 of the scheme");
        }
    }

    @Test
    void withoutTheExtensionNothingIsDistributed() throws Exception {
        try (Cmdb cmdb = Cmdb.bare(PostgresServer.shared(Version.NEWEST))) {
            assertThatThrownBy(() -> cmdb.open().scheme().create(Retention.AS_IT_IS, true))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("has no extension citus in database '" + cmdb.database + "'")
                    .hasMessageContaining("leave --distributed away");
            assertThat(cmdb.ask("select count(*) from pg_namespace where nspname = 'shawk'"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatCannotHoldAllNamesIsRefused(Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        String name = "latin" + UUID.randomUUID().toString().replace("-", "");
        server.execute(
                "postgres",
                "create database " + name + " encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'");
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(server.url(name), ""))) {
            assertThatThrownBy(() -> cmdb.scheme().create(Retention.AS_IT_IS, false))
                    .hasMessageContaining("'" + name + "' in LATIN1; make one in UTF8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWritesNeedOwnNothing(Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (Cmdb cmdb = Cmdb.in(server)) {
            String suffix = cmdb.database.replaceAll("\\W", "");
            String writer = login(cmdb, "w" + suffix, "shawk_writer");
            String reader = login(cmdb, "r" + suffix, "shawk_reader");
            String nobody = login(cmdb, "n" + suffix, "");
            long now = System.currentTimeMillis() * 1000;
            try (PgCmdb agent = PgCmdb.to(CmdbUrl.parse(writer, ""))) {
                Store store = agent.store();
                Lease lease = store.register(MadeUp.host(1), new UUID(0, 1));
                store.write(lease, 1, MadeUp.of(MadeUp.host(1), now - 8 * 86_400_000_000L, 0, 5, 10, true));
                store.write(lease, 2, MadeUp.of(MadeUp.host(1), now, 0, 5, 10, true));
                store.maintain(lease);
                assertThat(cmdb.opened()).isEqualTo(2 * 5 * 10 * 3);
                for (String forbidden : List.of(
                        "drop table shawk.flow",
                        "delete from shawk.agent",
                        "update shawk.setting set value = '0'",
                        "update shawk.rejected set reason = ''",
                        "create table shawk.own (x integer)",
                        "delete from shawk.migration")) {
                    assertThatThrownBy(() -> execute(writer, forbidden))
                            .as(forbidden)
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(refusal(cmdb, CmdbUrl.parse(reader, "")))
                    .contains("does not allow that to 'r" + suffix)
                    .endsWith("; let its owner type: grant shawk_writer to r" + suffix);
            assertThat(refusal(cmdb, CmdbUrl.parse(nobody, ""))).endsWith("grant shawk_writer to n" + suffix);
            try (PgCmdb look = PgCmdb.to(CmdbUrl.parse(nobody, ""))) {
                assertThatThrownBy(look::observations).hasMessageEndingWith("grant shawk_reader to n" + suffix);
                assertThatThrownBy(() -> look.sql().run("select * from shawk.flow", null))
                        .hasMessageEndingWith("grant shawk_reader to n" + suffix);
                assertThatThrownBy(() -> look.scheme().create(Retention.AS_IT_IS, false))
                        .hasMessageEndingWith("log in as who built the scheme, or as a superuser");
            }
            try (Cmdb bare = Cmdb.bare(server)) {
                String there = nobody.replace("/" + cmdb.database, "/" + bare.database);
                PgCmdb owner = bare.open(CmdbUrl.parse(there, ""));
                assertThatThrownBy(() -> owner.scheme().create(Retention.AS_IT_IS, false))
                        .hasMessageEndingWith(
                                "let its owner type: grant create on database " + bare.database + " to n" + suffix);
                bare.execute("revoke connect on database " + bare.database + " from public");
                PgCmdb outside = bare.open(CmdbUrl.parse(there, ""));
                assertThatThrownBy(() -> outside.scheme().queryVersion())
                        .hasMessageEndingWith("grant connect on database " + bare.database + " to n" + suffix);
            }
            execute(reader, "select * from shawk.flow_bucket");
            if (version == Version.NEWEST) {
                assertThatThrownBy(() -> execute(reader, "select shawk.drop_partition()"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void whoMayNotMakeRolesIsToldAndGoesOn() throws Exception {
        // Its own server: the roles of the shared one are there already.
        try (PostgresServer server = PostgresServer.start(Version.NEWEST);
                Cmdb cmdb = Cmdb.bare(server)) {
            cmdb.execute("create role builder login password 'b'; grant create on database \"" + cmdb.database
                    + "\" to builder");
            CmdbUrl builder = CmdbUrl.parse(as(cmdb, "builder", "b"), "");
            Scheme.Outcome outcome = cmdb.open(builder).scheme().create(Retention.AS_IT_IS, false);
            assertThat(outcome.notes()).hasSize(2).allMatch(note -> note.contains("create role shawk_"));
            try (PgCmdb agent = PgCmdb.to(builder)) {
                agent.store().register(MadeUp.host(1), new UUID(0, 1));
            }
            cmdb.execute("create role shawk_reader; create role shawk_writer");
            assertThat(cmdb.open(builder)
                            .scheme()
                            .create(Retention.AS_IT_IS, false)
                            .notes())
                    .isEmpty();
            assertThat(cmdb.ask("select has_table_privilege('shawk_writer', 'shawk.flow', 'insert')"))
                    .isEqualTo("t");
        }
    }

    private static String login(Cmdb cmdb, String name, String group) throws SQLException {
        cmdb.execute("create role " + name + " login password 'x'");
        if (!group.isEmpty()) {
            cmdb.execute("grant " + group + " to " + name);
        }
        return as(cmdb, name, "x");
    }

    private static String as(Cmdb cmdb, String name, String password) {
        return "postgres://" + name + ":" + password + "@127.0.0.1:" + cmdb.server.port() + "/" + cmdb.database;
    }

    private static void execute(String url, String sql) throws SQLException, CmdbUrlException {
        CmdbUrl parsed = CmdbUrl.parse(url, "");
        try (Connection connection = new org.postgresql.Driver()
                        .connect(ConnectionProperties.jdbcUrl(parsed), ConnectionProperties.of(parsed));
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
