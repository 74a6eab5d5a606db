package shawk.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.support.CaptureFiles;
import shawk.support.Captures;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.support.Segment;
import shawk.tcp.LinkType;
import shawk.tcp.PacketBatch;

/** What real programs said, as inputs of the targets. */
final class Seeds {
    private static final int MOST_BYTES = 8_000;
    private static final int MOST_INPUTS = 60;

    private Seeds() {}

    /** Inputs for a target. */
    static List<byte[]> of(Target target) {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : Recut.names()) {
            List<byte[]> some =
                    switch (target) {
                        case CLIENT_FRAME -> frames(Recut.read(name));
                        case CLIENT_RECORD -> records(Recut.read(name));
                        case CLIENT_STREAM -> streams(Recut.read(name), 2181, 2199);
                        case ZAB_STREAM -> streams(Recut.read(name), 2880, 2889);
                        case FLE_STREAM -> streams(Recut.read(name), 3880, 3889);
                        case SEGMENTS, OMNI -> segments(Recut.read(name));
                        case PACKETS -> packets(Captures.read(name + ".pcap"));
                        case CAPTURE_FILE -> files(CaptureFiles.packets(name));
                    };
            seeds.addAll(some.subList(0, Math.min(MOST_INPUTS, some.size())));
        }
        return seeds;
    }

    private static List<byte[]> frames(List<Segment> segments) {
        List<byte[]> seeds = new ArrayList<>();
        for (Segment s : segments) {
            boolean up = isServer(s.destinationPort(), 2181, 2199);
            if (s.data().length > 8 && (up || isServer(s.sourcePort(), 2181, 2199))) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(up ? 5 : 4);
                out.write(s.data(), 4, s.data().length - 4);
                seeds.add(out.toByteArray());
            }
        }
        return seeds;
    }

    /** Records that {@link ClientRecords} asks for; which reply is to which operation is known by the xid. */
    private static List<byte[]> records(List<Segment> segments) {
        List<byte[]> seeds = new ArrayList<>();
        Map<Long, Integer> asked = new HashMap<>();
        for (Segment s : segments) {
            boolean up = isServer(s.destinationPort(), 2181, 2199);
            ByteBuffer data = ByteBuffer.wrap(s.data());
            if (data.remaining() < 20 || data.getInt(0) != data.remaining() - 4) {
                continue;
            }
            long key = (long) (up ? s.sourcePort() : s.destinationPort()) << 32 | data.getInt(4) & 0xffff_ffffL;
            if (up) {
                asked.put(key, data.getInt(8));
            }
            int[] ops = up ? ClientRecords.REQUESTS : ClientRecords.REPLIES;
            int op = Arrays.binarySearch(ops, asked.getOrDefault(key, -1));
            if (op >= 0) {
                byte[] record = Arrays.copyOfRange(s.data(), up ? 12 : 20, s.data().length);
                seeds.add(PacketMaker.join(new byte[] {(byte) (op << 1 | (up ? 1 : 0))}, record));
            }
        }
        return seeds;
    }

    /** The same few packets, in each format. */
    private static List<byte[]> files(List<CaptureFiles.Packet> all) {
        List<CaptureFiles.Packet> packets = all.subList(0, Math.min(12, all.size()));
        return List.of(
                CaptureFiles.classic(ByteOrder.LITTLE_ENDIAN, false, LinkType.ETHERNET, 262_144, packets),
                CaptureFiles.classic(ByteOrder.BIG_ENDIAN, true, LinkType.ETHERNET, 80, packets),
                new CaptureFiles.Pcapng(ByteOrder.LITTLE_ENDIAN)
                        .add(LinkType.ETHERNET, 262_144, 9, 0)
                        .add(LinkType.ETHERNET, 262_144, 0x80 | 20, 0)
                        .addAll(packets)
                        .bytes(),
                new CaptureFiles.Pcapng(ByteOrder.BIG_ENDIAN)
                        .add(LinkType.ETHERNET, 0, CaptureFiles.MICROS, 0)
                        .addAll(packets)
                        .bytes());
    }

    private static boolean isServer(int port, int from, int to) {
        return port >= from && port <= to;
    }

    /** One input a connection. */
    private static List<byte[]> streams(List<Segment> segments, int from, int to) {
        List<Segment> firsts = new ArrayList<>();
        List<ByteArrayOutputStream> outs = new ArrayList<>();
        for (Segment s : segments) {
            boolean up = isServer(s.destinationPort(), from, to);
            if (s.data().length == 0 || !up && !isServer(s.sourcePort(), from, to)) {
                continue;
            }
            int i = 0;
            while (i < firsts.size() && !s.isLike(firsts.get(i)) && !s.answers(firsts.get(i))) {
                i++;
            }
            if (i == firsts.size()) {
                firsts.add(s);
                outs.add(new ByteArrayOutputStream());
                outs.get(i).write(1);
            }
            if (outs.get(i).size() + s.data().length < MOST_BYTES) {
                outs.get(i).write(up ? 1 : 0);
                chunk(outs.get(i), s.data());
            }
        }
        return outs.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    private static void chunk(ByteArrayOutputStream out, byte[] data) {
        out.write(data.length >> 8);
        out.write(data.length);
        out.writeBytes(data);
    }

    private static List<byte[]> segments(List<Segment> segments) {
        List<byte[]> seeds = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Segment> first = Recut.wrap(segments.subList(0, Math.min(400, segments.size())), 100);
        for (Segment s : first) {
            boolean zk = isServer(s.destinationPort(), 2181, 2199);
            boolean zab = isServer(s.destinationPort(), 2880, 2889);
            boolean fle = isServer(s.destinationPort(), 3880, 3889);
            boolean up = zk || zab || fle;
            int server = up ? s.destinationPort() : s.sourcePort();
            int kind = server < 2800 ? 0 : server < 3800 ? 1 : 2;
            int flags = s.has(Segment.SYN) ? s.has(Segment.ACK) ? 5 : 4 : s.has(Segment.FIN) ? 6 : 0;
            out.write((up ? 1 : 0) | kind << 1 | flags << 3);
            out.write(s.sequence() >> 8);
            out.write(s.sequence());
            out.write(s.acknowledgement() >> 8);
            out.write(s.acknowledgement());
            chunk(out, s.data());
            if (out.size() > MOST_BYTES) {
                seeds.add(out.toByteArray());
                out.reset();
            }
        }
        seeds.add(out.toByteArray());
        return seeds;
    }

    private static List<byte[]> packets(PacketBatch batch) {
        List<byte[]> seeds = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < Math.min(300, batch.count); i++) {
            int from = batch.offset[i];
            out.write(0);
            chunk(out, Arrays.copyOfRange(batch.bytes, from, from + batch.captured[i]));
            if (out.size() > MOST_BYTES) {
                seeds.add(out.toByteArray());
                out.reset();
            }
        }
        seeds.add(out.toByteArray());
        return seeds;
    }
}
