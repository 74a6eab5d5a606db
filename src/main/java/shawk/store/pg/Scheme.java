package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;

/**
 * The tables: built, brought to the version that this program knows, checked. All of it in one transaction under a lock
 * that everybody takes who does the same, so that it happens once or not at all. Used by one thread.
 */
public final class Scheme {
    /** The version that this program works with. */
    public static final int VERSION = 2;

    private static final List<String> SCRIPTS = List.of("V001__cmdb.sql", "V002__ends.sql");
    /** What {@link Script#checksum} was of another version 1, which has all of version 2 already. */
    static final String FULL_FIRST = "0a505e90717c0c5a9be045c3ced15c652141bf25293222821e11d36a2349f8a0";

    private static final List<String> ROLES = List.of("shawk_reader", "shawk_writer");
    private static final Set<String> EXISTS = Set.of("42710", "23505");

    private final Session session;

    Scheme(Session session) {
        this.session = session;
    }

    /**
     * What was done.
     *
     * @param before the version that was found; 0 = none
     * @param after the version that is there now
     * @param distributed whether the tables are spread over Citus' nodes
     * @param partitions made for the days to come
     * @param notes what could not be done and is needed by some, a line each
     */
    public record Outcome(int before, int after, boolean distributed, int partitions, List<String> notes) {
        public Outcome {
            notes = List.copyOf(notes);
        }
    }

    /** The version that is there; 0 = none. */
    public int queryVersion() throws StoreException {
        return session.read(TimeLimits.READ, Scheme::version);
    }

    /** Builds what is missing, sets what is given. With {@code distribute} spreads it over Citus' nodes. */
    public Outcome create(Retention retention, boolean distribute) throws StoreException {
        boolean citus = session.read(TimeLimits.READ, connection -> exists(connection, Sql.HAS_CITUS));
        if (distribute && !citus) {
            throw new StoreException(
                    Kind.REFUSED,
                    "the CMDB at " + session.url().where() + " has no extension citus in database '"
                            + session.url().database()
                            + "'; create it there (create extension citus), or leave --distributed away");
        }
        int server = session.version();
        Outcome built = session.transact(TimeLimits.SCHEME, connection -> build(connection, server, retention));
        if (distribute) {
            session.transact(TimeLimits.SCHEME, connection -> distribute(connection, server));
        }
        boolean spread = citus && session.read(TimeLimits.READ, c -> exists(c, Sql.IS_DISTRIBUTED));
        return new Outcome(built.before(), built.after(), spread, built.partitions(), built.notes());
    }

    private Outcome build(Connection connection, int server, Retention retention) throws SQLException, StoreException {
        execute(connection, Sql.LOCK_SCHEME);
        checkEncoding(connection);
        if (!exists(connection, Sql.HAS_SCHEMA)) {
            execute(connection, "create schema shawk");
        }
        if (!exists(connection, Sql.HAS_MIGRATIONS)) {
            execute(connection, Sql.CREATE_MIGRATIONS);
        }
        int before = version(connection);
        if (before > VERSION) {
            throw newer(session.url(), before);
        }
        checkSums(connection);
        for (int version = before + 1; version <= VERSION; version++) {
            Script script = Script.query(SCRIPTS.get(version - 1));
            for (String statement : script.statements(server)) {
                execute(connection, statement);
            }
            update(connection, Sql.ADD_MIGRATION, Integer.toString(version), script.checksum());
        }
        for (String[] each : Retention.DEFAULT.settings()) {
            update(connection, Sql.SET_DEFAULT, each[0], each[1]);
        }
        for (String[] each : retention.settings()) {
            update(connection, Sql.SET, each[0], each[1]);
        }
        List<String> notes = roles(connection, server);
        int made = server >= Partitions.FROM ? Partitions.addNext(connection) : 0;
        return new Outcome(before, VERSION, false, made, notes);
    }

    /** Roles belong to the whole server: another database's may be there, and who owns this one may not make any. */
    private static List<String> roles(Connection connection, int server) throws SQLException {
        List<String> notes = new ArrayList<>();
        for (String role : ROLES) {
            if (exists(connection, "select 1 from pg_catalog.pg_roles where rolname = '" + role + "'")) {
                continue;
            }
            Savepoint before = connection.setSavepoint();
            try {
                execute(connection, "create role " + role + " nologin");
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                connection.rollback(before);
                if (EXISTS.contains(PgErrors.state(e))) {
                    continue;
                } else if (!PgErrors.state(e).equals("42501")) {
                    throw e;
                }
                notes.add("the role " + role + " is missing, and this user may not make it; let one that may type:"
                        + " create role " + role + "; then type shawk create-scheme again");
            }
        }
        if (notes.isEmpty()) {
            for (String grant : Script.query("grants.sql").statements(server)) {
                execute(connection, grant);
            }
        }
        return notes;
    }

    private static boolean distribute(Connection connection, int server) throws SQLException {
        execute(connection, Sql.LOCK_SCHEME);
        if (!exists(connection, Sql.IS_DISTRIBUTED)) {
            for (String statement : Script.query("distribute.sql").statements(server)) {
                execute(connection, statement);
            }
        }
        return true;
    }

    /** In another encoding there are names that cannot be stored. */
    private void checkEncoding(Connection connection) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.ENCODING)) {
            if (rows.next() && !rows.getString(1).equals("UTF8")) {
                throw new StoreException(
                        Kind.REFUSED,
                        "the CMDB at " + session.url().where() + " has a database '"
                                + session.url().database() + "' in " + rows.getString(1)
                                + "; make one in UTF8: createdb -E UTF8 -T template0");
            }
        }
    }

    private void checkSums(Connection connection) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.MIGRATIONS)) {
            while (rows.next()) {
                int version = rows.getInt(1);
                String found = rows.getString(2);
                boolean full = version == 1 && FULL_FIRST.equals(found);
                if (!full && !Script.query(SCRIPTS.get(version - 1)).checksum().equals(found)) {
                    throw new StoreException(
                            Kind.REFUSED,
                            "the CMDB at " + session.url().where() + " has another version " + version
                                    + " of the scheme than this program brings; use the program that made it, or"
                                    + " another database");
                }
            }
        }
    }

    /** Refuses a scheme that this program cannot write to or read from. */
    static void check(Connection connection, CmdbUrl url) throws SQLException, StoreException {
        int version = version(connection);
        if (version > VERSION) {
            throw newer(url, version);
        } else if (version == 0) {
            throw new StoreException(Kind.REFUSED, "the CMDB at " + url.where() + " " + PgErrors.NO_SCHEME);
        } else if (version < VERSION) {
            throw new StoreException(
                    Kind.REFUSED,
                    "the CMDB at " + url.where() + " has version " + version + " of the scheme and version " + VERSION
                            + " is needed; type: shawk create-scheme");
        }
    }

    private static StoreException newer(CmdbUrl url, int version) {
        return new StoreException(
                Kind.REFUSED,
                "the CMDB at " + url.where() + " has version " + version + " of the scheme, newer than " + VERSION
                        + ", the last that this program knows; use a newer shawk");
    }

    private static int version(Connection connection) throws SQLException {
        if (!exists(connection, Sql.HAS_MIGRATIONS)) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select max(version) from shawk.migration")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
