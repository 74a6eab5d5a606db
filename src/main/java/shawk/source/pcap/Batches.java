package shawk.source.pcap;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.nativelib.PcapHandle;
import shawk.tcp.PacketBatch;

/** From what the native edge has filled to a batch: bytes are copied once, all together. */
final class Batches {
    private static final int HEAD = PcapHandle.RECORDS * PcapHandle.RECORD_SIZE;

    private Batches() {}

    static void fill(PacketBatch batch, ByteBuffer from, int count) {
        if (batch.micros.length < count) {
            grow(batch);
        }
        int end = HEAD;
        for (int i = 0, at = 0; i < count; i++, at += PcapHandle.RECORD_SIZE) {
            int offset = from.getInt(at + PcapHandle.OFFSET);
            int captured = from.getInt(at + PcapHandle.CAPTURED);
            batch.micros[i] = from.getLong(at + PcapHandle.MICROS);
            batch.offset[i] = offset - HEAD;
            batch.captured[i] = captured;
            batch.wire[i] = from.getInt(at + PcapHandle.WIRE);
            batch.link[i] = from.getInt(at + PcapHandle.LINK);
            end = offset + captured;
        }
        if (batch.bytes.length < end - HEAD) {
            batch.bytes = new byte[Math.min(from.capacity() - HEAD, Math.max(1 << 16, (end - HEAD) * 2))];
        }
        from.get(HEAD, batch.bytes, 0, end - HEAD);
        batch.count = count;
    }

    private static void grow(PacketBatch batch) {
        batch.micros = Arrays.copyOf(batch.micros, PcapHandle.RECORDS);
        batch.offset = Arrays.copyOf(batch.offset, PcapHandle.RECORDS);
        batch.captured = Arrays.copyOf(batch.captured, PcapHandle.RECORDS);
        batch.wire = Arrays.copyOf(batch.wire, PcapHandle.RECORDS);
        batch.link = Arrays.copyOf(batch.link, PcapHandle.RECORDS);
    }
}
