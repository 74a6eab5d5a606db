package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shawk.store.Store;
import shawk.store.pg.CmdbUrl;
import shawk.store.pg.MadeUp;
import shawk.store.pg.PgCmdb;
import shawk.store.pg.Retention;
import shawk.support.PostgresServer;
import shawk.support.ShawkProcess;
import shawk.view.shell.Paper;

/** A look that the server holds up ends when it is to; one that is drawn again and again outlives what passes. */
final class LookStopsTest {
    /** Well before the server itself gives up waiting for a lock. */
    private static final long SOON_SECONDS = 5;

    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen();
    private String database = "";
    private Environment environment = new Environment(Map.of());

    @BeforeEach
    void store() throws Exception {
        database = server.newDatabase();
        environment = new Environment(Map.of(Environment.CMDB_URL, server.url(database)));
        try (PgCmdb cmdb = PgCmdb.to(CmdbUrl.parse(server.url(database), "nobody"))) {
            cmdb.scheme().create(Retention.AS_IT_IS, false);
            Store store = cmdb.store();
            store.write(
                    store.register(MadeUp.host(1), UUID.randomUUID()),
                    1,
                    MadeUp.of(MadeUp.host(1), System.currentTimeMillis() * 1000, 0, 2, 1, false));
        }
    }

    @AfterEach
    void nobodyAsksAnyMore() throws Exception {
        until("no connection left", () -> waiting("true") == 0);
    }

    /** A terminal that keeps all that was ever written to it. */
    private static final class Screen extends ByteArrayOutputStream implements Paper {
        @Override
        public OutputStream pages() {
            return this;
        }

        @Override
        public OutputStream roll() {
            return this;
        }

        @Override
        public int columns() {
            return 120;
        }

        @Override
        public boolean terminal() {
            return true;
        }

        String shown() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private Notices notices() {
        return new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int look(Arguments arguments, Outlet outlet) throws Failure, IOException {
        return new LookRun(LookCmdb::open, notices()).run(arguments, environment, outlet);
    }

    private ShellSession session() {
        MadeUpSamples samples = new MadeUpSamples(1);
        return new ShellSession(
                new DumpRunner((view, variables, log) -> samples, environment, Config.empty(), notices()),
                this::look,
                ShellCmdb.of(environment, notices()),
                new LiveValues(samples::next),
                new HistoryFile(null, new Invoker(0, 0, null, false)),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static void until(String what, Callable<Boolean> holds) throws Exception {
        until(60, what, holds);
    }

    private static void untilSoon(String what, Callable<Boolean> holds) throws Exception {
        until(SOON_SECONDS, what, holds);
    }

    private static void until(long seconds, String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("never saw %s", what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Connections of the program to this database. */
    private int waiting(String condition) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from pg_stat_activity where datname = '" + database
                        + "' and application_name = 'shawk' and " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** While {@code flow} is locked, {@code run} waits for it; then {@code end} is to end it. */
    private int endsWhileHeldUp(Callable<Integer> run, Runnable end) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table shawk.flow in access exclusive mode");
            CompletableFuture<Integer> status = started(run);
            until("a look that waits", () -> status.isDone() || waiting("wait_event_type = 'Lock'") == 1);
            assertThat(status).isNotDone();
            end.run();
            int ended = status.get(SOON_SECONDS, TimeUnit.SECONDS);
            untilSoon("no statement that goes on in the server", () -> waiting("wait_event_type = 'Lock'") == 0);
            return ended;
        }
    }

    private static CompletableFuture<Integer> started(Callable<Integer> run) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                status.complete(run.call());
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return status;
    }

    private void endsInTheShell(String command, int status) throws Exception {
        ShellSession session = session();
        endsWhileHeldUp(
                () -> {
                    session.run(command, screen);
                    return 0;
                },
                session::interrupt);
        assertThat(err.toString(StandardCharsets.UTF_8)).as(command).isBlank();
        assertThat(session.status()).as(command).isEqualTo(status);
        assertThat(screen.shown()).as(command).doesNotContain("CMDB");
        assertThat(session.run("look --process curl", screen)).isTrue();
        assertThat(screen.shown()).as(command).contains("--> 10.1.0.0:443");
    }

    @Test
    void ctrlCEndsALookAndTheShellGoesOn() throws Exception {
        endsInTheShell("look --process curl", ExitStatus.SIGNAL + 2);
    }

    @Test
    void ctrlCEndsALookThatIsDrawnAgainAndAgain() throws Exception {
        endsInTheShell("look --process curl --watch -i 1s", ExitStatus.OK);
    }

    @Test
    void aSignalDoesNotWaitForTheAnswer() throws Exception {
        CompletableFuture<Stops> stops = new CompletableFuture<>();
        assertThat(endsWhileHeldUp(() -> watch(stops), () -> stops.join().arrived("TERM")))
                .isEqualTo(ExitStatus.SIGNAL + 15);
    }

    @Test
    void aSignalEndsALookThatIsDrawnOnce() throws Exception {
        Path said = Files.createTempFile("look", "said");
        ProcessBuilder builder = new ProcessBuilder(ShawkProcess.command("look", "--process", "curl"));
        builder.environment().keySet().removeIf(name -> name.startsWith("SHAWK_"));
        builder.environment().put(Environment.CMDB_URL, server.url(database));
        builder.redirectErrorStream(true).redirectOutput(said.toFile());
        CompletableFuture<Process> started = new CompletableFuture<>();
        try {
            int status = endsWhileHeldUp(
                    () -> {
                        started.complete(builder.start());
                        return started.join().waitFor();
                    },
                    () -> started.join().destroy());
            assertThat(status).as(Files.readString(said)).isEqualTo(ExitStatus.SIGNAL + 15);
            assertThat(said).isEmptyFile();
        } finally {
            started.join().destroyForcibly();
            Files.delete(said);
        }
    }

    private int watch(CompletableFuture<Stops> made) throws Failure, IOException {
        Stops stops = new Stops(Thread.currentThread());
        made.complete(stops);
        Arguments arguments = ArgumentParser.parse("look", "--process", "curl", "--watch", "-i", "1s");
        return look(arguments, new Outlet(screen, true, 120, stops));
    }

    @Test
    void whatPassesStandsInTheFrameAndIsTriedAgain() throws Exception {
        CompletableFuture<Stops> stops = new CompletableFuture<>();
        CompletableFuture<Integer> status = started(() -> watch(stops));
        until("a frame", () -> status.isDone() || screen.shown().contains("--> 10.1.0.0:443"));
        server.execute(
                database,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database
                        + "' and application_name = 'shawk'");
        until("what passes", () -> screen.shown().contains("the CMDB at "));
        screen.reset();
        until("a frame again", () -> screen.shown().contains("--> 10.1.0.0:443"));
        stops.join().arrived("INT");
        assertThat(status.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(ExitStatus.OK);
    }

    @Test
    void nothingIsAskedOnceItIsToStop() throws Exception {
        Stops stops = new Stops(Thread.currentThread());
        stops.cancel();
        Outlet outlet = new Outlet(screen, true, 120, stops);
        assertThat(look(ArgumentParser.parse("look", "--process", "curl"), outlet))
                .isEqualTo(ExitStatus.SIGNAL + 2);
        assertThat(screen.shown()).isEmpty();
    }
}
