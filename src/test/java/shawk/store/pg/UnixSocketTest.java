package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.support.PostgresServer;

@Timeout(60)
final class UnixSocketTest {
    private static final int BIG = 3_000_000;

    @TempDir
    Path folder;

    private Path file;
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        file = folder.resolve("socket");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(file), 1);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @ParameterizedTest
    @EnumSource
    void aServerAnswersByIt(PostgresServer.Version version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (Connection connection = open(server, 0);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select repeat('x', " + BIG + "), inet_client_addr()")) {
                rows.next();
                assertThat(rows.getString(1)).hasSize(BIG);
                assertThat(rows.getString(2)).as("by the Unix socket").isNull();
            }
            String big = "y".repeat(BIG);
            try (ResultSet rows = statement.executeQuery("select length('" + big + "')")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(BIG);
            }
        }
    }

    @Test
    void theDriversTimeOutsWork() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
        try (Connection connection = open(server, 1);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select pg_sleep(50)"))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThat(connection.isClosed()).isTrue();
        }
        try (Connection connection = open(server, 0);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(50)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cancel");
            statement.setQueryTimeout(0);
            statement.execute("select 1");
        }
    }

    @Test
    void abortWakesAQuery() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEWEST);
        try (Connection connection = open(server, 0);
                Statement statement = connection.createStatement()) {
            FutureTask<Boolean> query = start(() -> statement.execute("select pg_sleep(50)"));
            connection.abort(Runnable::run);
            assertThatThrownBy(() -> query.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void aReadTimesOutAndGoesOn() throws Exception {
        try (Socket socket = new UnixSocketFactory(file.toString()).createSocket();
                SocketChannel peer = listener.accept()) {
            socket.setSoTimeout(20);
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            peer.write(ByteBuffer.wrap(new byte[] {7, 8}));
            assertThat(in.read()).isEqualTo(7);
            socket.setSoTimeout(0);
            assertThat(in.read()).isEqualTo(8);
            peer.shutdownOutput();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void closeWakesWhoReads() throws Exception {
        Socket socket = new UnixSocketFactory(file.toString()).createSocket();
        try (SocketChannel peer = listener.accept()) {
            FutureTask<Integer> read = start(() -> socket.getInputStream().read());
            socket.close();
            assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SocketException.class);
            assertThat(peer.read(ByteBuffer.allocate(1)))
                    .as("the other end sees it")
                    .isEqualTo(-1);
        }
    }

    @Test
    void closeWakesWhoWrites() throws Exception {
        Socket socket = new UnixSocketFactory(file.toString()).createSocket();
        try (SocketChannel peer = listener.accept()) {
            FutureTask<Boolean> write = start(() -> {
                socket.getOutputStream().write(new byte[BIG]);
                return true;
            });
            peer.read(ByteBuffer.allocate(1));
            socket.close();
            assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptClosesNothing() throws Exception {
        try (Socket socket = new UnixSocketFactory(file.toString()).createSocket();
                SocketChannel peer = listener.accept()) {
            CompletableFuture<Thread> reader = new CompletableFuture<>();
            FutureTask<Boolean> read = start(() -> {
                reader.complete(Thread.currentThread());
                return socket.getInputStream().read() == 9
                        && Thread.currentThread().isInterrupted();
            });
            reader.get().interrupt();
            peer.write(ByteBuffer.wrap(new byte[] {9}));
            assertThat(read.get(30, TimeUnit.SECONDS))
                    .as("read, and still interrupted")
                    .isTrue();
        }
    }

    @Test
    void whereNobodyListensItSaysSo() {
        assertThatThrownBy(() -> new UnixSocketFactory(folder + "/nothing").createSocket())
                .isInstanceOf(SocketException.class);
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        // It need not wait already: closing before it begins has to end it, too.
        return task;
    }

    private static Connection open(PostgresServer server, int timeoutSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresServer.USER);
        properties.setProperty("password", PostgresServer.PASSWORD);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
        properties.setProperty(
                "socketFactoryArg",
                server.socketFolder().resolve(".s.PGSQL." + server.port()).toString());
        properties.setProperty("socketTimeout", String.valueOf(timeoutSeconds));
        return DriverManager.getConnection("jdbc:postgresql://localhost/postgres", properties);
    }
}
