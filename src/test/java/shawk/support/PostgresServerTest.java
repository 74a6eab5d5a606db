package shawk.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both servers that the tests ask start, answer, and go with all they had. */
final class PostgresServerTest {
    @ParameterizedTest
    @EnumSource
    void startsAndAnswers(PostgresServer.Version version) throws Exception {
        Path folder;
        try (PostgresServer server = PostgresServer.start(version, "max_connections=17", "log_statement=all")) {
            folder = server.socketFolder();
            String database = server.newDatabase();
            String asked = "select version(), current_setting('max_connections'), current_setting('fsync'),"
                    + " current_setting('server_encoding')";
            assertThat(first(server, database, asked))
                    .matches("PostgreSQL (1[02]|1[89]|[2-9]\\d)\\.\\d+ .*\\|17\\|on\\|UTF8");
            assertThat(server.log()).contains(asked);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatWasCommittedOutlivesAKill() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresServer.Version.NEWEST)) {
            String database = server.newDatabase();
            server.execute(database, "create table kept as select 42 as value");
            int port = server.port();
            server.kill();
            assertThatThrownBy(() -> server.connect(database)).isInstanceOf(SQLException.class);
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(first(server, database, "select value from kept")).isEqualTo("42");
            server.stop();
            server.restart();
            server.freeze();
            assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/stat")))
                    .contains(") T ");
            server.thaw();
            assertThat(first(server, database, "select value from kept")).isEqualTo("42");
        }
    }

    private static String first(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            StringBuilder line = new StringBuilder(rows.getString(1));
            for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
                line.append('|').append(rows.getString(i));
            }
            return line.toString();
        }
    }
}
