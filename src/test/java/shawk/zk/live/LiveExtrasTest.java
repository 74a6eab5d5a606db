package shawk.zk.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.ClientInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;
import shawk.support.PrivateNetwork;
import shawk.support.ZooKeeperServer;
import shawk.support.ZooKeeperServer.Version;
import shawk.tcp.ByteLedger;
import shawk.zk.live.LiveCapture.Heard;
import shawk.zk.proto.Kind;

/** What few clients do, against a real server: SASL, TLS, replies that are longer than messages may be. */
@Tag("slow")
final class LiveExtrasTest {
    private static final int PORT = 2181;
    private static final int CHILDREN = 12_000;
    private static final int BATCH = 500;

    private static PrivateNetwork network;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        network = PrivateNetwork.open();
    }

    @AfterAll
    static void close() throws Exception {
        network.close();
    }

    private static ZooKeeper client(ZKClientConfig config) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = network.inside(() -> new ZooKeeper(
                "127.0.0.1:" + PORT,
                30_000,
                event -> {
                    if (event.getState() == KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                config));
        assertThat(connected.await(60, TimeUnit.SECONDS)).as("a session").isTrue();
        return client;
    }

    private static void end(ZooKeeper client, LiveCapture capture) throws Exception {
        assertThat(client.close(30_000)).isTrue();
        capture.await(each -> each.kind() == Kind.REPLY && each.op().equals("closeSession"));
    }

    private static List<Heard> heard(LiveCapture capture, Kind kind, String op) {
        return capture.heard(each -> each.kind() == kind && each.op().equals(op));
    }

    /** It is noted with its size, and what follows it is told as if it had been read. */
    @Test
    void aReplyThatIsLongerThanMessagesMayBe() throws Exception {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKConfig.JUTE_MAXBUFFER, Integer.toString(8 << 20));
        try (ZooKeeperServer server = ZooKeeperServer.alone(network, Version.V3_9, PORT);
                LiveCapture capture = LiveCapture.open(network, "any", server.port())) {
            ZooKeeper client = client(config);
            client.create("/many", new byte[0], Told.OPEN, CreateMode.PERSISTENT);
            String name = "/many/" + "x".repeat(100);
            for (int from = 0; from < CHILDREN; from += BATCH) {
                List<Op> batch = new ArrayList<>();
                for (int i = from; i < from + BATCH; i++) {
                    batch.add(Op.create(name + i, new byte[0], Told.OPEN, CreateMode.PERSISTENT));
                }
                client.multi(batch);
            }
            List<String> children = client.getChildren("/many", false);
            assertThat(children).hasSize(CHILDREN);
            assertThat(client.exists("/many", false).getNumChildren()).isEqualTo(CHILDREN);
            end(client, capture);
            ByteLedger ledger = capture.finish();
            long size = 16
                    + 4
                    + children.stream().mapToLong(each -> 4L + each.length()).sum();
            assertThat(size).isGreaterThan(1 << 20);
            assertThat(heard(capture, Kind.REQUEST, "multi")).hasSize(CHILDREN / BATCH);
            assertThat(heard(capture, Kind.REPLY, "multi")).hasSize(CHILDREN / BATCH);
            assertThat(heard(capture, Kind.REQUEST, "getChildren")).hasSize(1);
            assertThat(heard(capture, Kind.REPLY, "getChildren")).isEmpty();
            assertThat(capture.heard(each -> each.kind() == Kind.NOTE))
                    .singleElement()
                    .satisfies(note ->
                            assertThat(note.text()).contains("getChildren").contains(Long.toString(size)));
            assertThat(heard(capture, Kind.REPLY, "exists"))
                    .singleElement()
                    .satisfies(reply -> assertThat(reply.text()).contains("numChildren=" + CHILDREN));
            assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored);
        }
    }

    /** Logs in by the module of ZooKeeper, with no file. */
    private static final class Login extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return name.equals("Client")
                    ? new AppConfigurationEntry[] {
                        new AppConfigurationEntry(
                                "org.apache.zookeeper.server.auth.DigestLoginModule",
                                LoginModuleControlFlag.REQUIRED,
                                Map.of("username", "bob", "password", "secret"))
                    }
                    : null;
        }
    }

    @Test
    void aClientThatProvesWhoItIs() throws Exception {
        Path jaas = Files.writeString(
                folder.resolve("jaas"),
                "Server { org.apache.zookeeper.server.auth.DigestLoginModule required user_bob=\"secret\"; };\n");
        try (ZooKeeperServer server = ZooKeeperServer.alone(
                        network,
                        PORT,
                        "authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider\n",
                        "-Djava.security.auth.login.config=" + jaas,
                        "-Dzookeeper.fips-mode=false");
                LiveCapture capture = LiveCapture.open(network, "lo", server.port())) {
            Configuration.setConfiguration(new Login());
            try {
                ZKClientConfig config = new ZKClientConfig();
                config.setProperty("zookeeper.fips-mode", "false");
                ZooKeeper client = client(config);
                assertThat(client.exists("/", false)).isNotNull();
                List<ClientInfo> infos = client.whoAmI();
                assertThat(infos).anyMatch(each -> each.getAuthScheme().equals("sasl"));
                end(client, capture);
            } finally {
                Configuration.setConfiguration(null);
            }
            ByteLedger ledger = capture.finish();
            assertThat(heard(capture, Kind.REQUEST, "sasl"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .hasSameSizeAs(heard(capture, Kind.REPLY, "sasl"));
            assertThat(heard(capture, Kind.REPLY, "whoAmI"))
                    .singleElement()
                    .satisfies(reply -> assertThat(reply.text()).contains("authScheme=sasl user=bob"));
            assertThat(capture.heard(each -> each.kind() == Kind.NOTE)).isEmpty();
            assertThat(ledger.decoded).isEqualTo(ledger.in);
        }
    }

    private SSLContext context() throws Exception {
        Path file = folder.resolve("keys");
        Commands.output(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static void say(SSLSocket from, SSLSocket to, int length) throws IOException {
        OutputStream out = from.getOutputStream();
        out.write("four letters mntr ".repeat(length / 18 + 1).getBytes(StandardCharsets.US_ASCII), 0, length);
        out.flush();
        assertThat(to.getInputStream().readNBytes(length)).hasSize(length);
    }

    /** From its beginning, and from the middle on: that it is TLS is said once, and nothing else is. */
    @Test
    void aPortThatSpeaksTls() throws Exception {
        SSLContext context = context();
        network.inside(() -> {
            InetAddress host = InetAddress.getLoopbackAddress();
            try (LiveCapture whole = LiveCapture.open(network, "lo", PORT);
                    SSLServerSocket listener =
                            (SSLServerSocket) context.getServerSocketFactory().createServerSocket(PORT, 1, host);
                    SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(host, PORT);
                    SSLSocket server = (SSLSocket) listener.accept()) {
                Thread handshake = new Thread(() -> {
                    try {
                        server.startHandshake();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                handshake.start();
                client.startHandshake();
                handshake.join();
                try (LiveCapture later = LiveCapture.open(network, "lo", PORT)) {
                    for (int i = 0; i < 50; i++) {
                        say(client, server, 30 + 400 * i);
                        say(server, client, 20_000 - 350 * i);
                    }
                    for (LiveCapture capture : List.of(whole, later)) {
                        capture.await(each -> each.kind() == Kind.NOTE);
                    }
                    checkTls(later);
                }
                checkTls(whole);
            }
            return null;
        });
    }

    private static void checkTls(LiveCapture capture) throws Exception {
        ByteLedger ledger = capture.finish();
        assertThat(capture.heard(each -> true))
                .singleElement()
                .satisfies(note -> assertThat(note.text()).contains("TLS: what is said cannot be read"));
        assertThat(ledger.in).isGreaterThan(500_000);
        assertThat(ledger.ignored).isEqualTo(ledger.in);
    }
}
