package shawk.source.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shawk.support.PrivateNetwork;
import shawk.tcp.LinkType;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets.Outcome;
import shawk.tcp.PacketsException;

/** What passes the interfaces of a network namespace that the test has to itself. */
final class LivePacketsTest {
    private static final int PORT = 2181;
    private static final int PIECES = 200;

    private static PrivateNetwork network;

    @BeforeAll
    static void open() throws Exception {
        network = PrivateNetwork.open();
    }

    @AfterAll
    static void close() throws Exception {
        network.close();
    }

    private static CaptureFilter port() {
        return CaptureFilter.none().withPorts(List.of(new PortRange(PORT, PORT)));
    }

    /** One connection in which {@code pieces} go to the server, each answered by a byte. */
    private static void talk(InetAddress address, int port, int pieces) throws IOException {
        byte[] piece = new byte[100];
        try (ServerSocket listener = new ServerSocket(port, 1, address);
                Socket client = new Socket(address, port);
                Socket server = listener.accept()) {
            client.setTcpNoDelay(true);
            InputStream asked = server.getInputStream();
            OutputStream answers = server.getOutputStream();
            for (int i = 0; i < pieces; i++) {
                client.getOutputStream().write(piece);
                assertThat(asked.readNBytes(piece.length)).hasSize(piece.length);
                answers.write(i);
                assertThat(client.getInputStream().read()).isEqualTo(i & 0xff);
            }
        }
    }

    /** All that has come until none comes any more. */
    private static List<byte[]> drain(LivePackets packets) throws PacketsException {
        List<byte[]> all = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        while (packets.next(batch, 300) == Outcome.PACKETS) {
            for (int i = 0; i < batch.count; i++) {
                assertThat(batch.captured[i]).isEqualTo(batch.wire[i]);
                assertThat(batch.link[i]).isEqualTo(packets.linkType());
            }
            Captures.add(all, batch);
        }
        return all;
    }

    /** Where payload of TCP begins, of {@code frame} behind a link header of {@code link} bytes and IPv4's own 20. */
    private static int payload(byte[] frame, int link) {
        return link + 20 + ((frame[link + 20 + 12] & 0xf0) >> 2);
    }

    /** Sequence number and direction of each segment with payload: each is there, and once. */
    private static void checkEachOnce(List<byte[]> frames, int link) {
        Set<String> seen = new HashSet<>();
        int bytes = 0;
        for (byte[] frame : frames) {
            int payload = payload(frame, link);
            int tail = (((frame[link + 2] & 0xff) << 8) | (frame[link + 3] & 0xff)) + link - payload;
            if (tail > 0) {
                StringBuilder key = new StringBuilder();
                for (int i = link + 20; i < link + 28; i++) {
                    key.append(frame[i]).append(' ');
                }
                assertThat(seen.add(key.toString())).as("twice: " + key).isTrue();
                bytes += tail;
            }
        }
        assertThat(seen).hasSize(2 * PIECES);
        assertThat(bytes).isEqualTo(101 * PIECES);
    }

    private static void check(String name, int link, int linkBytes) throws Exception {
        network.inside(() -> {
            try (LivePackets packets = LivePackets.open(name, port(), 0)) {
                assertThat(packets.linkType()).isEqualTo(link);
                talk(InetAddress.getByName("127.0.0.1"), PORT, PIECES);
                talk(InetAddress.getByName("127.0.0.1"), PORT + 1, 3);
                List<byte[]> frames = drain(packets);
                checkEachOnce(frames, linkBytes);
                assertThat(packets.dropped()).isZero();
                assertThat(packets.stats().received()).isEqualTo(frames.size());
            }
            return null;
        });
    }

    @Test
    void eachFrameOfLoopbackOnce() throws Exception {
        check("lo", LinkType.ETHERNET, 14);
    }

    @Test
    void eachFrameOfAllInterfacesOnce() throws Exception {
        check(LivePackets.ANY, LinkType.LINUX_SLL, 16);
    }

    @Test
    void ipv6Too() throws Exception {
        network.inside(() -> {
            try (LivePackets packets = LivePackets.open("lo", port(), 0)) {
                talk(InetAddress.getByName("::1"), PORT, 5);
                assertThat(drain(packets))
                        .hasSizeGreaterThanOrEqualTo(2 * 5 + 5)
                        .allMatch(frame -> (frame[12] & 0xff) == 0x86);
            }
            return null;
        });
    }

    @Test
    void aWaitEndsWhenItIsToldTo() throws Exception {
        network.inside(() -> {
            try (LivePackets packets = LivePackets.open("lo", port(), 1 << 20)) {
                PacketBatch batch = new PacketBatch();
                CompletableFuture<Void> told = CompletableFuture.runAsync(packets::interrupt);
                assertThat(packets.next(batch, -1)).isEqualTo(Outcome.NONE);
                told.get(10, TimeUnit.SECONDS);
                assertThat(packets.next(batch, 0)).isEqualTo(Outcome.NONE);
            }
            return null;
        });
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        network.inside(() -> {
            assertThatThrownBy(() -> LivePackets.open("eth99", port(), 0))
                    .isInstanceOf(PacketsException.class)
                    .hasMessage("no interface eth99; there are any, lo");
            assertThatThrownBy(() -> LivePackets.open("lo", port().withRaw("prt 1"), 0))
                    .isInstanceOf(PacketsException.class)
                    .hasMessageStartingWith("the packet filter 'prt 1' does not compile: ");
            return null;
        });
    }

    /** An interface that goes away while it is listened to. */
    @Test
    void anInterfaceThatGoes() throws Exception {
        network.inside(() -> {
            ip("link", "add", "gone0", "type", "veth");
            ip("link", "set", "gone0", "up");
            try (LivePackets packets = LivePackets.open("gone0", CaptureFilter.none(), 1 << 20)) {
                ip("link", "del", "gone0");
                PacketBatch batch = new PacketBatch();
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                packets.next(batch, 100);
                            }
                        })
                        .isInstanceOf(PacketsException.class)
                        .hasMessageStartingWith("capturing on gone0 ended: ");
            }
            return null;
        });
    }

    private static void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", network.name()));
        command.addAll(List.of(arguments));
        shawk.support.Commands.output(command.toArray(String[]::new));
    }
}
