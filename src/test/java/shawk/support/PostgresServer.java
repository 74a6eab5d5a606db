package shawk.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server with data of its own in a temporary folder, on a free port of 127.0.0.1 and on a Unix
 * socket. Root runs it as {@code nobody}, since the server refuses root. However the JVM ends, the server ends with it
 * and its folder goes. One thread at a time may start, stop, kill, freeze; any may connect.
 */
public final class PostgresServer implements AutoCloseable {
    /** The superuser. */
    public static final String USER = "postgres";

    /** Of {@link #USER}; scram is asked for on TCP and on the socket. */
    public static final String PASSWORD = "of the test's server";

    private static final Path BUILT = Path.of("target/postgres").toAbsolutePath();
    private static final int NOBODY = 65534;
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The server as a child of a shell that ends it, and removes its folder, when the test's JVM is gone. */
    private static final String KEEPER = "log=$1 folder=$2; shift 2; \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!; "
            + "read -r order; kill -CONT $(cat /proc/$!/task/$!/children) 2>/dev/null; kill -KILL $! 2>/dev/null; "
            + "wait; [ \"$order\" ] || rm -rf \"$folder\"";

    private static final Map<Version, Path> PROGRAMS = new EnumMap<>(Version.class);
    private static final Map<Version, Path> TEMPLATES = new EnumMap<>(Version.class);
    private static final Map<Version, PostgresServer> SHARED = new EnumMap<>(Version.class);

    private final Version version;
    private final Path folder;
    private final List<String> settings;
    private final AtomicInteger databases = new AtomicInteger();
    private int port;
    private Process keeper;
    private long pid;

    /** Which server. */
    public enum Version {
        /** 10; on arm64, for which there is none, 12. */
        OLDEST,
        /** The one that is shipped. */
        NEWEST
    }

    private PostgresServer(Version version, Path folder, List<String> settings) {
        this.version = version;
        this.folder = folder;
        this.settings = settings;
    }

