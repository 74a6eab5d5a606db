package shawk.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server, started, shared, killed and stopped. Runs as root, since root's case is the hard one. */
@Timeout(300)
final class LocalServerTest {
    @TempDir
    Path folder;

    private Servers servers;

    @BeforeEach
    void open() throws Exception {
        servers = new Servers(folder);
    }

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    @Test
    void theFirstStartMakesItAndTheNextOneFindsIt() throws Exception {
        assertThat(servers.status().phase()).isNull();
        assertThat(servers.status().bytes()).isEqualTo(-1);
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(servers.notices).singleElement().asString().contains("first start", servers.root.toString());
            String settings = "current_database(), current_user, current_setting('fsync'),"
                    + " current_setting('listen_addresses'), current_setting('server_encoding'), inet_server_addr()";
            assertThat(Servers.ask(lease, "select row(" + settings + ")::text"))
                    .isEqualTo("(shawk,shawk,on,\"\",UTF8,)");
            Servers.ask(lease, "create table kept as select 42 as value");
            ServerStatus first = servers.status();
            assertThat(first.phase()).isEqualTo("ready");
            assertThat(first.version()).startsWith("18.");
            assertThat(first.users()).containsExactly(ProcessHandle.current().pid());
            Servers.await("the supervisor's look", () -> unused() == 0);
            assertThat(first.bytes()).isGreaterThan(10_000_000);
            assertThat(first.since()).isPositive();
            try (LocalServer.Lease second = servers.use()) {
                assertThat(servers.status().server()).isEqualTo(first.server());
                assertThat(Servers.ask(second, "select value from kept")).isEqualTo("42");
            }
            assertThat(OwnFiles.owner(Path.of("/proc/" + first.server()))).isEqualTo(65534);
            assertThat(OwnFiles.owner(Path.of("/proc/" + first.supervisor()))).isEqualTo(65534);
            assertThat(Files.readString(Path.of("/proc/" + first.server() + "/status")))
                    .containsPattern("(?m)^CapEff:\\s0{16}$")
                    .containsPattern("(?m)^CapPrm:\\s0{16}$")
                    .containsPattern("(?m)^NoNewPrivs:\\s1$");
        }
        assertThat(servers.server().stop()).isTrue();
        assertThat(servers.server().stop()).as("again").isFalse();
        assertThat(servers.status().phase()).isNull();
        servers.notices.clear();
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select value from kept")).isEqualTo("42");
            assertThat(servers.notices).isEmpty();
        }
    }

    /** Nobody else reads what is kept, and without the password nobody gets in. */
    @Test
    void whatItKeepsIsItsOwn() throws Exception {
        try (LocalServer.Lease lease = servers.use()) {
            Path version = servers.root.resolve("18");
            for (String name : List.of("pgpass", "guest")) {
                assertThat(Files.getAttribute(version.resolve(name), "unix:mode"))
                        .as(name)
                        .isEqualTo(0100600);
            }
            assertThat(Files.getAttribute(version.resolve("data"), "unix:mode")).isEqualTo(040700);
            assertThat(version.resolve("given")).doesNotExist();
            assertThat(OwnFiles.read(version.resolve("pgpass")))
                    .isEqualTo("*:5432:shawk:shawk:" + new String(lease.password()) + "\n");
            assertThat(lease.password()).hasSizeGreaterThan(40);
            assertThat(lease.toString() + Credentials.ofOwner(new DataFolder(servers.root, "18", 0)))
                    .doesNotContain(new String(lease.password()));
            assertThatThrownBy(() -> Servers.connect(lease, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void aKilledSupervisorTakesTheServerAlong() throws Exception {
        try (LocalServer.Lease lease = servers.use()) {
            Servers.ask(lease, "create table kept as select 42 as value");
            ServerStatus before = servers.status();
            Servers.kill(before.supervisor());
            Servers.await("the end of the server", () -> !Servers.alive(before.server()));
        }
        checkStartsAgain();
    }

    @Test
    void aKilledServerIsStartedAgain() throws Exception {
        ServerStatus before;
        try (LocalServer.Lease lease = servers.use()) {
            Servers.ask(lease, "create table kept as select 42 as value");
            before = servers.status();
            Servers.kill(before.server());
        }
        Servers.await("the end of the supervisor", () -> !Servers.alive(before.supervisor()));
        checkStartsAgain();
    }

    /** As after a loss of power, and with numbers that others bear by now. */
    @Test
    void whatBothLeftBehindIsNotBelieved() throws Exception {
        ServerStatus before;
        try (LocalServer.Lease lease = servers.use()) {
            Servers.ask(lease, "create table kept as select 42 as value");
            before = servers.status();
            Servers.kill(before.supervisor());
            Servers.kill(before.server());
        }
        Servers.await("the end", () -> !Servers.alive(before.server()) && !Servers.alive(before.supervisor()));
        Path pid = servers.root.resolve("18/data/postmaster.pid");
        Path lock = servers.places().sockets().resolve(".s.PGSQL.5432.lock");
        String alive = ProcessHandle.current().pid() + "\n";
        for (Path file : List.of(pid, lock)) {
            String left = Files.exists(file) ? Files.readString(file) : before.server() + "\n";
            Files.writeString(file, left.replaceFirst("\\d+\n", alive));
        }
        checkStartsAgain();
    }

    /** Its supervisor is gone, and it cannot end: who comes next ends it. */
    @Test
    void anOrphanIsNotLeftAlone() throws Exception {
        ServerStatus before;
        try (LocalServer.Lease lease = servers.use()) {
            Servers.ask(lease, "create table kept as select 42 as value");
            before = servers.status();
            shawk.support.Commands.output("/bin/sh", "-c", "kill -STOP " + before.server());
            Servers.kill(before.supervisor());
            Servers.await("the supervisor's end", () -> !Servers.alive(before.supervisor()));
        }
        assertThat(Servers.alive(before.server())).isTrue();
        checkStartsAgain();
        assertThat(Servers.alive(before.server())).isFalse();
    }

    private long unused() {
        try {
            return servers.status().unused();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void checkStartsAgain() throws Exception {
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select value from kept")).isEqualTo("42");
        }
    }

    @Test
    void withoutUseItStops() throws Exception {
        servers.idleSeconds = 1;
        ServerStatus used;
        try (LocalServer.Lease lease = servers.use()) {
            used = servers.status();
            long begun = System.nanoTime();
            Servers.await("three times as long", () -> System.nanoTime() - begun > 3_000_000_000L);
            assertThat(servers.status().supervisor()).as("used").isEqualTo(used.supervisor());
            assertThat(lease.guest()).isFalse();
        }
        Servers.await("its end", () -> !Servers.alive(used.supervisor()));
        assertThat(Servers.alive(used.server())).isFalse();
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select 1")).isEqualTo("1");
        }
    }

    /** Whoever came in by the URL holds no lock of ours. */
    @Test
    void aSessionIsUseToo() throws Exception {
        servers.idleSeconds = 1;
        LocalServer.Lease lease = servers.use();
        ServerStatus used = servers.status();
        try (Connection connection = Servers.connect(lease)) {
            lease.close();
            long begun = System.nanoTime();
            Servers.await("three times as long", () -> System.nanoTime() - begun > 3_000_000_000L);
            assertThat(servers.status().sessions()).isEqualTo(1);
            assertThat(servers.status().users()).isEmpty();
            assertThat(connection.isValid(5)).isTrue();
        }
        Servers.await("its end", () -> !Servers.alive(used.supervisor()));
    }

    @Test
    void inAUserNamespaceRootNeedsNoOtherUser() throws Exception {
        servers.user = new ServerUser.InSpace(65534);
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select 1")).isEqualTo("1");
            Path server = Path.of("/proc/" + servers.status().server());
            assertThat(Files.readSymbolicLink(server.resolve("ns/user")))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
            assertThat(Files.readString(server.resolve("status"))).containsPattern("(?m)^CapEff:\\s0{16}$");
            assertThat(OwnFiles.owner(servers.root.resolve("18/data"))).isZero();
        }
    }

    /** The clone may be private, and may be gone before the server is. */
    @Test
    void rootsServerRunsACopyOfItsPrograms() throws Exception {
        servers.copies = true;
        try (LocalServer.Lease lease = servers.use()) {
            assertThat(Servers.ask(lease, "select current_setting('data_directory')"))
                    .contains("/18/data");
            Path program =
                    Path.of("/proc/" + servers.status().server() + "/exe").toRealPath();
            assertThat(program.toString())
                    .startsWith(servers.root.resolve("programs").toRealPath() + "/18.");
            assertThat(OwnFiles.owner(program)).isZero();
            try (var files = Files.walk(servers.root.resolve("programs"))) {
                assertThat(files)
                        .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                                        .toString())
                                .satisfiesAnyOf(
                                        rights -> assertThat(Files.isSymbolicLink(file))
                                                .isTrue(),
                                        rights -> assertThat(rights).doesNotContain("GROUP_WRITE", "OTHERS_WRITE")));
            }
        }
    }
}
