package shawk.source.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;

/** Capture files made for a test, and what is read out of one. */
final class Captures {
    static final int HEAD = 24;

    private Captures() {}

    /** A classic file; packet n came n seconds after 1000. */
    static byte[] file(int link, List<byte[]> packets) {
        int size = HEAD + packets.stream().mapToInt(each -> 16 + each.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(262_144).putInt(link);
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            file.putInt(1000 + i).putInt(7).putInt(packet.length).putInt(packet.length);
            file.put(packet);
        }
        return file.array();
    }

    static Path write(Path folder, byte... bytes) throws IOException {
        return Files.write(folder.resolve("capture.pcap"), bytes);
    }

    /** Bytes of all packets until the end. */
    static List<byte[]> readAll(Packets packets) throws PacketsException {
        List<byte[]> all = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        while (packets.next(batch, 1000) != Packets.Outcome.END) {
            add(all, batch);
        }
        return all;
    }

    static void add(List<byte[]> all, PacketBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            byte[] bytes = new byte[batch.captured[i]];
            System.arraycopy(batch.bytes, batch.offset[i], bytes, 0, bytes.length);
            all.add(bytes);
        }
    }

    static byte[] hex(String... parts) {
        String text = String.join("", parts).replace(" ", "");
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
