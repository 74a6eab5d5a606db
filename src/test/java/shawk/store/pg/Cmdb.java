package shawk.store.pg;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import shawk.store.StoreException;
import shawk.support.PostgresServer;

/** A database of a test's own with the scheme in it, and what is in its tables. */
final class Cmdb implements AutoCloseable {
    final PostgresServer server;
    final String database;
    private final List<PgCmdb> opened = new ArrayList<>();

    private Cmdb(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    static Cmdb bare(PostgresServer server) throws SQLException {
        return new Cmdb(server, server.newDatabase());
    }

    static Cmdb in(PostgresServer server) throws SQLException, StoreException {
        Cmdb cmdb = bare(server);
        cmdb.open().scheme().create(Retention.AS_IT_IS, false);
        return cmdb;
    }

    CmdbUrl url() {
        try {
            return CmdbUrl.parse(server.url(database), "nobody");
        } catch (CmdbUrlException e) {
            throw new AssertionError(e);
        }
    }

    PgCmdb open() {
        return open(url());
    }

    PgCmdb open(CmdbUrl url) {
        PgCmdb cmdb = PgCmdb.to(url);
        opened.add(cmdb);
        return cmdb;
    }

    /** The only column of the only row, as text. */
    String ask(String sql) throws SQLException {
        return String.join(" ", rows(sql));
    }

    /** The first column of all rows, as text. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        }
    }

    void execute(String sql) throws SQLException {
        server.execute(database, sql);
    }

    /** All openings that are stored. */
    long opened() throws SQLException {
        return Long.parseLong(ask("select coalesce(sum(opened), 0) from shawk.flow_bucket"));
    }

    @Override
    public void close() {
        opened.forEach(PgCmdb::close);
    }
}
