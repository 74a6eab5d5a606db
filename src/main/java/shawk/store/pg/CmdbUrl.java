package shawk.store.pg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;

/**
 * Where a CMDB is and how to get in: what a URL says as libpq understands it, or one of JDBC. Immutable; what it shows
 * of itself never has the password. The meaning of {@code sslmode} is libpq's.
 */
public final class CmdbUrl {
    /** Seconds for which a host may leave a connection unanswered, where the URL does not say. */
    static final int CONNECT_TIMEOUT = 5;

    static final int PORT = 5432;

    private final List<Server> servers;
    private final String database;
    private final String user;
    private final @Nullable String password;
    private final Map<UrlOption, String> options;

    /**
     * One of the servers.
     *
     * @param host name, address, or the folder of a Unix socket, which begins with a slash
     */
    record Server(String host, int port) {
        boolean unix() {
            return host.startsWith("/");
        }

        @Override
        public String toString() {
            return unix() ? host + "/.s.PGSQL." + port : (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        }
    }

    CmdbUrl(
            List<Server> servers,
            String database,
            String user,
            @Nullable String password,
            Map<UrlOption, String> options) {
        this.servers = List.copyOf(servers);
        this.database = database;
        this.user = user;
        this.password = password;
        this.options = Map.copyOf(options);
    }

    /**
     * The URL that {@code text} is.
     *
     * @param defaultUser whom to log in as where it does not say
     */
    public static CmdbUrl parse(String text, String defaultUser) throws CmdbUrlException {
        return new UrlParser(text, defaultUser).run();
    }

    /** The same with a password, where it has none. */
    public CmdbUrl withPassword(@Nullable String other) {
        return password != null || other == null ? this : new CmdbUrl(servers, database, user, other, options);
    }

    List<Server> servers() {
        return servers;
    }

    String database() {
        return database;
    }

    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    /** Whether it says how to prove who one is. */
    public boolean hasPassword() {
        return password != null;
    }

    @Nullable
    String option(UrlOption option) {
        return options.get(option);
    }

    int connectTimeoutSeconds() {
        String given = options.get(UrlOption.CONNECT_TIMEOUT);
        return given == null ? CONNECT_TIMEOUT : Integer.parseInt(given);
    }

    /** The servers, as they are named in messages. */
    String where() {
        List<String> names = new ArrayList<>();
        servers.forEach(server -> names.add(server.toString()));
        return SafeText.of(String.join(",", names)).value();
    }

    /** The URL without the password and options, for messages. */
    public String shown() {
        return SafeText.of("postgres://" + user + "@" + where() + "/" + database)
                .value();
    }

    @Override
    public String toString() {
        return shown();
    }
}
