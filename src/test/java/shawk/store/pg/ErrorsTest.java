package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** What is said of a server that is not there, or does not let us in: one line, and no password. */
final class ErrorsTest {
    private static final String SECRET = "hunter2";

    private static void check(String url, Kind kind, String... parts) throws CmdbUrlException {
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(url, "me"))) {
            cmdb.store().register(MadeUp.host(1), new UUID(0, 1));
        } catch (StoreException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(SECRET).doesNotContain(PostgresServer.PASSWORD);
            assertThat(e.getMessage()).contains(parts).doesNotContain("\n");
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
            return;
        }
        throw new AssertionError(url + " was let in");
    }

    @Test
    void waysThatLeadNowhere() throws Exception {
        check(
                "postgres://u:" + SECRET + "@no-such-host.invalid/x?connect_timeout=2",
                Kind.AWAY,
                "the CMDB at no-such-host.invalid:5432 cannot be reached",
                "no host of that name");
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        check("postgres://u:" + SECRET + "@127.0.0.1:" + free + "/x", Kind.AWAY, "connection refused");
        check("postgres://u:" + SECRET + "@127.0.0.1:" + free + ",[::1]:" + free + "/x", Kind.AWAY, "[::1]:" + free);
        check("postgres://u:" + SECRET + "@/x?host=/no/such/folder", Kind.AWAY, "/no/such/folder/.s.PGSQL.5432");
    }

    @Test
    void whoAnswersNothingOrNonsense() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            check(
                    "postgres://u:" + SECRET + "@127.0.0.1:" + silent.getLocalPort() + "/x?connect_timeout=1",
                    Kind.AWAY,
                    "did not answer");
        }
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread web = new Thread(() -> {
                while (!other.isClosed()) {
                    try (Socket socket = other.accept()) {
                        socket.getOutputStream().write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            web.setDaemon(true);
            web.start();
            check(
                    "postgres://u:" + SECRET + "@127.0.0.1:" + other.getLocalPort() + "/x?sslmode=disable",
                    Kind.AWAY,
                    "that it is PostgreSQL");
        }
    }

    @ParameterizedTest
    @EnumSource
    void serversThatSayNo(Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (Cmdb cmdb = Cmdb.in(server)) {
            String at = "@127.0.0.1:" + server.port() + "/";
            check("postgres://postgres:" + SECRET + at + "postgres", Kind.REFUSED, "the password of 'postgres'");
            check("postgres://postgres" + at + "postgres", Kind.REFUSED, "password");
            check(server.url("no such ; database"), Kind.REFUSED, "has no database 'no such ; database'", "createdb");
            check(
                    server.url(cmdb.database) + "?sslmode=require",
                    Kind.AWAY,
                    "do not agree on TLS",
                    "see sslmode and sslrootcert");
            check(server.url(cmdb.database) + "?sslmode=verify-full&sslrootcert=/nowhere", Kind.AWAY, "TLS");
            check(server.url(cmdb.database) + "?target_session_attrs=standby", Kind.AWAY, "the CMDB at");

            cmdb.execute("alter database \"" + cmdb.database + "\" set default_transaction_read_only = on");
            check(server.url(cmdb.database), Kind.AWAY, "takes no writing now", "target_session_attrs=read-write");

            String limited = "limited" + cmdb.database.replaceAll("\\W", "");
            server.execute("postgres", "create role " + limited + " login password 'x' connection limit 0");
            check("postgres://" + limited + ":x" + at + cmdb.database, Kind.AWAY, "no connection left");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerSaysInTheMidst(Version version) throws Exception {
        try (Cmdb cmdb = Cmdb.in(PostgresServer.shared(version))) {
            // What a full disk, a lack of memory and an overloaded server say.
            say(cmdb, "53100", Kind.AWAY, "has no room left on its disk");
            say(cmdb, "53200", Kind.AWAY, "53200");
            say(cmdb, "57014", Kind.AWAY, "too long");
            say(cmdb, "58030", Kind.AWAY, "58030");
            say(cmdb, "XX000", Kind.AWAY, "a\\u{202e}b\\x1b");
            say(cmdb, "0A000", Kind.REFUSED, "0A000");
        }
    }

    private static void say(Cmdb cmdb, String state, Kind kind, String part) throws Exception {
        cmdb.execute("create or replace function public.refuse() returns trigger language plpgsql as $$ begin"
                + " raise exception E'a\\u202eb\\x1b[2J\\nc' using errcode = '" + state + "'; end $$;"
                + "drop trigger if exists refuse on shawk.agent;"
                + "create trigger refuse before insert on shawk.agent for each row execute procedure public.refuse()");
        check(cmdb.server.url(cmdb.database), kind, part);
    }
}
