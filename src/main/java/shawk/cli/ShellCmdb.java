package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.StoreException;
import shawk.store.local.Access;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.SqlPrompt;
import shawk.view.dump.Format;

/**
 * The CMDB as the prompt sees it: opened when a command first wants it, and kept. Used by one thread, but for
 * {@link #cancel}.
 */
final class ShellCmdb implements AutoCloseable {
    /** Hosts that have reported, with the addresses that they have now. */
    private static final String HOSTS =
            "select h.name, to_hex(h.host_id) as id, a.addresses, s.last_seen, s.source, s.lost,"
                    + " s.version from shawk.host_status s join shawk.host h on h.host_id = s.host_id"
                    + " left join (select host_id, left(string_agg(distinct host(address), ' '), 200) as addresses"
                    + " from shawk.host_address where last_seen > now() - interval '1 day' group by host_id) a"
                    + " on a.host_id = h.host_id order by h.name, h.host_id";

    /** Names for completion. */
    private static final int NAMES_MAX = 1000;

    private final Opener opener;
    private @Nullable PgCmdb cmdb;
    private volatile @Nullable SqlPrompt prompt;

    /** Opens it. */
    @FunctionalInterface
    interface Opener {
        PgCmdb open() throws Failure;
    }

    ShellCmdb(Opener opener) {
        this.opener = opener;
    }

    /** The one that the environment says. */
    static ShellCmdb of(Environment environment, Notices notices) {
        return new ShellCmdb(() -> CmdbChoice.of(environment, notices).open(Access.READ));
    }

    /** Runs a statement and writes its rows. */
    void run(String statement, Format format, OutputStream out) throws Failure, IOException {
        ShellRows rows = new ShellRows(format, out);
        query(statement, rows);
        rows.end();
    }

    /** The hosts. */
    void hosts(Format format, OutputStream out) throws Failure, IOException {
        sql();
        PgCmdb opened = cmdb;
        try {
            if (opened != null && opened.scheme().queryVersion() == 0) {
                throw Failure.missing("the CMDB has no shawk scheme; type: shawk create-scheme");
            }
        } catch (StoreException e) {
            throw CmdbChoice.failure(e);
        }
        run(HOSTS, format, out);
    }

    private void query(String statement, SqlPrompt.Rows rows) throws Failure {
        try {
            sql().run(statement, rows);
        } catch (StoreException e) {
            String line = Failure.plain(e.getMessage());
            throw e.kind() == StoreException.Kind.CONTENT ? Failure.usage("sql: " + line) : Failure.missing(line);
        }
    }

    private SqlPrompt sql() throws Failure {
        SqlPrompt known = prompt;
        if (known == null) {
            PgCmdb opened = opener.open();
            cmdb = opened;
            known = opened.sql();
            prompt = known;
        }
        return known;
    }

    /** The first column of what a statement gives, for completion: nothing where nothing is open yet. */
    List<String> names(String statement) {
        List<String> names = new ArrayList<>();
        if (prompt == null) {
            return names;
        }
        try {
            query(statement, new SqlPrompt.Rows() {
                @Override
                public void columns(List<SafeText> columns) {
                    // There is one.
                }

                @Override
                public boolean row(List<@Nullable SafeText> values) {
                    SafeText value = values.get(0);
                    if (value != null) {
                        names.add(value.value());
                    }
                    return names.size() < NAMES_MAX;
                }
            });
        } catch (Failure e) {
            return List.of();
        }
        return names;
    }

    /** Ends the statement that runs, in the server too. Any thread. */
    void cancel() {
        SqlPrompt now = prompt;
        if (now != null) {
            now.cancel();
        }
    }

    @Override
    public void close() {
        if (cmdb != null) {
            cmdb.close();
        }
    }
}
