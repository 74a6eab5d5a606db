package shawk.store.pg;

import shawk.enrich.PeerSource;
import shawk.store.Store;

/**
 * A CMDB in PostgreSQL. Nothing is connected before something is asked. What it hands out shares its connection, and is
 * used by one thread.
 */
public final class PgCmdb implements AutoCloseable {
    private final Session session;

    private PgCmdb(Session session) {
        this.session = session;
    }

    /** The one that is there. */
    public static PgCmdb to(Place place) {
        return new PgCmdb(new Session(place));
    }

    /** The one that is there. */
    public static PgCmdb to(CmdbUrl url) {
        return to(Place.at(url));
    }

    /** Where batches go. */
    public Store store() {
        return new PgStore(session, TimeLimits.WRITE);
    }

    /** The tables. */
    public Scheme scheme() {
        return new Scheme(session);
    }

    /** Statements typed by hand. */
    public SqlPrompt sql() {
        return new SqlPrompt(session);
    }

    /** Who is at the other ends of connections. */
    public PeerSource peers() {
        return new PgPeers(session);
    }

    @Override
    public void close() {
        session.close();
    }
}
