package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was built, with its own PostgreSQL: as root, in mounts of the test's own with an own user table, and as a user
 * without any right. Needs root.
 */
@Tag("slow")
final class EmbeddedServerTest {
    /** The folders of a host that has never seen the program. The clone may lie where nobody else can look. */
    private static final String FRESH_HOST = """
            set -eu
            mount --make-rprivate /
            mount -t tmpfs none /var/lib
            mount -t tmpfs none /run
            mkdir /run/etc && cp -a /etc/. /run/etc && mount --bind /run/etc /etc
            sed -i '/^shawk:/d' /etc/passwd /etc/shadow /etc/group /etc/gshadow
            mkdir -m 755 /run/clone /run/home
            cp -a "$clone/target/shawk.jar" "$clone/target/lib" "$clone/target/native" /run/clone
            cp -a "$clone/target/postgres" /run/clone
            chmod -R a+rX /run/clone
            chown 65534:65534 /run/home
            shawk() {
                env -i PATH=/usr/bin:/bin "$@" "$java" -XX:-UsePerfData -XX:TieredStopAtLevel=1 \\
                    -Djna.nosys=true -Djna.nounpack=true -Djna.boot.library.path=/run/clone/native \\
                    -Dshawk.native.dir=/run/clone/native -cp /run/clone/shawk.jar shawk.cli.Main cmdb "$what"
            }
            nobody() { shawk setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all env "$@"; }
            is() { echo "== $what: $?"; }
            """;

    private static final String AS_ROOT = """
            what=status; shawk && exit 9 || is
            what=start; shawk SUDO_UID=65534; is
            what=start; shawk; is
            what=url; shawk; is
            what=status; shawk; is
            stat -c '%n %U %a' /var/lib/shawk/cmdb /var/lib/shawk/cmdb/18/data /var/lib/shawk/cmdb/readers/65534
            what=stop; shawk; is
            """;

    private static final String AS_NOBODY = """
            what=start; nobody HOME=/run/home; is
            what=status; nobody HOME=/run/home; is
            what=stop; nobody HOME=/run/home; is
            what=start; nobody HOME=/run/home SHAWK_CMDB_URL=postgres://a:secret@b/c || is
            what=start; nobody HOME=/run/home/$(printf '%090d' 0) || is
            """;

    @TempDir
    Path folder;

    @Test
    void rootsServerRunsAsAUserOfItsOwn() throws Exception {
        String said = run(AS_ROOT);
        assertThat(said)
                .contains(
                        "state    stopped\n",
                        "not there yet\n",
                        "== status: 1\n",
                        "shawk: made the system user shawk, as whom the embedded PostgreSQL runs\n",
                        "shawk: first start of the embedded PostgreSQL 18.",
                        " answers at /run/shawk/cmdb/.s.PGSQL.5432, and stops after 10 min without use\n== start: 0\n",
                        "postgres://shawk@/shawk?host=%2Frun%2Fshawk%2Fcmdb&passfile="
                                + "%2Fvar%2Flib%2Fshawk%2Fcmdb%2F18%2Fpgpass\n== url: 0\n",
                        "state    ready\n",
                        "== status: 0\n",
                        "/var/lib/shawk/cmdb root 711\n",
                        "/var/lib/shawk/cmdb/18/data shawk 700\n",
                        "/var/lib/shawk/cmdb/readers/65534 nobody 400\n",
                        "stopped\n== stop: 0\n")
                .containsOnlyOnce("first start");
    }

    @Test
    void anOrdinaryUserHasOneOfHisOwn() throws Exception {
        assertThat(run(AS_NOBODY))
                .contains(
                        "shawk: first start of the embedded PostgreSQL 18.",
                        " answers at /run/home/.local/share/shawk/cmdb/run/socket/.s.PGSQL.5432, and stops",
                        "state    ready\n",
                        "stopped\n== stop: 0\n",
                        "shawk: SHAWK_CMDB_URL is set, so that server is used and not the embedded one; type: env -u"
                                + " SHAWK_CMDB_URL shawk cmdb start\n== start: 2\n",
                        " bytes, the kernel takes 107); set XDG_DATA_HOME or XDG_RUNTIME_DIR to a shorter folder\n"
                                + "== start: 3\n")
                .doesNotContain("secret");
    }

    private String run(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("unshare", "-m", "/bin/sh", "-c", FRESH_HOST + script)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().put("clone", Path.of("").toAbsolutePath().toString());
        builder.environment()
                .put(
                        "java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path output = Files.createTempFile(folder, "said", "");
        Process process = builder.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
