package shawk.store.pg;

import shawk.enrich.PeerSource;
import shawk.look.LookException;
import shawk.look.Observations;
import shawk.store.Store;
import shawk.store.StoreException;

/**
 * A CMDB in PostgreSQL. Nothing is connected before something is asked. What it hands out shares its connection, and is
 * used by one thread, but for {@link #stop}.
 */
public final class PgCmdb implements AutoCloseable {
    private final Session session;
    private boolean checked;

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

    /** What a look asks; the scheme has to be there. */
    public Observations observations() throws LookException {
        PgObservations observations = new PgObservations(new PgObservations.Access() {
            @Override
            public <T> T read(PgObservations.Question<T> question) throws LookException {
                return readBy(question);
            }
        });
        readBy(connection -> connection.isReadOnly());
        return observations;
    }

    private <T> T readBy(PgObservations.Question<T> question) throws LookException {
        try {
            return session.read(TimeLimits.READ, connection -> {
                if (!checked) {
                    Scheme.check(connection, session.url());
                    checked = true;
                }
                return question.ask(connection);
            });
        } catch (StoreException e) {
            throw new LookException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Statements typed by hand. */
    public SqlPrompt sql() {
        return new SqlPrompt(session);
    }

    /** Who is at the other ends of connections. */
    public PeerSource peers() {
        return new PgPeers(session);
    }

    /** Ends what is being done, here and in the server, and refuses all that comes after. Any thread. */
    public void stop() {
        session.stop();
    }

    @Override
    public void close() {
        session.close();
    }
}