    /** A server of the test's own, started and answering; {@code settings} as {@code max_connections=50}. */
    public static PostgresServer start(Version version, String... settings) {
        try {
            Path folder = ownFolder("shawk-postgres-test");
            run(
                    "/bin/cp",
                    "-a",
                    template(version).toString(),
                    folder.resolve("data").toString());
            PostgresServer server = new PostgresServer(version, folder, List.of(settings));
            try {
                server.startOnFreePort();
            } catch (IOException e) {
                server.close();
                throw e;
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that all tests of this JVM share, which nobody stops; each takes a {@link #newDatabase()}. */
    public static synchronized PostgresServer shared(Version version) {
        return SHARED.computeIfAbsent(version, each -> start(each, "max_connections=200", "fsync=off"));
    }

    /** TCP, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Holds the Unix socket, which is named after {@link #port()}. */
    public Path socketFolder() {
        return folder;
    }

    /** Of the postmaster. */
    public long pid() {
        return pid;
    }

    /** What the server has written, {@code log_statement=all} included where that was set. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the superuser. */
    public String jdbcUrl(String database) {
        return jdbcUrl(database, USER, PASSWORD);
    }

    /** For another user; {@code user} and {@code password} as they go into a URL. */
    public String jdbcUrl(String database, String user, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + user + "&password="
                + password.replace(" ", "%20").replace("'", "%27");
    }

    /** The same as libpq writes it, which is what SHAWK_CMDB_URL holds. */
    public String url(String database) {
        return "postgres://" + USER + ":" + PASSWORD.replace(" ", "%20").replace("'", "%27") + "@127.0.0.1:" + port
                + "/" + database;
    }

    /** A connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** Runs {@code sql} as the superuser; several statements may stand in it. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The name of a fresh, empty database. */
    public String newDatabase() throws SQLException {
        String name = "test" + databases.incrementAndGet();
        execute("postgres", "create database " + name);
        return name;
    }

    /** Fast shutdown: sessions are cut, what was committed is on disk. */
    public void stop() {
        signal("INT");
        awaitEnd();
    }

    /** SIGKILL of the postmaster; its other processes end by themselves. */
    public void kill() {
        // They hold the shared memory until they have noticed, and no other server starts before.
        List<ProcessHandle> children = children().toList();
        signal("KILL");
        awaitEnd();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (ProcessHandle each : children) {
            while (isAtWork(each)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("a process of a killed server goes on: " + each.info());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                // It may sit in a call that only a signal ends.
                if (System.nanoTime() > end - PATIENCE.toNanos() / 2) {
                    each.destroyForcibly();
                }
            }
        }
    }

    /** One that has ended and that nobody has asked for is there still, but holds nothing. */
    private static boolean isAtWork(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGSTOP of the postmaster, which then starts no further processes, and of all that it has. */
    public void freeze() {
        signal("STOP");
        children().forEach(each -> signal("STOP", each.pid()));
    }

    /** Ends {@link #freeze()}. */
    public void thaw() {
        children().forEach(each -> signal("CONT", each.pid()));
        signal("CONT");
    }

    /** The same data on the same port, answering; after {@link #stop()} or {@link #kill()}. */
    public void restart() {
        try {
            startOnSamePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server's keeper does not end");
            }
            run("/bin/rm", "-rf", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<ProcessHandle> children() {
        return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children);
    }

    private void startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try {
                startOnSamePort();
                return;
            } catch (IOException e) {
                if (attempt == 5 || !e.getMessage().contains("could not bind")) {
                    throw e;
                }
            }
        }
    }

    private void startOnSamePort() throws IOException {
        letGo();
        List<String> command = new ArrayList<>(asNobody());
        command.addAll(List.of("/bin/sh", "-c", KEEPER, "keeper"));
        command.addAll(List.of(folder.resolve("log").toString(), folder.toString()));
        command.addAll(List.of(
                program(version, "postgres"), "-D", folder.resolve("data").toString()));
        command.addAll(List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1"));
        command.addAll(List.of("-c", "unix_socket_directories=" + folder, "-c", "shared_buffers=32MB"));
        for (String setting : settings) {
            command.addAll(List.of("-c", setting));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().clear();
        builder.redirectError(new File("/dev/null"));
        keeper = builder.start();
        BufferedReader out = keeper.inputReader(StandardCharsets.US_ASCII);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the server's keeper did not start");
        }
        pid = Long.parseLong(line);
        awaitAnswer();
    }

    /** The keeper of a server that has ended. */
    private void letGo() throws IOException {
        if (keeper == null) {
            return;
        }
        try (OutputStream orders = keeper.getOutputStream()) {
            orders.write("stay\n".getBytes(StandardCharsets.US_ASCII));
        }
        try {
            keeper.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                if (!isRunning() || System.nanoTime() > end) {
                    throw new IOException("PostgreSQL does not start: " + e.getMessage() + "\n" + log(), e);
                }
            }
            pause();
        }
    }

    private void awaitEnd() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isRunning()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("PostgreSQL does not end\n" + log());
            }
            pause();
        }
    }

    /** Its keeper may not have noticed yet that it has ended. */
    private boolean isRunning() {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void signal(String name) {
        signal(name, pid);
    }

    /** One of its processes may have ended meanwhile. */
    private static void signal(String name, long to) {
        try {
            run("/bin/sh", "-c", "kill -" + name + " " + to + " || [ ! -e /proc/" + to + " ]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asNobody() {
        return ROOT
                ? List.of(
                        "/usr/bin/setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--")
                : List.of();
    }

    private static Path ownFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory(name);
        if (ROOT) {
            Files.setAttribute(folder, "unix:uid", NOBODY);
            Files.setAttribute(folder, "unix:gid", NOBODY);
        }
        return folder;
    }

    private static String program(Version version, String name) throws IOException {
        return programs(version).resolve("bin").resolve(name).toString();
    }

    /** The folder of the server's programs, which {@code nobody} can run: a copy where the clone is private. */
    public static synchronized Path programs(Version version) throws IOException {
        Path folder = PROGRAMS.get(version);
        if (folder == null) {
            folder = BUILT.resolve(version.name().toLowerCase(Locale.ROOT));
            List<String> look = new ArrayList<>(asNobody());
            look.addAll(
                    List.of("/bin/test", "-x", folder.resolve("bin/postgres").toString()));
            if (!succeeds(look)) {
                Path copy = ownFolder("shawk-postgres-programs");
                run("/bin/cp", "-a", folder + "/.", copy.toString());
                run("/bin/chmod", "-R", "a+rX", copy.toString());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(copy)));
                folder = copy;
            }
            PROGRAMS.put(version, folder);
        }
        return folder;
    }

    /** What initdb made, once for all servers of this JVM. */
    private static synchronized Path template(Version version) throws IOException {
        Path template = TEMPLATES.get(version);
        if (template == null) {
            Path folder = ownFolder("shawk-postgres-template");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            template = folder.resolve("data");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            List<String> command = new ArrayList<>(asNobody());
            command.addAll(List.of(program(version, "initdb"), "-D", template.toString()));
            command.addAll(List.of("-U", USER, "-A", "scram-sha-256", "--pwfile=" + password));
            command.addAll(List.of("--encoding=UTF8", "--locale=C", "--no-sync"));
            run(command.toArray(String[]::new));
            TEMPLATES.put(version, template);
        }
        return template;
    }

    private static void remove(Path folder) {
        try {
            run("/bin/rm", "-rf", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            run(command.toArray(String[]::new));
            return true;
        } catch (IOException e) {
            return e.getMessage() == null || !e.getMessage().startsWith(command.get(0));
        }
    }
}
