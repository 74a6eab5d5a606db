package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import shawk.model.SocketRecord;
import shawk.nativelib.Sampler.Section;

/** What changes the host, tried on sockets and processes made for it. */
final class ActsTest {
    private static final Path PROC = Path.of("/proc");
    private static final Path NETNS = Path.of("/run/netns");
    private static final long V4_PREFIX = 0xffff_0000_0000L;

    /** The established connections with this port on either side. */
    private static List<SocketKiller.Target> connections(int port) throws NativeException {
        SamplerOptions options = SamplerOptions.everything().withParts(Set.of(SamplerOptions.Part.TCP));
        List<SocketKiller.Target> found = new ArrayList<>();
        try (Sampler sampler = Sampler.open(options)) {
            ControlRecord control = sampler.sample();
            SocketRecord socket = new SocketRecord(sampler.buffer(Section.SOCKETS));
            for (int i = 0; i < control.count(Section.SOCKETS); i++) {
                socket.at(i);
                if (socket.state() == 1 && (socket.lport() == port || socket.rport() == port)) {
                    found.add(target(socket, socket.cookie()));
                }
            }
        }
        return found;
    }

    private static SocketKiller.Target target(SocketRecord socket, long cookie) {
        boolean v4 = socket.family() == 2;
        return new SocketKiller.Target(
                socket.netns(),
                cookie,
                socket.protocol(),
                false,
                v4 ? 0 : socket.laddrHigh(),
                v4 ? V4_PREFIX | socket.laddrHigh() >>> 32 : socket.laddrLow(),
                socket.lport(),
                v4 ? 0 : socket.raddrHigh(),
                v4 ? V4_PREFIX | socket.raddrHigh() >>> 32 : socket.raddrLow(),
                socket.rport(),
                socket.ifindex());
    }

    private static void checkDestroyed(String address) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getByName(address));
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            SocketKiller.Target end = connections(listener.getLocalPort()).get(0);
            SocketKiller.Target newer = new SocketKiller.Target(
                    end.netns(),
                    end.cookie() + 1_000_000,
                    end.protocol(),
                    end.mptcp(),
                    end.localHigh(),
                    end.localLow(),
                    end.localPort(),
                    end.remoteHigh(),
                    end.remoteLow(),
                    end.remotePort(),
                    end.ifindex());
            assertThat(SocketKiller.destroy(PROC, NETNS, List.of(newer, end, end)))
                    .extracting(SocketKiller.Outcome::text)
                    .containsExactly("already gone", "destroyed", "already gone");
            client.setSoTimeout(10_000);
            server.setSoTimeout(10_000);
            assertThatThrownBy(() -> {
                        client.getInputStream().read();
                        server.getInputStream().read();
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void oneSocketIsDestroyedAndNoOtherWithItsAddresses() throws Exception {
        checkDestroyed("127.0.0.1");
        checkDestroyed("::1");
    }

    @Test
    void nothingToDestroyIsNoError() throws NativeException {
        assertThat(SocketKiller.destroy(PROC, NETNS, List.of())).isEmpty();
    }

    @Test
    void outcomesSayWhatToDo() {
        assertThat(new SocketKiller.Outcome(1).text()).contains("CAP_NET_ADMIN");
        assertThat(new SocketKiller.Outcome(95).text()).contains("CONFIG_INET_DIAG_DESTROY");
        assertThat(new SocketKiller.Outcome(22).text()).isEqualTo("invalid argument (EINVAL)");
        assertThat(new SocketKiller.Outcome(2).isGone()).isTrue();
        assertThat(new SocketKiller.Outcome(1).isGone()).isFalse();
    }

    private static long startOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }

    @Test
    void aSignalReachesTheProcessMeantAndNoneWithItsNumber() throws Exception {
        Process child = new ProcessBuilder("/bin/sleep", "60").start();
        try {
            int pid = (int) child.pid();
            long start = startOf(pid);
            assertThatThrownBy(() -> ProcessSignals.send(PROC, pid, start + 1, ProcessSignals.SIGKILL))
                    .hasMessage("process " + pid + " has ended: no such process (ESRCH)");
            assertThat(child.isAlive()).isTrue();
            ProcessSignals.send(PROC, pid, start, ProcessSignals.SIGTERM);
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(128 + ProcessSignals.SIGTERM);
            assertThatThrownBy(() -> ProcessSignals.send(PROC, pid, start, ProcessSignals.SIGTERM))
                    .isInstanceOfSatisfying(
                            NativeException.class, e -> assertThat(e.name()).isEqualTo("ESRCH"));
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aSignalThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ProcessSignals.send(PROC, 1, 0, 65))
                .hasMessage("cannot send signal 65 to process 1: invalid argument (EINVAL)");
    }
}
