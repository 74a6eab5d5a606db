package shawk.support;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import shawk.tcp.PacketBatch;

/** Writes capture files in every form that there is of them. */
public final class CaptureFiles {
    /** The resolution of times where an interface does not say one. */
    public static final int MICROS = 6;

    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int SIMPLE = 3;
    private static final int ENHANCED = 6;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;
    private static final long SECOND = 1_000_000;

    private CaptureFiles() {}

    /** @param micros since the epoch */
    public record Packet(long micros, byte[] bytes) {}

    /** The packets of a capture in {@code src/test/resources/zk}: {@code java-mix}. */
    public static List<Packet> packets(String name) {
        PacketBatch batch = Captures.read(name + ".pcap");
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < batch.count; i++) {
            int from = batch.offset[i];
            packets.add(new Packet(batch.micros[i], Arrays.copyOfRange(batch.bytes, from, from + batch.captured[i])));
        }
        return packets;
    }

    /** @param snap bytes of each packet at most */
    public static byte[] classic(ByteOrder order, boolean nanos, int link, int snap, List<Packet> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(numbers(order, nanos ? 0xa1b23c4d : 0xa1b2c3d4));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(order)
                .putShort((short) 2)
                .putShort((short) 4)
                .array());
        out.writeBytes(numbers(order, 0, 0, snap, link));
        for (Packet each : packets) {
            int captured = Math.min(snap, each.bytes.length);
            int part = (int) (each.micros % SECOND) * (nanos ? 1_000 : 1);
            out.writeBytes(numbers(order, (int) (each.micros / SECOND), part, captured, each.bytes.length));
            out.write(each.bytes, 0, captured);
        }
        return out.toByteArray();
    }

    private static byte[] numbers(ByteOrder order, int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    /** A file of blocks. */
    public static final class Pcapng {
        private final ByteOrder order;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final List<int[]> interfaces = new ArrayList<>();

        /** Begins with a section. */
        public Pcapng(ByteOrder order) {
            this.order = order;
            section();
        }

        /** Another section, which has no interfaces yet. */
        public Pcapng section() {
            interfaces.clear();
            return block(SECTION, numbers(order, 0x1a2b3c4d, order == ByteOrder.BIG_ENDIAN ? 0x10000 : 1, -1, -1));
        }

        /**
         * An interface.
         *
         * @param snap 0 = no bound
         * @param resolution of times, as if_tsresol has it: 6 = microseconds, 0x80 | 20 = 2^-20 s
         * @param offset seconds that are to be added
         */
        public Pcapng add(int link, int snap, int resolution, int offset) {
            interfaces.add(new int[] {resolution, offset});
            ByteBuffer body = ByteBuffer.allocate(32).order(order);
            body.putShort((short) link).putShort((short) 0).putInt(snap);
            if (resolution != MICROS) {
                body.putShort((short) IF_TSRESOL).putShort((short) 1);
                body.put((byte) resolution).put(new byte[3]);
            }
            if (offset != 0) {
                body.putShort((short) IF_TSOFFSET).putShort((short) 8).putLong(offset);
            }
            body.putInt(0);
            return block(INTERFACE, Arrays.copyOf(body.array(), body.position()));
        }

        /** A packet of the interface with that number. */
        public Pcapng packet(int number, Packet packet, int captured) {
            int[] face = interfaces.get(number);
            long ticks = ticks(packet.micros - face[1] * SECOND, face[0]);
            byte[] head = numbers(order, number, (int) (ticks >>> 32), (int) ticks, captured, packet.bytes.length);
            return block(ENHANCED, PacketMaker.join(head, Arrays.copyOf(packet.bytes, captured)));
        }

        /** A packet of the first interface, without a time. */
        public Pcapng simple(Packet packet) {
            return block(SIMPLE, PacketMaker.join(numbers(order, packet.bytes.length), packet.bytes));
        }

        /** Packets, whole, of all interfaces in turn. */
        public Pcapng addAll(List<Packet> packets) {
            for (int i = 0; i < packets.size(); i++) {
                packet(i % interfaces.size(), packets.get(i), packets.get(i).bytes.length);
            }
            return this;
        }

        private static long ticks(long micros, int resolution) {
            BigInteger unit =
                    (resolution & 0x80) == 0 ? BigInteger.TEN.pow(resolution) : BigInteger.TWO.pow(resolution & 0x7f);
            BigInteger second = BigInteger.valueOf(SECOND);
            // Rounded up, so that it is the same microsecond again.
            return BigInteger.valueOf(micros)
                    .multiply(unit)
                    .add(second.subtract(BigInteger.ONE))
                    .divide(second)
                    .longValue();
        }

        /** A block of any type. */
        public Pcapng block(int type, byte... body) {
            int padded = (body.length + 3) / 4 * 4;
            out.writeBytes(numbers(order, type, padded + 12));
            out.writeBytes(Arrays.copyOf(body, padded));
            out.writeBytes(numbers(order, padded + 12));
            return this;
        }

        public byte[] bytes() {
            return out.toByteArray();
        }
    }
}
