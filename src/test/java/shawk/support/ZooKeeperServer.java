package shawk.support;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.slf4j.LoggerFactory;

/**
 * A real ZooKeeper server as a process of its own, in a {@link PrivateNetwork} that it shares with its clients; it ends
 * with the test at the latest, however that ends.
 */
public final class ZooKeeperServer implements AutoCloseable {
    /** One release of each line. The newest one is that of the client. */
    public enum Version {
        V3_4("3.4.14"),
        V3_5("3.5.10"),
        V3_6("3.6.4"),
        V3_7("3.7.2"),
        V3_8("3.8.4"),
        V3_9("3.9.4");

        private final String release;

        Version(String release) {
            this.release = release;
        }
    }

    private static final Path JARS =
            Path.of(System.getProperty("basedir", ""), "target", "zookeeper").toAbsolutePath();

    /** Prints the process's id, and ends it when nobody holds its input any more. */
    private static final String KEEPER =
            "\"$@\" </dev/null >>\"$OUT\" 2>&1 & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null; wait $!";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final PrivateNetwork network;
    private final Version version;
    private final int port;
    private final String config;
    private final int id;
    private final List<String> options;
    private final Path folder;
    private Process keeper;
    private long pid;

    private ZooKeeperServer(
            PrivateNetwork network, Version version, int port, int id, String config, List<String> options)
            throws IOException {
        this.options = options;
        this.network = network;
        this.version = version;
        this.port = port;
        this.id = id;
        this.config = config;
        folder = Files.createTempDirectory("shawk-zookeeper");
    }

    /** One that is alone. */
    public static ZooKeeperServer alone(PrivateNetwork network, Version version, int port) throws Exception {
        return alone(new ZooKeeperServer(network, version, port, 0, "tickTime=2000\n", List.of()));
    }

    /** One of the newest release that is alone, with lines of its configuration and options of its JVM. */
    public static ZooKeeperServer alone(PrivateNetwork network, int port, String config, String... options)
            throws Exception {
        return alone(new ZooKeeperServer(network, Version.V3_9, port, 0, "tickTime=2000\n" + config, List.of(options)));
    }

    private static ZooKeeperServer alone(ZooKeeperServer server) throws Exception {
        try {
            server.start();
            server.awaitMode("standalone");
            return server;
        } catch (Exception | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** One of an ensemble, not started yet. */
    static ZooKeeperServer member(PrivateNetwork network, int port, int id, String config) throws IOException {
        return new ZooKeeperServer(network, Version.V3_9, port, id, config, List.of());
    }

    public int port() {
        return port;
    }

    public int id() {
        return id;
    }

    /** Where its data lie. */
    public Path data() {
        return folder.resolve("data");
    }

    /** With the data that it had. */
    public void start() throws IOException {
        letGo();
        Files.createDirectories(data());
        Files.writeString(data().resolve("myid"), id + "\n");
        Path file = Files.writeString(
                folder.resolve("zoo.cfg"),
                config + "dataDir=" + data() + "\nclientPort=" + port
                        + "\nadmin.enableServer=false\n4lw.commands.whitelist=*\nmaxClientCnxns=0\n");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "keeper"));
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dzookeeper.jmx.log4j.disable=true",
                "-Dzookeeper.extendedTypesEnabled=true",
                // Who lacks everything gets a snapshot, not the log.
                "-Dzookeeper.snapshotSizeFactor=-1",
                "-cp",
                classPath()));
        java.addAll(options);
        java.addAll(List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain", file.toString()));
        command.addAll(network.command(java));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().put("OUT", folder.resolve("out").toString());
        keeper = builder.redirectError(new File("/dev/null")).start();
        pid = Long.parseLong(keeper.inputReader(StandardCharsets.US_ASCII).readLine());
    }

    private String classPath() {
        List<String> jars = new ArrayList<>();
        if (version == Version.V3_9) {
            jars.add(jarOf(ZooKeeper.class));
            jars.add(jarOf(Stat.class));
            // SASL asks for them.
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(jar -> jar.contains("/netty-"))
                    .forEach(jars::add);
        } else {
            jars.add(built("zookeeper-" + version.release + ".jar"));
        }
        if (version != Version.V3_9 && version != Version.V3_4) {
            jars.add(built("zookeeper-jute-" + version.release + ".jar"));
        }
        jars.add(jarOf(LoggerFactory.class));
        try (var all = Files.list(JARS)) {
            all.map(Path::toString)
                    .filter(name -> !name.contains("/zookeeper-"))
                    .forEach(jars::add);
        } catch (IOException e) {
            throw new AssertionError(JARS + " is missing: mvn process-test-classes without -Dquick brings it", e);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String built(String name) {
        Path jar = JARS.resolve(name);
        if (!Files.isReadable(jar)) {
            throw new AssertionError(jar + " is missing: mvn process-test-classes without -Dquick brings it");
        }
        return jar.toString();
    }

    private static String jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    /**
     * What it says it is: {@code leader}, {@code follower}, {@code observer}, {@code standalone}; empty: not serving.
     */
    public String mode() throws Exception {
        return network.inside(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return answer.lines()
                        .filter(line -> line.startsWith("Mode: "))
                        .map(line -> line.substring(6))
                        .findFirst()
                        .orElse("");
            } catch (IOException e) {
                return "";
            }
        });
    }

    /** Waits until it is that. */
    public void awaitMode(String... modes) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!List.of(modes).contains(mode())) {
            if (System.nanoTime() > end
                    || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                throw new AssertionError("server " + id + " is no " + String.join(" or ", modes) + ": " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    /** SIGKILL. */
    public void kill() throws IOException {
        letGo();
    }

    /** SIGSTOP. */
    public void freeze() throws Exception {
        Commands.output("/bin/kill", "-STOP", Long.toString(pid));
    }

    /** Forgets everything; after {@link #kill}. */
    public void wipe() throws Exception {
        Commands.output("/bin/rm", "-rf", data().toString());
    }

    private void letGo() throws IOException {
        if (keeper == null) {
            return;
        }
        try (OutputStream input = keeper.getOutputStream()) {
            input.flush();
        }
        try {
            if (!keeper.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("server " + id + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper = null;
    }

    @Override
    public void close() throws IOException {
        letGo();
        try {
            Commands.output("/bin/rm", "-rf", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
