package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.store.HostIdentity;

/** Which host this is, where its id is found, and where it is not. */
final class HostIdentityReaderTest {
    private static final String ONE = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path root;

    @BeforeEach
    void nameTheHost() throws IOException {
        write("proc/sys/kernel/hostname", "web-1\n");
        write("proc/sys/kernel/random/boot_id", "b0\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private HostIdentity query(Map<String, String> variables) throws Failure {
        return new HostIdentityReader(root).query(new Environment(variables), root.resolve("spool"));
    }

    private void check(String expected) throws Failure {
        HostIdentity host = query(Map.of());
        assertThat(host.machineId()).isEqualTo(expected);
        assertThat(host.name().value()).isEqualTo("web-1");
        assertThat(host.bootId()).isEqualTo("b0");
    }

    @Test
    void theFirstGoodOneCounts() throws Exception {
        write("sys/class/dmi/id/product_uuid", "FEDCBA98-7654-3210-FEDC-BA9876543210\n");
        check(OTHER);
        write("var/lib/dbus/machine-id", ONE + "\n");
        check(ONE);
        for (String none : new String[] {"", "uninitialized\n", "0".repeat(32), "é".repeat(32), ONE + "0"}) {
            write("etc/machine-id", none);
            check(ONE);
        }
        write("etc/machine-id", OTHER + "\n");
        check(OTHER);
        assertThat(query(Map.of(Environment.MACHINE_ID, ONE)).machineId()).isEqualTo(ONE);
        assertThat(query(Map.of(Environment.MACHINE_ID, "01234567-89AB-cdef-0123-456789abcdef"))
                        .machineId())
                .isEqualTo(ONE);
    }

    @Test
    void oneThatIsMadeUpStays() throws Exception {
        write("sys/class/dmi/id/product_uuid", "03000200-0400-0500-0006-000700080009");
        String made = query(Map.of()).machineId();
        assertThat(HostIdentityReader.parse(made)).isEqualTo(made);
        check(made);
        Path file = root.resolve("spool/machine-id");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(root.resolve("spool").toFile().list()).containsExactly("machine-id");
        Files.writeString(file, "x");
        assertThatThrownBy(() -> query(Map.of())).hasMessageContaining("remove it, or set SHAWK_MACHINE_ID");
    }

    @Test
    void whatIsNoIdIsRefused() throws Exception {
        for (String wrong : new String[] {"1", ONE + ONE, "g".repeat(32), "0".repeat(32)}) {
            assertThatThrownBy(() -> query(Map.of(Environment.MACHINE_ID, wrong)))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("SHAWK_MACHINE_ID='" + wrong.substring(0, 1))
                    .hasMessageContaining("expected 32 hexadecimal digits");
        }
        write("spool", "in the way");
        assertThatThrownBy(() -> query(Map.of())).hasMessageContaining("no /etc/machine-id");
    }
}
