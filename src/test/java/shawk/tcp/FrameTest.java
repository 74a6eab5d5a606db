package shawk.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.PacketMaker.address;
import static shawk.support.PacketMaker.ethernet;
import static shawk.support.PacketMaker.ip;
import static shawk.support.PacketMaker.ipv4;
import static shawk.support.PacketMaker.ipv6;
import static shawk.support.PacketMaker.join;
import static shawk.support.PacketMaker.tcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.Segment;

final class FrameTest {
    private static final byte[] V6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final Segment V4 = segment(address(1), address(2), "hello");
    private static final Segment SIX = segment(V6, V6, "hello");
    private static final String GOOD = "10.0.0.1:1025 > 10.0.0.2:2181 flags=16 hello";
    private static final String GOOD6 = "[2001:db8::1]:1025 > [2001:db8::1]:2181 flags=16 hello";

    private static Segment segment(byte[] source, byte[] destination, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.US_ASCII);
        return new Segment(0, source, 1025, destination, 2181, 7, 9, Segment.ACK, bytes);
    }

    @Test
    void links() {
        byte[] v4 = ip(V4);
        check(LinkType.ETHERNET, ethernet(v4), GOOD);
        check(LinkType.ETHERNET, ethernet(ip(SIX)), GOOD6);
        check(LinkType.ETHERNET, tagged(v4, 0x81, 0), GOOD);
        check(LinkType.ETHERNET, join(new byte[12], bytes(0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 8, 0), v4), GOOD);
        check(LinkType.ETHERNET, join(new byte[12], bytes(8, 6), v4), "NOT_IP");
        check(LinkType.RAW, v4, GOOD);
        check(LinkType.RAW_BSD, ip(SIX), GOOD6);
        check(LinkType.IPV4, v4, GOOD);
        check(LinkType.IPV6, ip(SIX), GOOD6);
        check(LinkType.RAW, bytes(0x50, 0, 0), "NOT_IP");
        check(LinkType.NULL, join(bytes(2, 0, 0, 0), v4), GOOD);
        check(LinkType.NULL, join(bytes(0, 0, 0, 2), v4), GOOD);
        check(LinkType.LOOP, join(bytes(0, 0, 0, 2), v4), GOOD);
        for (int family : new int[] {10, 24, 28, 30}) {
            check(LinkType.NULL, join(bytes(family, 0, 0, 0), ip(SIX)), GOOD6);
            check(LinkType.LOOP, join(bytes(0, 0, 0, family), ip(SIX)), GOOD6);
        }
        check(LinkType.NULL, join(bytes(7, 0, 0, 0), v4), "NOT_IP");
        check(LinkType.LINUX_SLL, join(new byte[14], bytes(8, 0), v4), GOOD);
        check(LinkType.LINUX_SLL, join(new byte[14], bytes(0x81, 0, 0, 5, 0x86, 0xdd), ip(SIX)), GOOD6);
        check(LinkType.LINUX_SLL2, join(bytes(8, 0), new byte[18], v4), GOOD);
        check(LinkType.LINUX_SLL2, join(bytes(0x86, 0xdd), new byte[18], ip(SIX)), GOOD6);
        check(147, v4, "NOT_IP");
    }

    private static byte[] tagged(byte[] ip, int high, int low) {
        return join(new byte[12], bytes(high, low, 0, 1, 8, 0), ip);
    }

    @Test
    void padding() {
        Segment empty = segment(address(1), address(2), "");
        check(LinkType.ETHERNET, join(ethernet(ip(empty)), new byte[6]), "10.0.0.1:1025 > 10.0.0.2:2181 flags=16 ");
        check(LinkType.ETHERNET, join(ethernet(ip(SIX)), new byte[6]), GOOD6);
    }

    @Test
    void optionsAndExtensions() {
        byte[] withOptions = tcp(V4, bytes(1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2));
        check(LinkType.RAW, ipv4(V4, withOptions.length, 0, withOptions), GOOD);
        check(LinkType.RAW, ipv4(V4, withOptions.length, 0, withOptions, bytes(7, 4, 0, 0)), GOOD);
        byte[] tcp = tcp(SIX);
        byte[] extensions = join(
                bytes(60, 0, 0, 0, 0, 0, 0, 0),
                bytes(43, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                bytes(51, 0, 0, 0, 0, 0, 0, 0),
                bytes(6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        check(LinkType.RAW, ipv6(SIX, 0, extensions.length + tcp.length, join(extensions, tcp)), GOOD6);
        check(LinkType.RAW, ipv6(SIX, 50, tcp.length, tcp), "NOT_TCP");
        check(LinkType.RAW, ipv6(SIX, 59, tcp.length, tcp), "NOT_TCP");
        check(LinkType.RAW, ipv6(SIX, 0, 4, new byte[4]), "BAD");
    }

    @Test
    void fragments() {
        byte[] tcp = tcp(V4);
        check(LinkType.RAW, ipv4(V4, tcp.length, 0x2000, tcp), GOOD);
        check(LinkType.RAW, ipv4(V4, 8, 0x2000, Arrays.copyOf(tcp, 8)), "FRAGMENT");
        check(LinkType.RAW, ipv4(V4, tcp.length, 0x2003, tcp), "FRAGMENT");
        check(LinkType.RAW, ipv4(V4, tcp.length, 0x4000, tcp), GOOD);
        byte[] six = tcp(SIX);
        check(LinkType.RAW, ipv6(SIX, 44, 8 + six.length, join(bytes(6, 0, 0, 1, 0, 0, 0, 9), six)), GOOD6);
        check(LinkType.RAW, ipv6(SIX, 44, 8 + six.length, join(bytes(6, 0, 0, 8, 0, 0, 0, 9), six)), "FRAGMENT");
        check(LinkType.RAW, ipv6(SIX, 44, 8 + six.length, join(bytes(17, 0, 0, 8, 0, 0, 0, 9), six)), "NOT_TCP");
        // A FIN stands behind data that go on in another fragment.
        Segment fin = V4.with(7, 9, Segment.FIN | Segment.ACK, V4.data());
        check(LinkType.RAW, ipv4(fin, tcp.length, 0x2000, tcp(fin)), GOOD);
    }

    @Test
    void lengths() {
        byte[] tcp = tcp(V4);
        check(LinkType.RAW, ipv4(V4, -20, 0, tcp), GOOD);
        check(LinkType.RAW, ipv6(SIX, 6, 0, tcp(SIX)), GOOD6);
        check(LinkType.RAW, ipv4(V4, tcp.length + 1, 0, tcp), "BAD");
        check(LinkType.RAW, ipv4(V4, 19, 0, tcp), "BAD");
        check(LinkType.RAW, ipv4(V4, -10, 0, tcp), "BAD");
        byte[] tooLong = tcp(V4);
        tooLong[12] = (byte) 0xf0;
        check(LinkType.RAW, ipv4(V4, tooLong.length, 0, tooLong), "BAD");
        tooLong[12] = 0x40;
        check(LinkType.RAW, ipv4(V4, tooLong.length, 0, tooLong), "BAD");
        byte[] udp = ip(V4);
        udp[9] = 17;
        check(LinkType.RAW, udp, "NOT_TCP");
    }

    @Test
    void cutBySnapLength() {
        byte[] whole = ethernet(ip(V4));
        for (int n = 0; n < whole.length; n++) {
            Frame frame = new Frame();
            Frame.Verdict verdict = frame.parse(Arrays.copyOf(whole, n), 0, n, whole.length, LinkType.ETHERNET);
            if (n < 54) {
                assertThat(verdict).as("%d bytes", n).isEqualTo(Frame.Verdict.CUT);
            } else {
                assertThat(verdict).isEqualTo(Frame.Verdict.SEGMENT);
                assertThat(frame.dataLength).isEqualTo(5);
                assertThat(frame.dataTo - frame.dataFrom).isEqualTo(n - 54);
            }
        }
    }

    /** It looks at nothing behind what was captured: those bytes do not change what it says. */
    @Test
    void anyBytes() {
        Random random = new Random(1);
        Frame frame = new Frame();
        int[] links = {
            LinkType.NULL, LinkType.ETHERNET, LinkType.RAW, LinkType.LOOP, LinkType.LINUX_SLL, LinkType.LINUX_SLL2
        };
        byte[][] good = {ethernet(ip(V4)), ethernet(ip(SIX)), ip(V4), ip(SIX)};
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = good[random.nextInt(good.length)].clone();
            for (int k = random.nextInt(6); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                random.nextBytes(bytes);
            }
            int captured = random.nextInt(bytes.length + 1);
            int wire = random.nextInt(8) == 0 ? random.nextInt() : captured + random.nextInt(20);
            int link = links[random.nextInt(links.length)];
            Frame.Verdict verdict = frame.parse(bytes, 0, captured, wire, link);
            if (verdict == Frame.Verdict.SEGMENT) {
                assertThat(frame.dataFrom).isBetween(20, captured);
                assertThat(frame.dataTo).isBetween(frame.dataFrom, captured);
                assertThat(frame.dataLength).isGreaterThanOrEqualTo(frame.dataTo - frame.dataFrom);
            }
            assertThat(frame.parse(Arrays.copyOf(bytes, captured), 0, captured, wire, link))
                    .isEqualTo(verdict);
        }
    }

    private static void check(int link, byte[] packet, String expected) {
        byte[] shifted = join(new byte[3], packet, new byte[3]);
        Frame f = new Frame();
        Frame.Verdict verdict = f.parse(shifted, 3, packet.length, packet.length, link);
        String found = verdict == Frame.Verdict.SEGMENT
                ? Connection.endpoint(f.sourceHigh, f.sourceLow, f.sourcePort)
                        + " > "
                        + Connection.endpoint(f.destinationHigh, f.destinationLow, f.destinationPort)
                        + " flags="
                        + f.flags
                        + ' '
                        + new String(shifted, f.dataFrom, f.dataTo - f.dataFrom, StandardCharsets.US_ASCII)
                : verdict.name();
        assertThat(found).isEqualTo(expected);
        if (verdict == Frame.Verdict.SEGMENT) {
            assertThat(f.sequence).isEqualTo(7);
            assertThat(f.acknowledgement).isEqualTo(9);
            assertThat(f.dataLength).isEqualTo(f.dataTo - f.dataFrom);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
