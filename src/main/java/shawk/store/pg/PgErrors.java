package shawk.store.pg;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import shawk.model.SafeText;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;

/**
 * What an error of the server or of the way to it means here: what the caller can do, and a line that says what to do.
 */
final class PgErrors {
    /** What it says of a server without the scheme. */
    static final String NO_SCHEME = "has no shawk scheme; type: shawk create-scheme";

    private static final int SHOWN = 300;
    private static final Set<String> AGAIN = Set.of("40001", "40P01");

    private PgErrors() {}

    /** The state of an error; empty = unknown. */
    static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }

    /** Whether the same transaction may well work at once: a deadlock, or two that got into each other's way. */
    static boolean isPassing(SQLException error) {
        return AGAIN.contains(state(error));
    }

    /** Whether the rows themselves are what the server does not take. */
    static boolean isAboutRows(SQLException error) {
        String state = state(error);
        // 54000: what is to be indexed is too long.
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("21") || state.equals("54000");
    }

    /** Whether the connection is of no more use. */
    static boolean isLost(SQLException error) {
        String state = state(error);
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
    }

    /** The error as the store says it, of what needs {@code right}. */
    static StoreException of(SQLException error, CmdbUrl url, Right right) {
        if (state(error).equals("08004") && !url.hasPassword()) {
            return new StoreException(
                    Kind.REFUSED,
                    "the CMDB at " + url.where() + " asks for a password and there is none; write it into"
                            + " SHAWK_CMDB_URL (postgres://user:password@…), PGPASSWORD or ~/.pgpass",
                    error);
        }
        return new StoreException(kind(error), "the CMDB at " + url.where() + " " + text(error, url, right), error);
    }

    private static Kind kind(SQLException error) {
        String state = state(error);
        if (isAboutRows(error)) {
            return Kind.CONTENT;
        }
        boolean refused = state.startsWith("28")
                || state.equals("3D000")
                || state.equals("42501")
                || state.startsWith("42")
                || state.startsWith("0A")
                || state.equals("3F000");
        return refused ? Kind.REFUSED : Kind.AWAY;
    }

    private static String text(SQLException error, CmdbUrl url, Right right) {
        String network = network(error);
        if (network != null) {
            return network;
        }
        String user = "'" + SafeText.of(url.user()).value() + "'";
        String state = state(error);
        return switch (state) {
            case "28P01" ->
                "does not take the password of " + user + "; set the right one in SHAWK_CMDB_URL or PGPASSWORD";
            case "28000" -> "does not let " + user + " in: " + said(error) + "; see its pg_hba.conf";
            case "3D000" ->
                "has no database '" + SafeText.of(url.database()).value() + "'; make it: createdb "
                        + SafeText.of(url.database()).value();
            case "42501" -> "does not allow that to " + user + ": " + said(error) + "; " + right.cure(url, said(error));
            case "3F000", "42P01" -> said(error).contains("shawk") ? NO_SCHEME : said(error);
            case "25006" ->
                "takes no writing now: it is a standby, or in a transaction that only reads; name the"
                        + " primary, or add target_session_attrs=read-write";
            case "53300" -> "has no connection left; raise max_connections there, or put a pooler before it";
            case "53100" -> "has no room left on its disk; make room there";
            case "57P03" -> "is starting or stopping (" + said(error) + "); wait a little";
            case "57014" -> "was at it for too long and gave up; it may be overloaded: try again";
            case "55P03" -> "kept something locked for too long; try again";
            case "57P01", "57P02" -> "has ended the connection (" + said(error) + "); try again";
            default -> fallback(error, state);
        };
    }

    private static String fallback(SQLException error, String state) {
        if (isAboutTls(error)) {
            return "and this program do not agree on TLS: " + said(error)
                    + "; see sslmode and sslrootcert in SHAWK_CMDB_URL";
        }
        if (state.startsWith("08") || state.isEmpty()) {
            return "did not answer: " + said(error) + "; see that it runs there, and that it is PostgreSQL";
        }
        return "says: " + said(error) + " (" + SafeText.of(state).value() + ")";
    }

    /** What is wrong with the way to the server; null where the server itself spoke. */
    private static @Nullable String network(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "cannot be reached: there is no host of that name; see SHAWK_CMDB_URL";
            } else if (cause instanceof SocketTimeoutException) {
                return "did not answer in time; see that it runs there, and that no firewall is between";
            } else if (cause instanceof NoRouteToHostException) {
                return "cannot be reached: there is no way to that address; see SHAWK_CMDB_URL";
            } else if (cause instanceof ConnectException) {
                return "cannot be reached: connection refused; see that PostgreSQL runs there and listens on that port";
            }
        }
        return null;
    }

    private static boolean isAboutTls(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("javax.net.ssl.")) {
                return true;
            }
        }
        String said = said(error);
        return said.contains("SSL") || said.contains("certificate");
    }

    /** The server's own words, made harmless, on one line, not too long. */
    static String said(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException each ? each.getServerErrorMessage() : null;
        String message = server == null ? error.getMessage() : server.getMessage();
        String safe = SafeText.of(message == null ? error.getClass().getSimpleName() : message.replaceAll("\\s+", " "))
                .value();
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "…" : safe;
    }
}
