package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.store.StoreException;
import shawk.store.local.Access;
import shawk.store.local.LocalServer;
import shawk.store.local.LocalServerException;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.CmdbUrlException;
import shawk.store.pg.Passwords;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.store.pg.Scheme;

/**
 * Which CMDB a run uses: the server that {@code SHAWK_CMDB_URL} names, or the embedded one. Choosing connects to
 * nothing and starts nothing.
 */
final class CmdbChoice {
    private final Environment environment;
    private final Notices notices;
    private final @Nullable CmdbUrl url;

    private CmdbChoice(Environment environment, Notices notices, @Nullable CmdbUrl url) {
        this.environment = environment;
        this.notices = notices;
        this.url = url;
    }

    /** The one that the environment says; a URL that makes no sense is wrong usage. */
    static CmdbChoice of(Environment environment, Notices notices) throws Failure {
        String typed = environment.value(Environment.CMDB_URL);
        if (typed == null) {
            return new CmdbChoice(environment, notices, null);
        }
        try {
            CmdbUrl parsed = CmdbUrl.parse(typed, System.getProperty("user.name", "postgres"));
            return new CmdbChoice(environment, notices, Passwords.query(parsed, environment.variables()));
        } catch (CmdbUrlException e) {
            throw Failure.usage(Environment.CMDB_URL + ": " + e.line());
        }
    }

    /** Whether it is the server that the program brings. */
    boolean embedded() {
        return url == null;
    }

    /** Where it is, as it may be shown. */
    String shown() {
        return url == null ? "the embedded server" : url.shown();
    }

    /**
     * The CMDB, nothing asked of it yet. The embedded server is started where it does not run, and its scheme built or
     * brought up; a server that somebody else runs gets its scheme by {@code create-scheme} alone.
     */
    PgCmdb open(Access access) throws Failure {
        if (url != null) {
            return PgCmdb.to(url);
        }
        LocalPlace place = place(access);
        PgCmdb cmdb = PgCmdb.to(place);
        try {
            if (cmdb.scheme().queryVersion() < Scheme.VERSION && !place.guest()) {
                cmdb.scheme().create(Retention.AS_IT_IS, false);
            }
            return cmdb;
        } catch (StoreException e) {
            cmdb.close();
            throw failure(e);
        }
    }

    /** The CMDB as it is, without its scheme being looked at. */
    PgCmdb openBare() throws Failure {
        return url == null ? PgCmdb.to(place(Access.WRITE)) : PgCmdb.to(url);
    }

    private LocalPlace place(Access access) throws Failure {
        try {
            return new LocalPlace(LocalServer.of(environment.variables(), notices::say), access);
        } catch (LocalServerException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    /** What a store that does not do its part is to a command: exit status 3, with its line. */
    static Failure failure(StoreException failure) {
        return Failure.missing(Failure.plain(failure.getMessage()));
    }
}
