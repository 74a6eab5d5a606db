package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.support.PacketMaker;
import shawk.support.Segment;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;

/** What is said at the end of a run: only what was, and advice that helps. */
final class ZkLossesTest {
    private static final byte[] NONE = {};

    private static final MessageSink NOBODY = new MessageSink() {
        @Override
        public void message(Message message) {
            // Not of interest.
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            // Neither.
        }
    };

    private static Segment segment(int client, int server, int flags, byte[] data) {
        return new Segment(1, PacketMaker.address(1), client, PacketMaker.address(2), server, 7, 9, flags, data);
    }

    private static String said(StreamLimits limits, List<Segment> segments, String... options) throws Failure {
        List<String> words = new ArrayList<>(List.of("zk", "dump"));
        words.addAll(List.of(options));
        CaptureSettings settings =
                new CaptureParser(ArgumentParser.parse(words.toArray(String[]::new))).parse(Opt.ZK_ZOOKEEPER_PORT);
        Dissector dissector = new Dissector(settings.portSet(), new Ports(), new Ports(), DecodeLimits.DEFAULT, NOBODY);
        Streams streams = new Streams(dissector, limits);
        PacketMaker.feed(streams, segments);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        new ZkLosses(notices, settings, DebugLog.OFF).say(new ZkRun.State(new NoPackets(), streams));
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String said(List<Segment> segments, String... options) throws Failure {
        return said(StreamLimits.DEFAULT, segments, options);
    }

    @Test
    void nothingAtAll() throws Failure {
        assertThat(said(List.of())).isEqualTo("shawk: no packet came: there was nothing of port 2181 on any\n");
        assertThat(said(List.of(), "--offline", "a.pcap")).isEqualTo("shawk: a.pcap holds no packet\n");
        assertThat(said(List.of(), "--offline", "-", "--packet-filter", "udp"))
                .isEqualTo("shawk: standard input holds no packet for --packet-filter\n");
    }

    @Test
    void connectionsThatAreIdle() throws Failure {
        List<Segment> idle = List.of(segment(5_000, 2_181, Segment.ACK, NONE), segment(5_000, 80, Segment.ACK, NONE));
        assertThat(said(idle)).isEqualTo("shawk: of 2 packets none holds data of port 2181: they were idle\n");
    }

    @Test
    void portsThatACaptureHas() throws Failure {
        List<Segment> other = List.of(
                segment(5_000, 2_191, Segment.ACK, NONE),
                segment(2_192, 5_001, Segment.ACK, NONE),
                segment(5_002, 40_000, Segment.SYN, NONE),
                segment(5_000, 2_191, Segment.ACK, NONE));
        assertThat(said(other, "--zookeeper-port", "2181,2183-2185"))
                .isEqualTo("shawk: of 4 packets none is of ports 2181, 2183-2185; most are of ports 2191, 2192, 40000:"
                        + " name the servers' with --zookeeper-port\n");
        assertThat(said(other, "--client-port", "77")).isEqualTo("shawk: of 4 packets none is of clients at port 77\n");
    }

    @Test
    void tooManyConnectionsAreNoMatterOfBuffers() throws Failure {
        List<Segment> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.add(segment(5_000 + i, 2_181, Segment.ACK, new byte[] {0, 0}));
        }
        StreamLimits two = new StreamLimits(1 << 20, 1 << 20, 1 << 20, 2, 100_000, 10_000_000);
        assertThat(said(two, many))
                .contains("shawk: 3 connections were let go, idle longest first: more than ", "--include-host")
                .doesNotContain("--max-buffer");
        StreamLimits small = new StreamLimits(256, 1 << 20, 1 << 20, 100, 100_000, 10_000_000);
        List<Segment> large = List.of(
                segment(5_000, 2_181, Segment.SYN, NONE),
                segment(5_000, 2_181, Segment.ACK, new byte[400]).with(8, 9, Segment.ACK, head(400)));
        assertThat(said(small, large)).contains("let go for want of room; raise --max-buffer");
    }

    private static byte[] head(int length) {
        byte[] data = new byte[length];
        data[2] = 4;
        data[3] = 45;
        return data;
    }
}
