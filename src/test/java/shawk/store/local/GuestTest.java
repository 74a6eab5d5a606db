package shawk.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom root works for by sudo reads what root has collected, and no more. */
@Timeout(300)
final class GuestTest {
    private static final int GUEST = 65534;

    @TempDir
    Path folder;

    @Test
    void whoCalledSudoMayRead() throws Exception {
        try (Servers root = new Servers(folder)) {
            assertThat(Credentials.ofGuest(root.places(), GUEST)).isNull();
            root.invoker = GUEST;
            try (LocalServer.Lease lease = root.use()) {
                assertThat(lease.guest()).isFalse();
                Servers.ask(lease, "create table collected as select 42 as value");
                Servers.ask(lease, "create table hidden as select 43 as value");
                Servers.ask(lease, "grant select, insert on collected to shawk_reader");
                Path file = root.root.resolve("readers/" + GUEST);
                assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100400);
                assertThat(OwnFiles.owner(file)).isEqualTo(GUEST);
                assertThat(OwnFiles.read(file)).doesNotContain(new String(lease.password()));
            }
            LocalServer guest = guest(root, folder.resolve("own"));
            try (LocalServer.Lease lease = guest.use(Access.READ)) {
                assertThat(lease.guest()).isTrue();
                assertThat(Servers.ask(lease, "select value from collected")).isEqualTo("42");
                assertThatThrownBy(() -> Servers.ask(lease, "select value from hidden"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> Servers.ask(lease, "insert into collected values (1)"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("read-only");
                // What a guest could lock, anybody could, and root's server would never stop.
                assertThat(root.server().status().users()).isEmpty();
                Path lock = root.places().locks().resolve("users.lock");
                assertThat(Files.getAttribute(lock, "unix:mode")).isEqualTo(0100600);
            }
            root.server().stop();
            assertThatThrownBy(() -> guest.use(Access.READ))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessage("the CMDB of this host does not run; type: sudo shawk cmdb start");
            assertThat(folder.resolve("own")).doesNotExist();
        }
    }

    /** {@code own} is where that user's data would be. */
    private static LocalServer guest(Servers root, Path own) throws Exception {
        Setting setting = root.setting();
        Setting theirs = new Setting(
                Places.in(own),
                root.places(),
                setting.programs(),
                setting.commands(),
                setting.users(),
                GUEST,
                0,
                600,
                false,
                0);
        return new LocalServer(theirs, line -> {});
    }
}
