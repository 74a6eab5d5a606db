package shawk.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import shawk.tcp.LinkType;
import shawk.tcp.PacketBatch;
import shawk.tcp.Streams;

/** Builds packets of segments, header by header, and batches of packets. */
public final class PacketMaker {
    private PacketMaker() {}

    /** TCP's header, with {@code options} (a multiple of four bytes), and the data. */
    public static byte[] tcp(Segment s, byte... options) {
        ByteBuffer out = ByteBuffer.allocate(20 + options.length + s.data().length);
        out.putShort((short) s.sourcePort()).putShort((short) s.destinationPort());
        out.putInt(s.sequence()).putInt(s.acknowledgement());
        out.put((byte) (5 + options.length / 4 << 4)).put((byte) s.flags()).putShort((short) 512);
        return out.putInt(0).put(options).put(s.data()).array();
    }

    /** IPv4 or IPv6, whichever the addresses are, around TCP without options. */
    public static byte[] ip(Segment s) {
        byte[] tcp = tcp(s);
        return s.source().length == 4 ? ipv4(s, tcp.length, 0, tcp) : ipv6(s, 6, tcp.length, tcp);
    }

    /**
     * @param length of what is behind the header, as the header says; with -20 - {@code options.length} it says 0
     * @param fragment flags and offset, 0x2000 = more fragments
     */
    public static byte[] ipv4(Segment s, int length, int fragment, byte[] payload, byte... options) {
        ByteBuffer out = ByteBuffer.allocate(20 + options.length + payload.length);
        out.put((byte) (0x45 + options.length / 4)).put((byte) 0);
        out.putShort((short) (20 + options.length + length)).putShort((short) 1);
        out.putShort((short) fragment).put((byte) 64).put((byte) 6).putShort((short) 0);
        return out.put(s.source())
                .put(s.destination())
                .put(options)
                .put(payload)
                .array();
    }

    /** @param next number of the header behind this one */
    public static byte[] ipv6(Segment s, int next, int length, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(40 + payload.length);
        out.putInt(0x6000_0000).putShort((short) length).put((byte) next).put((byte) 64);
        return out.put(s.source()).put(s.destination()).put(payload).array();
    }

    /** Ethernet around an IP packet. */
    public static byte[] ethernet(byte[] ip) {
        return join(
                new byte[12], new byte[] {ip[0] >> 4 == 4 ? 8 : (byte) 0x86, ip[0] >> 4 == 4 ? 0 : (byte) 0xdd}, ip);
    }

    /** All of them, one behind the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** {@code 10.0.0.n} */
    public static byte[] address(int n) {
        return new byte[] {10, 0, 0, (byte) n};
    }

    /** Segments as whole packets over Ethernet. */
    public static PacketBatch batch(List<Segment> segments) {
        PacketBatch batch = new PacketBatch();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batch.count = segments.size();
        batch.micros = new long[batch.count];
        batch.offset = new int[batch.count];
        batch.captured = new int[batch.count];
        batch.wire = new int[batch.count];
        batch.link = new int[batch.count];
        Arrays.fill(batch.link, LinkType.ETHERNET);
        for (int i = 0; i < batch.count; i++) {
            byte[] packet = ethernet(ip(segments.get(i)));
            batch.micros[i] = segments.get(i).micros();
            batch.offset[i] = bytes.size();
            batch.captured[i] = packet.length;
            batch.wire[i] = packet.length;
            bytes.writeBytes(packet);
        }
        batch.bytes = bytes.toByteArray();
        return batch;
    }

    /** Lets streams take segments, and ends them. */
    public static void feed(Streams streams, List<Segment> segments) {
        streams.take(batch(segments));
        streams.finish(
                segments.isEmpty() ? 0 : segments.get(segments.size() - 1).micros());
    }
}
