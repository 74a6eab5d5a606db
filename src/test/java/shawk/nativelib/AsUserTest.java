package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsUserTest {
    private static final long NOBODY = 65534;

    @TempDir
    Path folder;

    private static long self() throws IOException {
        return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    }

    /** As root the other user's rights hold, for that work and no longer; anybody else may not act for others. */
    @Test
    void onlyTheWorkHasTheOthersRights() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        if (self() == 0) {
            assertThatThrownBy(() -> AsUser.call(NOBODY, NOBODY, () -> Files.readString(secret)))
                    .isInstanceOf(AccessDeniedException.class);
        } else {
            assertThatThrownBy(() -> AsUser.call(NOBODY, NOBODY, () -> ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not permitted");
        }
        assertThat(Files.readString(secret)).isEqualTo("x");
    }
}
