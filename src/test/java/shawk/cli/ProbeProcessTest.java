package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** The agent as a process of its own, over the sockets of this host, into a real server or none. */
final class ProbeProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String NOBODY_THERE = "postgres://shawk:secret-word@127.0.0.1:1/shawk";

    @TempDir
    Path folder;

    private Process start(String url, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dshawk.native.dir=" + System.getProperty("shawk.native.dir", "target/native"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SHAWK_"));
        builder.environment().put("SHAWK_SPOOL", folder.resolve("spool").toString());
        builder.environment().put("SHAWK_MACHINE_ID", "0123456789abcdef0123456789abcdef");
        builder.environment().put("SHAWK_CMDB_URL", url);
        builder.environment().put("SHAWK_FLUSH_INTERVAL", "1s");
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private void awaitLine(Process process, String text) throws Exception {
        long until = System.nanoTime() + DEADLINE.toNanos();
        while (!err().contains(text)) {
            assertThat(process.isAlive()).as(err()).isTrue();
            assertThat(System.nanoTime()).as(text + " in " + err()).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private int end(Process process) throws Exception {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as(err())
                .isTrue();
        return process.exitValue();
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String ask(PostgresServer server, String database, String sql) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    /** The sample of a run without a database is stored by the next one that has it. */
    @Test
    void onceWithoutADatabaseAndThenWithIt() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket served = listener.accept()) {
            assertThat(served.getPort()).isEqualTo(client.getLocalPort());
            threeRuns(listener.getLocalPort());
        }
    }

    private void threeRuns(int port) throws Exception {
        assertThat(end(start(NOBODY_THERE, "probe", "--once"))).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("the sample waits in the spool").doesNotContain("secret-word");
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = server.newDatabase();
        assertThat(end(start(server.url(database), "probe", "--once"))).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("create-scheme");
        assertThat(end(start(server.url(database), "create-scheme"))).as(err()).isZero();
        assertThat(end(start(server.url(database), "probe", "--once")))
                .as(err())
                .isZero();
        assertThat(ask(
                        server,
                        database,
                        "select count(distinct run) from shawk.flow_chunk c"
                                + " join shawk.flow f using (host_id, flow_id) where f.port = " + port))
                .isEqualTo("3");
        assertThat(Files.readString(folder.resolve("out"), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void sigtermFlushesAndSigkillLosesNoMoreThanTheLastInterval() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = server.newDatabase();
        assertThat(end(start(server.url(database), "create-scheme"))).as(err()).isZero();
        Process process = start(server.url(database), "probe", "-i", "200ms");
        awaitLine(process, "shawk: flush: ");
        signal(process, "TERM");
        assertThat(end(process)).as(err()).isZero();
        assertThat(err()).contains("ready: ").contains("stopped: all is stored");
        String before = ask(server, database, "select last_seq from shawk.agent");

        process = start(NOBODY_THERE, "probe", "-i", "200ms");
        awaitLine(process, "waiting");
        signal(process, "KILL");
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(end(start(server.url(database), "probe", "--once")))
                .as(err())
                .isZero();
        assertThat(Long.parseLong(ask(server, database, "select last_seq from shawk.agent")))
                .isGreaterThan(Long.parseLong(before));
        assertThat(ask(server, database, "select count(*) from shawk.agent")).isEqualTo("1");
    }

    @Test
    void anotherOneOfThisHostIsRefusedAndSighupHasItsStatus() throws Exception {
        Process process = start(NOBODY_THERE, "probe");
        awaitLine(process, "ready: ");
        Path first = Files.move(folder.resolve("err"), folder.resolve("first"));
        assertThat(end(start(NOBODY_THERE, "probe"))).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("another shawk stores this host already");
        assertThat(end(start(NOBODY_THERE, "dump", "--flush"))).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("stores this host already");
        signal(process, "HUP");
        assertThat(end(process)).isEqualTo(ExitStatus.SIGNAL + 1);
        assertThat(Files.readString(first)).contains("wait in the spool for the next run");
    }

    @Test
    void whatADumpSeesIsStoredToo() throws Exception {
        PostgresServer server = PostgresServer.shared(Version.NEWEST);
        String database = server.newDatabase();
        assertThat(end(start(server.url(database), "create-scheme"))).as(err()).isZero();
        assertThat(end(start(server.url(database), "dump", "--flush", "-c", "2", "-i", "100ms")))
                .as(err())
                .isZero();
        assertThat(ask(server, database, "select count(*) > 0 from shawk.host_status"))
                .isEqualTo("t");
        assertThat(Files.readString(folder.resolve("out"))).contains("sample 2");
    }

    @Test
    void aUrlThatMakesNoSenseEndsItAtOnce() throws Exception {
        assertThat(end(start("mysql://x:secret-word@y/z", "probe"))).isEqualTo(ExitStatus.USAGE);
        assertThat(err()).hasLineCount(1).doesNotContain("secret-word");
    }
}
