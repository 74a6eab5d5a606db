package shawk.store.pg;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;

/**
 * One connection, made when it is first needed and again after it was lost. Everything is done in transactions, each of
 * which sets what it needs of the session for itself: so it works through a pooler that hands connections out for a
 * transaction, and nothing of one shows in the next. One thread, but {@link #close}, {@link #cut} and {@link #stop}.
 */
final class Session implements AutoCloseable {
    /** What a transaction does. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, StoreException;
    }

    private static final int OLDEST = 10;
    private static final int TRIES = 6;
    private static final long CANCEL_MILLIS = 300;

    /** The driver's own log names what it connects to, and some of what it says. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    private final Place place;
    private final ScheduledThreadPoolExecutor watch;
    private volatile @Nullable Connection connection;
    private volatile boolean stopped;
    private @Nullable CmdbUrl url;
    private int version;

    Session(Place place) {
        this.place = place;
        this.watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cmdb-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setKeepAliveTime(10, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        watch.setRemoveOnCancelPolicy(true);
    }

    /** The server's major version; connects where that is to be done. */
    int version() throws StoreException {
        connected();
        return version;
    }

    /** Where it is, for messages; connects where that is to be done. */
    CmdbUrl url() throws StoreException {
        CmdbUrl known = url;
        if (known == null) {
            known = place.find();
            url = known;
        }
        return known;
    }

    /**
     * Runs {@code work} as one transaction, several times where it gets into another's way.
     *
     * @throws StoreException {@code UNKNOWN} where the answer to its COMMIT was lost, so that nobody knows
     */
    <T> T transact(TimeLimits limits, Work<T> work) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(limits, false, work);
            } catch (StoreException e) {
                boolean passing = e.getCause() instanceof SQLException cause && PgErrors.isPassing(cause);
                if (!passing || e.kind() == Kind.UNKNOWN || attempt == TRIES) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    /** Runs {@code work} in a transaction that can only read and leaves nothing behind, whatever it does. */
    <T> T read(TimeLimits limits, Work<T> work) throws StoreException {
        return once(limits, true, work);
    }

    private <T> T once(TimeLimits limits, boolean readOnly, Work<T> work) throws StoreException {
        Connection now = connected();
        ScheduledFuture<?> alarm = watch.schedule(() -> abort(now), limits.transaction(), TimeUnit.MILLISECONDS);
        boolean committing = false;
        try {
            begin(now, limits, readOnly);
            T result = work.run(now);
            if (readOnly) {
                now.rollback();
            } else {
                committing = true;
                now.commit();
            }
            return result;
        } catch (SQLException e) {
            undo(now, PgErrors.isLost(e));
            if (committing) {
                throw new StoreException(
                        Kind.UNKNOWN,
                        "the CMDB at " + url().where() + " did not say whether it stored that: " + PgErrors.said(e),
                        e);
            }
            throw PgErrors.of(e, url(), limits.right());
        } catch (StoreException | RuntimeException e) {
            undo(now, false);
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    /** In one round trip with the BEGIN; the last of them make it certain that nobody sets them otherwise. */
    private static void begin(Connection connection, TimeLimits limits, boolean readOnly) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, limits.answer());
        try (Statement statement = connection.createStatement()) {
            statement.execute((readOnly ? "set transaction read only;" : "")
                    + "set local statement_timeout = " + limits.statement()
                    + ";set local lock_timeout = " + limits.lock()
                    + ";set local idle_in_transaction_session_timeout = " + limits.idle()
                    + ";set local synchronous_commit = on;set local search_path = pg_catalog, pg_temp"
                    + ";set local time zone 'UTC';set local client_min_messages = error");
        }
    }

    private void undo(Connection now, boolean lost) {
        try {
            if (!lost) {
                now.rollback();
                return;
            }
        } catch (SQLException e) {
            // Of no more use: a new one is made.
        }
        abort(now);
        connection = null;
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already.
        }
    }

    private Connection connected() throws StoreException {
        Connection now = connection;
        if (stopped) {
            throw new StoreException(Kind.AWAY, "the CMDB is asked no more: it was to stop");
        }
        try {
            if (now != null && !now.isClosed()) {
                return now;
            }
        } catch (SQLException e) {
            // As one that is closed.
        }
        CmdbUrl target = place.find();
        url = target;
        try {
            Connection made = connect(target);
            version = made.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                abort(made);
                throw new StoreException(
                        Kind.REFUSED,
                        "the CMDB at " + target.where() + " is PostgreSQL " + version
                                + "; version 10 or later is needed there");
            }
            made.setAutoCommit(false);
            connection = made;
            if (stopped) {
                // It came between the question above and now, and had nothing to cut.
                abort(made);
            }
            return made;
        } catch (SQLException e) {
            throw PgErrors.of(e, target, Right.CONNECT);
        }
    }

    private static Connection connect(CmdbUrl url) throws SQLException {
        Connection made = new Driver().connect(ConnectionProperties.jdbcUrl(url), ConnectionProperties.of(url));
        if (made == null) {
            throw new IllegalStateException("the driver does not take its own URL");
        }
        return made;
    }

    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, 10L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection under whatever is being done with it; a next transaction makes a new one. Any thread. */
    void cut() {
        Connection now = connection;
        if (now != null) {
            abort(now);
        }
    }

    /**
     * Cuts, and makes no connection any more; before that the server is asked to end what it does, since it would not
     * notice before it has an answer to send. Any thread; waits for a fraction of a second at most.
     */
    void stop() {
        stopped = true;
        Connection now = connection;
        if (now != null) {
            cancel(now);
            abort(now);
        }
    }

    /** That takes a connection of its own, and the server may be out of reach by now. */
    private static void cancel(Connection now) {
        Thread asking = new Thread(
                () -> {
                    try {
                        now.unwrap(PgConnection.class).cancelQuery();
                    } catch (SQLException e) {
                        // The connection is cut in any case.
                    }
                },
                "cmdb-cancel");
        asking.setDaemon(true);
        asking.start();
        try {
            asking.join(CANCEL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Connection now = connection;
        connection = null;
        if (now != null) {
            try {
                now.close();
            } catch (SQLException e) {
                abort(now);
            }
        }
        watch.shutdownNow();
        place.close();
    }
}
