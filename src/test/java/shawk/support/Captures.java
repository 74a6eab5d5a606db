package shawk.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import shawk.tcp.PacketBatch;

/** Captures of the tests: classic pcap with times in microseconds, as tcpdump writes it. */
public final class Captures {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;

    private Captures() {}

    /** All packets of a capture of {@code src/test/resources/zk}. */
    public static PacketBatch read(String name) {
        try (InputStream in = Objects.requireNonNull(Captures.class.getResourceAsStream("/zk/" + name), name)) {
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All packets of a capture. */
    public static PacketBatch parse(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (file.getInt(0) != MAGIC) {
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (file.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("no pcap");
        }
        PacketBatch batch = new PacketBatch();
        batch.bytes = bytes;
        int most = bytes.length / PACKET_HEADER;
        batch.micros = new long[most];
        batch.offset = new int[most];
        batch.captured = new int[most];
        batch.wire = new int[most];
        batch.link = new int[most];
        Arrays.fill(batch.link, file.getInt(20));
        for (int at = FILE_HEADER; at + PACKET_HEADER <= bytes.length; ) {
            int i = batch.count++;
            batch.micros[i] = file.getInt(at) * 1_000_000L + file.getInt(at + 4);
            batch.captured[i] = file.getInt(at + 8);
            batch.wire[i] = file.getInt(at + 12);
            batch.offset[i] = at + PACKET_HEADER;
            at += PACKET_HEADER + batch.captured[i];
        }
        return batch;
    }
}
