package shawk.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.store.local.Access;
import shawk.store.local.LocalServer;
import shawk.store.local.LocalServerException;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.CmdbUrlException;
import shawk.store.pg.Place;

/**
 * The embedded server as a place: found, or started, for each new connection, since somebody may have stopped it; it
 * does not stop for want of use while this is open. Used by one thread.
 */
final class LocalPlace implements Place {
    private final LocalServer server;
    private final Access access;
    private LocalServer.@Nullable Lease lease;

    LocalPlace(LocalServer server, Access access) {
        this.server = server;
        this.access = access;
    }

    @Override
    public CmdbUrl find() throws StoreException {
        close();
        try {
            LocalServer.Lease now = server.use(access);
            lease = now;
            return url(now);
        } catch (LocalServerException e) {
            throw new StoreException(Kind.AWAY, Failure.plain(e.getMessage()), e);
        }
    }

    private static CmdbUrl url(LocalServer.Lease lease) {
        String folder = URLEncoder.encode(lease.socketFolder().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        try {
            return CmdbUrl.parse(
                            "postgres:///" + lease.database() + "?host=" + folder + "&port=" + lease.port(),
                            lease.user())
                    .withPassword(new String(lease.password()));
        } catch (CmdbUrlException e) {
            throw new IllegalStateException("a folder of a socket that no URL can name: " + e.line(), e);
        }
    }

    /** Whether it is root's server, which may only be read; known once it was found. */
    boolean guest() {
        LocalServer.Lease now = lease;
        return now != null && now.guest();
    }

    @Override
    public void close() {
        LocalServer.Lease now = lease;
        lease = null;
        if (now != null) {
            now.close();
        }
    }
}
