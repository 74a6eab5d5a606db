package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** URLs as libpq and JDBC write them. */
final class CmdbUrlTest {
    private static void check(String url, String shown) throws CmdbUrlException {
        assertThat(CmdbUrl.parse(url, "me").shown()).isEqualTo(shown);
    }

    private static void checkBad(String url, String line) {
        assertThatThrownBy(() -> CmdbUrl.parse(url, "me"))
                .isInstanceOf(CmdbUrlException.class)
                .hasMessageContaining(line)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whereAndWho() throws CmdbUrlException {
        check("postgres://shawk:secret@db.example.org:5433/cmdb", "postgres://shawk@db.example.org:5433/cmdb");
        check("postgresql://db/cmdb", "postgres://me@db:5432/cmdb");
        check("postgres://", "postgres://me@localhost:5432/me");
        check("postgres:///cmdb", "postgres://me@localhost:5432/cmdb");
        check("postgres://a@b", "postgres://a@b:5432/a");
        check("postgres://a:s@ecret%2F@[fe80::1]:7/x", "postgres://a@[fe80::1]:7/x");
        check("postgres://a:secret@h1:1,h2,[::1]:3/x?port=", "postgres://a@h1:1,h2:5432,[::1]:3/x");
        check("postgres://h1,h2/x?port=7", "postgres://me@h1:7,h2:7/x");
        check("postgres:///x?host=h1,h2&port=1,2&user=u&dbname=y", "postgres://u@h1:1,h2:2/y");
        check("postgres://u:secret@/x?host=/run/shawk", "postgres://u@/run/shawk/.s.PGSQL.5432/x");
        check("postgres://u@%2Frun%2Fshawk:6/x", "postgres://u@/run/shawk/.s.PGSQL.6/x");
        check("postgres:///x?host=%2Frun%2Fshawk&passfile=/p", "postgres://me@/run/shawk/.s.PGSQL.5432/x");
        check("jdbc:postgresql://h:1/x?user=u&password=secret", "postgres://u@h:1/x");
        check("jdbc:postgresql:x", "postgres://me@localhost:5432/x");
        check("postgres://%C3%A9:x@h/%E2%80%AE", "postgres://é@h:5432/\\u{202e}");
    }

    @Test
    void thePasswordIsTakenAndNeverShown() throws CmdbUrlException {
        CmdbUrl url = CmdbUrl.parse("postgres://u:s%40ecr%3Aet%2F%25@h/x", "me");
        assertThat(url.password()).isEqualTo("s@ecr:et/%");
        assertThat(url.toString() + url.shown() + url.where()).doesNotContain("ecr");
        assertThat(ConnectionProperties.jdbcUrl(url)).doesNotContain("ecr").isEqualTo("jdbc:postgresql://h:5432/x");
        assertThat(CmdbUrl.parse("postgres://u:@h/x", "me").hasPassword()).isFalse();
        assertThat(CmdbUrl.parse("postgres://h/x?password=p&user=q", "me").password())
                .isEqualTo("p");
    }

    @Test
    void optionsAreTheDrivers() throws CmdbUrlException {
        Properties properties = ConnectionProperties.of(CmdbUrl.parse(
                "postgres://u:p@h/x?sslmode=require&sslrootcert=/ca.pem&connect_timeout=9&application_name=mine"
                        + "&target_session_attrs=read-write",
                "me"));
        assertThat(properties)
                .containsEntry("sslmode", "verify-ca")
                .containsEntry("sslrootcert", "/ca.pem")
                .containsEntry("connectTimeout", "9")
                .containsEntry("ApplicationName", "mine")
                .containsEntry("targetServerType", "primary")
                .containsEntry("prepareThreshold", "0")
                .containsEntry("raiseExceptionOnSilentRollback", "true");
        properties = ConnectionProperties.of(CmdbUrl.parse("jdbc:postgresql://h/x?ssl=true", "me"));
        assertThat(properties).containsEntry("sslmode", "verify-full").containsEntry("connectTimeout", "5");
        properties = ConnectionProperties.of(CmdbUrl.parse("postgres:///x?host=/run&sslmode=require", "me"));
        assertThat(properties)
                .containsEntry("socketFactoryArg", "/run/.s.PGSQL.5432")
                .containsEntry("sslmode", "disable");
        properties = ConnectionProperties.of(CmdbUrl.parse("postgres://h/x?sslrootcert=system", "me"));
        assertThat(properties).containsEntry("sslmode", "verify-full").doesNotContainKey("sslrootcert");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        checkBad("mysql://secret@h/x", "does not begin with postgres://");
        checkBad("", "write postgres://user:password@host:5432/database");
        checkBad("postgres://u:p@h/x?sslmod=secret", "an option 'sslmod', which is not known; there are host, port");
        checkBad("postgres://u:p@h/x?sslmode=on", "sslmode=on; expected one of disable, allow");
        checkBad("postgres://u:p@h/x?sslmode", "option 'sslmode' without =");
        checkBad("postgres://u:secret#4@h:99999/x", "no number from 1 to 65535");
        checkBad("postgres://u:sec:ret@h:secret/x", "no number from 1 to 65535");
        checkBad("postgres://u:p@fe80::1/x", "IPv6 address without brackets");
        checkBad("postgres://u:p@[fe80::1/x", "without its ]");
        checkBad("postgres://u:sec%zz@h/x", "write %25 for %");
        checkBad("postgres://u:%ff@h/x", "no UTF-8");
        checkBad("postgres://u%00:p@h/x", "%");
        checkBad("postgres://h1,h2,h3/x?port=1,2", "3 hosts and 2 ports");
        checkBad("postgres://h/x?host=/run,h2", "beside other hosts");
        checkBad("postgres://h/x?connect_timeout=soon", "expected seconds, 1 to 600");
        checkBad("jdbc:postgresql://u:secret@h/x", "?user=…&password=…");
        checkBad("postgres://h/x?options=-csearch_path%3Dpublic", "an option 'options', which is not known");
        checkBad("postgres://a b/x", "names a host 'a b'");
    }

    @Test
    void aTraceHasNoPassword() {
        try {
            CmdbUrl.parse("postgres://u:secret@h:secret/secret?secret=secret", "me");
        } catch (CmdbUrlException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString().replace("an option 'secret'", "")).doesNotContain("secret");
            return;
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void passwordsAsLibpqFindsThem(@TempDir Path folder) throws IOException, CmdbUrlException {
        Path file = Files.writeString(
                folder.resolve("pgpass"),
                "# h:*:*:*:comment\nother:*:*:*:no\nh:5433:*:*:no\nh:*:x:a\\:b:with\\:colon\n*:*:*:u:fallback:x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> environment = Map.of("PGPASSFILE", file.toString());
        assertThat(Passwords.query(CmdbUrl.parse("postgres://a%3Ab@h/x", "me"), environment)
                        .password())
                .isEqualTo("with:colon");
        assertThat(Passwords.query(CmdbUrl.parse("postgres://u@z/x?passfile=" + file, "me"), Map.of())
                        .password())
                .isEqualTo("fallback:x");
        assertThat(Passwords.query(
                                CmdbUrl.parse("postgres://u:own@z/x", "me"), Map.of("PGPASSWORD", "not", "HOME", "/"))
                        .password())
                .isEqualTo("own");
        assertThat(Passwords.query(CmdbUrl.parse("postgres://u@z/x", "me"), Map.of("PGPASSWORD", "env"))
                        .password())
                .isEqualTo("env");
        assertThat(Passwords.query(CmdbUrl.parse("postgres://q@z/x", "me"), environment)
                        .hasPassword())
                .isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Passwords.query(CmdbUrl.parse("postgres://u@z/x", "me"), environment))
                .hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> Passwords.query(CmdbUrl.parse("postgres://u@z/x?passfile=/nowhere", "me"), Map.of()))
                .hasMessageContaining("/nowhere cannot be read");
    }

    @Test
    void serversOfAUrl() throws CmdbUrlException {
        assertThat(CmdbUrl.parse("postgres://a,b:2/x", "me").servers())
                .isEqualTo(List.of(new CmdbUrl.Server("a", 5432), new CmdbUrl.Server("b", 2)));
    }
}
