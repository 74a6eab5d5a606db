package shawk.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import shawk.store.pg.UnixSocketFactory;
import shawk.support.PostgresServer;

/** Embedded servers in folders of a test; root runs them as nobody. */
final class Servers implements AutoCloseable {
    static final ServerUser NOBODY = new ServerUser.Other(65534, 65534);
    static final Path NATIVE = Path.of(System.getProperty("shawk.native.dir")).toAbsolutePath();

    private final List<LocalServer> started = new ArrayList<>();
    final Path root;
    final List<String> notices = new ArrayList<>();
    ServerUser user = NOBODY;
    int idleSeconds = 600;
    boolean copies;
    long roomBytes;
    long invoker;

    /** Below {@code folder}, which all may pass through from now on. */
    Servers(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = folder.resolve("shawk/cmdb");
    }

    Places places() {
        return Places.in(root);
    }

    Setting setting() throws IOException {
        return new Setting(
                places(),
                null,
                PostgresServer.programs(PostgresServer.Version.NEWEST),
                new Commands(NATIVE.resolve("shawk-cmdb")),
                (uid, data) -> user,
                0,
                invoker,
                idleSeconds,
                copies,
                roomBytes);
    }

    LocalServer server() throws IOException {
        LocalServer server = new LocalServer(setting(), notices::add);
        started.add(server);
        return server;
    }

    LocalServer.Lease use() throws IOException, LocalServerException {
        return server().use(Access.WRITE);
    }

    ServerStatus status() throws IOException, LocalServerException {
        return server().status();
    }

    static Connection connect(LocalServer.Lease lease) throws SQLException {
        return connect(lease, new String(lease.password()));
    }

    static Connection connect(LocalServer.Lease lease, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", lease.user());
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
        properties.setProperty(
                "socketFactoryArg",
                lease.socketFolder().resolve(".s.PGSQL." + lease.port()).toString());
        return DriverManager.getConnection("jdbc:postgresql://localhost/" + lease.database(), properties);
    }

    /** The first column of the first row. */
    static String ask(LocalServer.Lease lease, String sql) throws SQLException {
        try (Connection connection = connect(lease);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    static void await(String what, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Locks.pause();
        }
    }

    static boolean alive(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Override
    public void close() throws LocalServerException {
        for (LocalServer each : started) {
            each.stop();
        }
    }
}
