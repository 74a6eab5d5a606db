package shawk.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shawk.look.LookException;
import shawk.look.Observations;
import shawk.store.StoreException;
import shawk.store.local.Access;
import shawk.store.local.LocalServer;
import shawk.store.local.LocalServerException;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.CmdbUrlException;
import shawk.store.pg.Passwords;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;

/** The CMDB that a look asks: the one that {@code SHAWK_CMDB_URL} names, or the embedded one. */
final class LookCmdb implements LookOpener.Opened {
    private final PgCmdb cmdb;
    private final LocalServer.@Nullable Lease lease;
    private final Observations observations;

    private LookCmdb(PgCmdb cmdb, LocalServer.@Nullable Lease lease) throws LookException {
        this.cmdb = cmdb;
        this.lease = lease;
        this.observations = cmdb.observations();
    }

    static LookOpener.Opened open(Environment environment, Notices notices) throws Failure {
        String url = environment.value(Environment.CMDB_URL);
        try {
            return url == null || url.isEmpty()
                    ? embedded(environment, notices)
                    : new LookCmdb(PgCmdb.to(Passwords.query(parse(url), environment.variables())), null);
        } catch (LookException | StoreException | CmdbUrlException | LocalServerException e) {
            throw Failure.missing(Failure.plain(e.getMessage()));
        }
    }

    private static CmdbUrl parse(String url) throws CmdbUrlException {
        return CmdbUrl.parse(url, System.getProperty("user.name", "postgres"));
    }

    private static LookOpener.Opened embedded(Environment environment, Notices notices)
            throws LocalServerException, CmdbUrlException, StoreException, LookException {
        LocalServer.Lease lease =
                LocalServer.of(environment.variables(), notices::say).use(Access.READ);
        String folder = URLEncoder.encode(lease.socketFolder().toString(), StandardCharsets.UTF_8);
        CmdbUrl url = parse("postgres://" + lease.user() + "@/" + lease.database() + "?host=" + folder + "&port="
                        + lease.port())
                .withPassword(new String(lease.password()));
        PgCmdb cmdb = PgCmdb.to(url);
        if (!lease.guest()) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
        }
        return new LookCmdb(cmdb, lease);
    }

    @Override
    public Observations observations() {
        return observations;
    }

    @Override
    public void close() {
        cmdb.close();
        if (lease != null) {
            lease.close();
        }
    }
}
