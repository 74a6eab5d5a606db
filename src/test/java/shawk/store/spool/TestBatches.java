package shawk.store.spool;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import shawk.model.SafeText;
import shawk.store.AgentStatus;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.Gap;
import shawk.store.HostIdentity;

/** Batches whose chunks stand for numbered things, with as much ballast as is wanted; merging takes ballast away. */
public final class TestBatches implements BatchForm {
    private static final HostIdentity HOST = new HostIdentity("0".repeat(32), SafeText.of("host"), "");
    private static final short[] MINUTE = {0};
    private static final int[] NONE = {};
    private static final int[] ONE = {1};

    /** A batch with {@code count} things, the first of which is {@code first}. */
    public static Batch of(long first, int count, int ballast) {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(chunk(first + i, ballast));
        }
        return of(first, chunks, List.of());
    }

    /** A batch with one thing, counted in this run. */
    static Batch ofRun(int run) {
        Chunk of = chunk(1, 0);
        Chunk chunk = new Chunk(
                1, 0, run, 1, MINUTE, ONE, NONE, NONE, NONE, of.txBytes(), of.rxBytes(), NONE, NONE, new long[0], true);
        return of(1, List.of(chunk), List.of());
    }

    private static Batch of(long at, List<Chunk> chunks, List<Gap> gaps) {
        return new Batch(
                HOST,
                new AgentStatus(at, "1", "test", true, 1, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                chunks,
                List.of(),
                gaps);
    }

    private static Chunk chunk(long id, int ballast) {
        return new Chunk(
                id,
                0,
                1,
                1,
                MINUTE,
                ONE,
                NONE,
                NONE,
                NONE,
                new long[ballast],
                new long[0],
                NONE,
                NONE,
                new long[0],
                true);
    }

    /** The things in a batch. */
    public static List<Long> ids(Batch batch) {
        return batch.live().stream().map(Chunk::flowId).toList();
    }

    @Override
    public byte[] encode(Batch batch) {
        int size = 12;
        for (Chunk each : batch.live()) {
            size += 12 + each.txBytes().length;
        }
        for (Gap each : batch.gaps()) {
            size += 33 + each.reason().length();
        }
        ByteBuffer out = ByteBuffer.allocate(size + 4);
        out.putLong(batch.status().atMicros()).putInt(batch.live().size());
        for (Chunk each : batch.live()) {
            out.putLong(each.flowId()).putInt(each.txBytes().length).put(new byte[each.txBytes().length]);
        }
        out.putInt(batch.gaps().size());
        for (Gap each : batch.gaps()) {
            byte[] reason = each.reason().getBytes(StandardCharsets.US_ASCII);
            out.putLong(each.fromMicros()).putLong(each.toMicros()).putLong(each.flows());
            out.putLong(each.connections()).put((byte) reason.length).put(reason);
        }
        return out.array();
    }

    @Override
    public Batch decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long at = in.getLong();
            List<Chunk> chunks = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                long id = in.getLong();
                int ballast = in.getInt();
                in.position(in.position() + ballast);
                chunks.add(chunk(id, ballast));
            }
            List<Gap> gaps = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                long from = in.getLong();
                long to = in.getLong();
                long flows = in.getLong();
                long connections = in.getLong();
                byte[] reason = new byte[in.get()];
                in.get(reason);
                gaps.add(new Gap(from, to, new String(reason, StandardCharsets.US_ASCII), flows, connections));
            }
            return of(at, chunks, gaps);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Batch merge(List<Batch> batches, int level) {
        List<Chunk> chunks = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (Batch batch : batches) {
            gaps.addAll(batch.gaps());
            for (Chunk each : batch.live()) {
                chunks.add(chunk(each.flowId(), each.txBytes().length / (2 + 2 * level)));
            }
        }
        return of(batches.get(batches.size() - 1).status().atMicros(), chunks, gaps);
    }
}
