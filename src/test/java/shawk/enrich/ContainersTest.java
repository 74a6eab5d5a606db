package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.RawText;

/** Who waits for the files of runtimes, and whose files they are. */
final class ContainersTest {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final String DIGITS = "0123456789abcdef".repeat(4);

    @TempDir
    private Path root;

    private void container(Path folder, String name) throws IOException {
        Path dir = Files.createDirectories(folder.resolve(DIGITS));
        Files.writeString(dir.resolve("config.v2.json"), "{\"Name\":\"/" + name + "\"}");
    }

    @Test
    void anAnswerComesWithoutWaiting() throws IOException {
        container(root.resolve("var/lib/docker/containers"), "web");
        Containers containers = new Containers(ContainerRoots.of(root), 0);
        ContainerId id = new ContainerId(DIGITS, ContainerId.HOST);
        ContainerName name = containers.find(id);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (name == null && System.nanoTime() < end) {
            Thread.onSpinWait();
            name = containers.find(id);
        }
        checkName(name, "web");
    }

    @Test
    void whoIsPatientWaits() throws IOException {
        container(root.resolve("var/lib/docker/containers"), "web");
        Containers containers = new Containers(ContainerRoots.of(root), PATIENCE_MILLIS);
        checkName(containers.find(new ContainerId(DIGITS, ContainerId.HOST)), "web");
    }

    /** A user may call his control groups what he likes: he names none of the host's containers by it. */
    @Test
    void usersHaveTheirOwn() throws IOException {
        container(root.resolve("var/lib/docker/containers"), "web");
        Path home = root.resolve("home/u");
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "u:x:1000:1000::" + home + ":/bin/sh\n");
        Containers containers = new Containers(ContainerRoots.of(root), PATIENCE_MILLIS);
        assertThat(containers.find(new ContainerId(DIGITS, 1000))).isEqualTo(ContainerName.UNKNOWN);
        container(home.resolve(".local/share/docker/containers"), "mine");
        Containers later = new Containers(ContainerRoots.of(root), PATIENCE_MILLIS);
        checkName(later.find(new ContainerId(DIGITS, 1000)), "mine");
        assertThat(later.find(new ContainerId(DIGITS, 1001))).isEqualTo(ContainerName.UNKNOWN);
    }

    private static void checkName(@Nullable ContainerName found, String expected) {
        assertThat(found).isNotNull().isEqualTo(new ContainerName(RawText.of(expected), RawText.EMPTY));
    }

    @Test
    void homes() {
        String passwd = "root:x:0:0:root:/root:/bin/sh\nbad\nu:x:7:7::home:/bin/sh\nv:x:8:8::/h\nw:x:z:8::/h:/x\n";
        assertThat(Containers.parseHomes(passwd.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of(0L, Path.of("/root"), 8L, Path.of("/h")));
    }
}
