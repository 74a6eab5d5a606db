package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.HolderRecord;
import shawk.model.ProcessRecord;
import shawk.model.SocketRecord;
import shawk.nativelib.Sampler.Section;

/** The sampler on this very host: own sockets with this process as their holder, and buffers that grow. */
final class SamplerTest {
    /** More than a sampler starts with. */
    private static final int MANY = 1_500;

    private static boolean holdsPort(Sampler sampler, ControlRecord control, int port, long pid) {
        SocketRecord socket = new SocketRecord(sampler.buffer(Section.SOCKETS));
        HolderRecord holder = new HolderRecord(sampler.buffer(Section.HOLDERS));
        ProcessRecord process = new ProcessRecord(sampler.buffer(Section.PROCESSES));
        for (int i = 0; i < control.count(Section.HOLDERS); i++) {
            holder.at(i);
            socket.at(holder.sock());
            process.at(holder.process());
            if (socket.lport() == port && process.pid() == pid) {
                return true;
            }
        }
        return false;
    }

    private static void check(SocketSource source) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress());
                Sampler sampler = Sampler.open(SamplerOptions.everything().withSockets(source))) {
            ControlRecord control = sampler.sample();
            assertThat(control.count(Section.NAMESPACES)).isPositive();
            assertThat(control.malformed()).isZero();
            assertThat(holdsPort(
                            sampler,
                            control,
                            listener.getLocalPort(),
                            ProcessHandle.current().pid()))
                    .isTrue();
        }
    }

    @Test
    void netlinkShowsOwnListener() throws Exception {
        check(SocketSource.DIAG);
    }

    @Test
    void procShowsOwnListener() throws Exception {
        check(SocketSource.PROC);
    }

    @Test
    void buffersGrowUntilEverySocketFits() throws Exception {
        long self = ProcessHandle.current().pid();
        List<ServerSocket> listeners = new ArrayList<>();
        try (Sampler sampler = Sampler.open(SamplerOptions.everything())) {
            for (int i = 0; i < MANY; i++) {
                listeners.add(new ServerSocket(0));
            }
            ControlRecord control = sampler.sample();
            assertThat(control.count(Section.SOCKETS)).isGreaterThanOrEqualTo(MANY);
            for (ServerSocket listener : listeners) {
                assertThat(holdsPort(sampler, control, listener.getLocalPort(), self))
                        .isTrue();
            }
        } finally {
            for (ServerSocket listener : listeners) {
                listener.close();
            }
        }
    }

    @Test
    void missingTreeIsOneClearLine(@TempDir Path empty) {
        SamplerOptions options = new SamplerOptions(
                empty.resolve("none"),
                empty,
                SocketSource.DIAG,
                NamespaceScope.ALL,
                0,
                EnumSet.allOf(SamplerOptions.Part.class));
        assertThatThrownBy(() -> Sampler.open(options))
                .isInstanceOf(NativeException.class)
                .hasMessage("cannot read processes below " + empty.resolve("none")
                        + ": no such file or directory (ENOENT)");
    }

    @Test
    void namespaceThatIsNotThereIsSaid() throws NativeException {
        try (Sampler sampler = Sampler.open(SamplerOptions.everything().withScope(NamespaceScope.INODE, 1))) {
            ControlRecord control = sampler.sample();
            assertThat(control.count(Section.SOCKETS)).isZero();
            assertThat(control.count(Section.NAMESPACES)).isEqualTo(1);
            assertThat(new shawk.model.NetnsRecord(sampler.buffer(Section.NAMESPACES)).error())
                    .isEqualTo(2);
        }
    }

    @Test
    void nameThatIsNoNamespaceIsRefused(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("plain"));
        assertThatThrownBy(() -> NetworkNamespaces.inodeOf(folder, "plain"))
                .isInstanceOfSatisfying(
                        NativeException.class, e -> assertThat(e.name()).isEqualTo("EINVAL"));
        assertThatThrownBy(() -> NetworkNamespaces.inodeOf(folder, "absent"))
                .hasMessage("no network namespace absent: no such file or directory (ENOENT)");
        assertThatThrownBy(() -> NetworkNamespaces.inodeOf(folder, "../plain"))
                .isInstanceOfSatisfying(
                        NativeException.class, e -> assertThat(e.name()).isEqualTo("EINVAL"));
    }

    @Test
    void selfUsageIsPlausible() throws NativeException {
        long before = SelfUsage.cpuMicros();
        assertThat(before).isPositive();
        assertThat(SelfUsage.cpuMicros()).isGreaterThanOrEqualTo(before);
        assertThat(SelfUsage.residentKib()).isGreaterThan(1024);
    }
}
