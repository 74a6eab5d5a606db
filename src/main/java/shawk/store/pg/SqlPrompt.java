package shawk.store.pg;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;

/**
 * Statements that a person types. One at a time; only such as ask, in a transaction that cannot write and is always
 * taken back, with no more rights than {@code shawk_reader} where the server lets us give up ours. Used by one thread,
 * but {@link #cancel}.
 */
public final class SqlPrompt {
    private static final int ROWS_AT_ONCE = 500;
    private static final int MOST_TEXT = 100_000;
    private static final Set<String> ASKING = Set.of("select", "with", "show", "explain", "values", "table");

    private final Session session;
    private volatile @Nullable Statement running;

    SqlPrompt(Session session) {
        this.session = session;
    }

    /** Where rows go, as they come. */
    public interface Rows {
        /** The names of the columns; before the first row. */
        void columns(List<SafeText> names);

        /** A row, null = NULL; false: that is enough. */
        boolean row(List<@Nullable SafeText> values);
    }

    /**
     * Runs one statement.
     *
     * @return how many rows were handed on
     * @throws StoreException {@code CONTENT} with the server's words, where it is the statement that is wrong;
     *     {@code REFUSED} where it asks for what may not be had
     */
    public long run(String sql, Rows rows) throws StoreException {
        String refusal = refusal(sql);
        if (refusal != null) {
            throw new StoreException(Kind.CONTENT, refusal);
        }
        return session.read(TimeLimits.READ, connection -> {
            prepare(connection);
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.setFetchSize(ROWS_AT_ONCE);
                running = statement;
                return statement.execute(sql) ? drain(statement.getResultSet(), rows) : 0L;
            } catch (SQLException e) {
                boolean denied = PgErrors.state(e).equals("42501");
                if (PgErrors.isLost(e) || denied && said(e).contains("schema shawk")) {
                    throw e;
                }
                if (denied) {
                    throw new StoreException(
                            Kind.REFUSED,
                            "sql: " + said(e) + "; statements have the rights of shawk_reader here, and no others",
                            e);
                }
                throw new StoreException(Kind.CONTENT, said(e), e);
            } finally {
                running = null;
            }
        });
    }

    /** Ends what runs, as soon as the server hears of it. Any thread. */
    public void cancel() {
        Statement now = running;
        if (now == null) {
            return;
        }
        try {
            now.cancel();
        } catch (SQLException e) {
            session.cut();
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local search_path = shawk, pg_catalog, pg_temp");
        }
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            if (Scheme.exists(connection, Sql.MAY_BE_READER)) {
                statement.execute("set local role shawk_reader");
            }
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            connection.rollback(before);
        }
    }

    private static long drain(ResultSet result, Rows rows) throws SQLException {
        ResultSetMetaData about = result.getMetaData();
        List<SafeText> names = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            names.add(SafeText.of(about.getColumnLabel(i)));
        }
        rows.columns(names);
        long count = 0;
        boolean more = true;
        while (more && result.next()) {
            List<@Nullable SafeText> values = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                String value = result.getString(i);
                values.add(value == null ? null : SafeText.of(cut(value)));
            }
            count++;
            more = rows.row(values);
        }
        return count;
    }

    private static String cut(String value) {
        return value.length() > MOST_TEXT ? value.substring(0, MOST_TEXT) + "…" : value;
    }

    private static String said(SQLException error) {
        return switch (PgErrors.state(error)) {
            case "57014" -> "stopped: it took too long, or was cancelled";
            case "25006" -> "nothing can be changed here: statements only ask";
            default -> PgErrors.said(error);
        };
    }

    /** Why {@code sql} is not run; null = it is. */
    static @Nullable String refusal(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        if (scanner.statements() == 0) {
            return "there is no statement; type one, e.g. select * from host";
        } else if (scanner.statements() > 1) {
            return "one statement at a time: there is something behind the semicolon";
        }
        String first = scanner.firstWord().toLowerCase(Locale.ROOT);
        return ASKING.contains(first)
                ? null
                : "only select, with, values, table, show and explain are taken here, and not '"
                        + SafeText.of(first).value() + "'";
    }
}
