package shawk.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided without a server. */
final class PartsTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void whereAUsersDataLive() throws Exception {
        Places places = Places.ofUser(Map.of(), HOME);
        assertThat(places.root()).isEqualTo(Path.of("/home/ann/.local/share/shawk/cmdb"));
        assertThat(places.socket()).isEqualTo(Path.of("/home/ann/.local/share/shawk/cmdb/run/socket/.s.PGSQL.5432"));
        places.checkSocket();
        assertThat(Places.ofUser(Map.of("HOME", "/h"), HOME).root()).isEqualTo(Path.of("/h/.local/share/shawk/cmdb"));
        assertThat(Places.ofUser(Map.of("XDG_DATA_HOME", "/d", "HOME", "/h"), HOME)
                        .root())
                .isEqualTo(Path.of("/d/shawk/cmdb"));
        assertThat(Places.ofUser(Map.of("XDG_DATA_HOME", "relative"), HOME).root())
                .isEqualTo(Path.of("/home/ann/.local/share/shawk/cmdb"));
        assertThat(Places.ofRoot().socket()).isEqualTo(Path.of("/run/shawk/cmdb/.s.PGSQL.5432"));
    }

    /** 107 bytes, and not as many characters. */
    @Test
    void aSocketsPathIsShort() throws Exception {
        String tail = "/shawk/cmdb/run/socket/.s.PGSQL.5432";
        String longest = "/" + "a".repeat(107 - tail.length() - 1);
        Places.ofUser(Map.of("XDG_DATA_HOME", longest), HOME).checkSocket();
        assertThatThrownBy(() -> Places.ofUser(Map.of("XDG_DATA_HOME", longest + "b"), HOME)
                        .checkSocket())
                .isInstanceOf(LocalServerException.class)
                .hasMessage(longest + "b" + tail + " is longer than a socket's path may be (108 bytes, the kernel takes"
                        + " 107); set XDG_DATA_HOME or XDG_RUNTIME_DIR to a shorter folder");
        assertThatThrownBy(() -> Places.ofUser(Map.of("XDG_DATA_HOME", "/ä" + longest.substring(2)), HOME)
                        .checkSocket())
                .isInstanceOf(LocalServerException.class);
        Places shorter = Places.ofUser(Map.of("XDG_DATA_HOME", longest + "b", "XDG_RUNTIME_DIR", "/run/user/7"), HOME);
        shorter.checkSocket();
        assertThat(shorter.sockets().getParent()).isEqualTo(Path.of("/run/user/7"));
        assertThat(shorter.root()).isEqualTo(Path.of(longest + "b/shawk/cmdb"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "shawk:x:999:995::/nonexistent:/usr/sbin/nologin, 999/995",
                "shawk:x:999:995::/nonexistent:/bin/false, 999/995",
                "shawk:x:1000:1000:A person:/home/shawk:/bin/bash, none",
                "shawk:x:0:0::/root:/usr/sbin/nologin, none",
                "shawk:x:-1:995::/:/usr/sbin/nologin, none",
                "shawk:x:99999999999:995::/:/usr/sbin/nologin, none",
                "hawk:x:999:995::/:/usr/sbin/nologin, none",
                "shawk:x:999, none",
            })
    void whoMayBeTheServersUser(String line, String expected) {
        ServerUser found = Accounts.account("root:x:0:0:root:/root:/bin/bash\n" + line + "\n");
        assertThat(found == null ? null : found.uid() + "/" + found.gid()).isEqualTo(expected);
    }

    @Test
    void whatTheSupervisorSays() {
        ServerState state = ServerState.parse("phase ready\nsupervisor 12\nserver 13\nsince 1700000000\nunused 0\n"
                + "idle 600\nversion 18.4.0\nsocket /run/a b\n\n\n\n");
        assertThat(state.ready()).isTrue();
        assertThat(state.supervisor()).isEqualTo(12);
        assertThat(state.server()).isEqualTo(13);
        assertThat(state.since()).isEqualTo(1_700_000_000);
        assertThat(state.idleSeconds()).isEqualTo(600);
        assertThat(state.note()).containsEntry("socket", "/run/a b").containsEntry("version", "18.4.0");
        assertThat(ServerState.parse("").ready()).isFalse();
        assertThat(ServerState.parse("supervisor -1\nserver 99999999999999999999\nphase\n"))
                .isEqualTo(new ServerState(
                        "", 0, 0, 0, 0, 0, Map.of("supervisor", "-1", "server", "99999999999999999999")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "creating ... ok\\ninitdb: error: could not create file: No space left on device\\ninitdb: removing"
                        + " | could not create file: No space left on device",
                "FATAL:  could not write lock file\\nDETAIL: x: No space left on device | x: No space left on device",
                "running ... 2026 FATAL:  could not write\\nchild process exited | could not write",
                "sh: 1: cannot | sh: 1: cannot",
                "'' | it ended without a word",
            })
    void whatOfAllThatItSaidIsWrong(String said, String expected) {
        assertThat(Founder.blame(said.replace("\\n", "\n"))).isEqualTo(expected);
    }
}
