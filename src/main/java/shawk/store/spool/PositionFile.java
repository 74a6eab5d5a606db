package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far the spool has been read, in two slots that are written in turn: a torn one leaves the other. A slot that
 * could not be made durable is written again before the other is touched. Its room is taken when it is made, so that a
 * full disk does not keep it from being written. Used by one thread at a time.
 */
final class PositionFile implements AutoCloseable {
    /** Bytes of the file. */
    static final int SIZE = 2 * 512;

    private static final String NAME = "position";
    private static final int SLOT = SIZE / 2;
    private static final long MAGIC = 0x7368_6177_6b70_6f73L;
    private static final int COVERED = 8 + 8 + 16 + 8 + 8 + 8 + Losses.SIZE;

    private final Disk.DiskFile file;
    private int slot;
    private long generation;
    private @Nullable Position found;
    /** The slot that {@link #found} was read from, until it is sure to be on disk. */
    private @Nullable ByteBuffer unsure;

    /**
     * What it says.
     *
     * @param instance whose spool it is
     * @param acknowledged batches up to this number are stored or counted as lost; 0 = none yet
     * @param reserved numbers below may have been given away
     * @param run the last run of an agent, see {@link Spool#beginRun}; 0 = there was none
     * @param losses what no batch has told yet
     */
    record Position(UUID instance, long acknowledged, long reserved, long run, Losses losses) {}

    private PositionFile(Disk.DiskFile file) {
        this.file = file;
    }

    /** Opens it; what cannot be opened is put aside, and one without a position is made. */
    static PositionFile open(Disk disk, Kept kept) throws IOException {
        if (disk.list().contains(NAME)) {
            Disk.DiskFile file = null;
            try {
                file = disk.open(NAME);
                PositionFile position = new PositionFile(file);
                position.read();
                return position;
            } catch (IOException e) {
                if (file != null) {
                    file.close();
                }
                kept.move(disk, NAME);
            }
        }
        PositionFile position = new PositionFile(disk.create(NAME));
        position.file.write(ByteBuffer.allocate(SIZE), 0);
        position.file.sync();
        disk.syncFolder();
        return position;
    }

    private void read() throws IOException {
        for (int each = 0; each < 2; each++) {
            ByteBuffer in = ByteBuffer.allocate(SLOT);
            file.read(in, (long) each * SLOT);
            if (in.hasRemaining() || in.getLong(0) != MAGIC || in.getInt(COVERED) != crc(in)) {
                continue;
            }
            long itsGeneration = in.getLong(8);
            if (found == null || itsGeneration > generation) {
                in.position(16);
                found = new Position(
                        new UUID(in.getLong(), in.getLong()),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        Losses.parse(in));
                generation = itsGeneration;
                slot = 1 - each;
                unsure = in.clear();
            }
        }
    }

    /** What it said when it was opened; null = nothing that can be believed. */
    @Nullable
    Position found() {
        return found;
    }

    /** Makes {@code position} durable. */
    void write(Position position) throws IOException {
        confirm();
        ByteBuffer out = ByteBuffer.allocate(SLOT);
        out.putLong(MAGIC).putLong(generation + 1);
        out.putLong(position.instance().getMostSignificantBits());
        out.putLong(position.instance().getLeastSignificantBits());
        out.putLong(position.acknowledged()).putLong(position.reserved()).putLong(position.run());
        position.losses().put(out);
        out.putInt(crc(out));
        file.write(out.clear(), (long) slot * SLOT);
        file.sync();
        generation++;
        slot = 1 - slot;
    }

    /**
     * What was found may have been read out of memory, after a sync that had failed. The same bytes go over it before
     * the other slot is touched: torn, they are what was there, or the other slot holds.
     */
    private void confirm() throws IOException {
        ByteBuffer same = unsure;
        if (same != null) {
            file.write(same.clear(), (long) (1 - slot) * SLOT);
            file.sync();
            unsure = null;
        }
    }

    private static int crc(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().limit(COVERED).position(0));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
