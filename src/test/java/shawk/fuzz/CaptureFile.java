package shawk.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import shawk.source.pcap.CaptureFilter;
import shawk.source.pcap.FilePackets;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets.Outcome;
import shawk.tcp.PacketsException;
import shawk.tcp.Streams;

/** Files on their way through libpcap into streams. */
final class CaptureFile {
    /** Columns of a batch and its bytes, which are made once for a file. */
    private static final int BATCH = 600_000;

    private CaptureFile() {}

    static void feed(Input input, Meter meter) {
        byte[] bytes = input.rest();
        Streams streams = new Streams(Bounds.dissector(new HostileSink()), Bounds.STREAMS);
        PacketBatch batch = new PacketBatch();
        meter.allow(BATCH);
        Path file = null;
        try {
            file = Files.write(Files.createTempFile("shawk-fuzz", ".pcap"), bytes);
            try (FilePackets packets = FilePackets.open(file.toString(), CaptureFilter.none())) {
                for (long total = 0; next(packets, batch, meter); total += batch.count) {
                    HostileSink.check(total + batch.count <= bytes.length, "more packets than bytes");
                    take(streams, batch, meter);
                }
            }
        } catch (PacketsException e) {
            HostileSink.check(e.getMessage().lines().count() == 1, "it is not one line that says what is wrong");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
        Bounds.finish(streams, 0);
    }

    private static boolean next(FilePackets packets, PacketBatch batch, Meter meter) throws PacketsException {
        meter.begin();
        try {
            return packets.next(batch, 0) == Outcome.PACKETS;
        } finally {
            meter.end();
        }
    }

    private static void take(Streams streams, PacketBatch batch, Meter meter) {
        for (int i = 0; i < batch.count; i++) {
            HostileSink.check(batch.captured[i] >= 0 && batch.captured[i] <= batch.wire[i], "captured");
            HostileSink.check(
                    batch.offset[i] >= 0 && batch.offset[i] <= batch.bytes.length - batch.captured[i], "bytes");
            meter.took(batch.captured[i]);
            meter.allow(Packeting.PER_PACKET);
        }
        meter.begin();
        streams.take(batch);
        meter.end();
        Bounds.check(streams);
    }

    private static void delete(Path file) {
        if (file != null) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
