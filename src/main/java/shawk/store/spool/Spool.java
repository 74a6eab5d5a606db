package shawk.store.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shawk.store.Batch;
import shawk.store.Gap;

/**
 * Batches on disk, in their order, until they are stored. One that {@link #append} returned for survives whatever ends
 * the program. What does not fit any more is first put into less room, then dropped, the oldest first, which the next
 * batch tells as a {@link Gap}. No content of the folder keeps it from opening.
 *
 * <p>Thread-safe; threads that call it must never be interrupted, since that would close its files.
 */
public final class Spool implements AutoCloseable {
    /** So many numbers are set aside at once: none is given twice, whatever was lost. */
    private static final long RESERVE = 1 << 20;
    /** An agent that has to finish chunks early goes on as a run of its own; so many at once are noted. */
    private static final int RUNS = 16;

    private final Disk disk;
    private final SpoolLimits limits;
    private final BatchForm form;
    private final Kept kept;
    private final PositionFile positionFile;
    private final Compactor compactor;
    private final List<Segment> segments;
    private final UUID instance;

    private final SegmentWriter writer;

    private long acknowledged;
    private long reserved;
    private long run;
    private Losses losses;
    /** Whether the position on disk is that of the fields. */
    private boolean positionWritten;
    /** The number of the last frame. */
    private long last;

    private long nextSequence;
    /** Frames up to this one may have been offered to the store. */
    private long fixed;
    /** Where to go on reading in the first segment. */
    private long readAt;

    private long merges;
    private long lostBatches;
    private long lostFlows;
    /** Of the end of the last call: nobody who asks waits for the disk. */
    private volatile SpoolStatus status = new SpoolStatus(0, false, 0, 0, 0, 0, 0);

    private Spool(Disk disk, SpoolLimits limits, BatchForm form) throws IOException {
        this.disk = disk;
        this.limits = limits;
        this.form = form;
        this.kept = new Kept(limits.keptBytes());
        this.compactor = new Compactor(disk, limits, form);
        kept.find(disk);
        this.positionFile = PositionFile.open(disk, kept);
        PositionFile.Position found = positionFile.found();
        Recovery recovery = new Recovery(disk, limits, kept, found == null ? null : found.instance());
        recovery.run();
        UUID its = recovery.instance();
        this.instance = its == null ? UUID.randomUUID() : its;
        this.segments = new ArrayList<>(recovery.segments());
        this.writer = new SegmentWriter(disk, limits, segments);
        this.acknowledged = found == null ? recovery.previous() : found.acknowledged();
        this.losses = (found == null ? new Losses(recovery.lossSerial(), java.util.Map.of()) : found.losses())
                .told(recovery.lossSerial());
        this.run = found == null ? 0 : found.run();
        this.last = Math.max(acknowledged, recovery.last());
        this.nextSequence = found == null
                ? last + (recovery.instanceFromFrames() ? RESERVE : 1)
                : Math.max(found.reserved(), last + 1);
        this.fixed = found == null ? last : acknowledged;
        begin(found != null);
    }

    private void begin(boolean positionKnown) throws IOException {
        reserved = nextSequence + RESERVE;
        positionFile.write(position(reserved));
        positionWritten = true;
        removeAcknowledged();
        writer.resume();
        if (!segments.isEmpty() && positionKnown) {
            // One batch at most was offered whose answer nobody noted.
            FrameReader.Found head = firstWaiting();
            fixed = head == null ? last : head.head().sequence();
        }
        shrink(0);
        note();
    }

    /**
     * Opens the spool in {@code folder}, which is made where it is not there, and keeps others out of it.
     *
     * @throws SpoolException if another process has it, or if the folder cannot be used
     */
    public static Spool open(Path folder, SpoolLimits limits, BatchForm form) throws SpoolException {
        Disk disk = FolderDisk.open(folder);
        try {
            return open(disk, limits, form);
        } catch (IOException e) {
            try {
                disk.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw new SpoolException(
                    SpoolException.Kind.UNUSABLE,
                    "the spool folder " + folder + " cannot be used: " + FolderDisk.reason(e),
                    e);
        }
    }

    static Spool open(Disk disk, SpoolLimits limits, BatchForm form) throws IOException {
        return new Spool(disk, limits, form);
    }

    private PositionFile.Position position(long itsReserved) {
        return new PositionFile.Position(instance, acknowledged, itsReserved, run, losses);
    }

    /**
     * The number of a run of the agent that begins now: the time, or more where the clock was stepped back or runs came
     * faster than seconds, so that no two runs have the same.
     *
     * @param seconds since the epoch
     */
    public synchronized int beginRun(long seconds) {
        run = Math.max(seconds, run + RUNS);
        writePosition();
        return (int) run;
    }

    /** Whose batches these are: made with the folder, outlives restarts. */
    public UUID instance() {
        return instance;
    }

    /**
     * Takes a batch; once this returns, nothing but the disk's death loses it. What was lost before is told in it.
     *
     * @return its number
     */
    public synchronized long append(Batch batch) throws SpoolException {
        FrameHead head;
        try {
            byte[] content = fitting(batch);
            head = new FrameHead(
                    0,
                    content.length,
                    instance,
                    nextSequence,
                    last,
                    losses.serial(),
                    batch.status().atMicros());
            reserve();
            noteRun(batch);
            nextSequence++;
            writer.write(head, head.frame(content));
        } catch (IOException e) {
            throw new SpoolException(
                    SpoolException.Kind.DISK, "the spool cannot be written: " + FolderDisk.reason(e), e);
        }
        last = head.sequence();
        losses = losses.told(head.lossSerial());
        note();
        return last;
    }

    /** The bytes of a batch, for which there is room now. What had to go for that is told in it. */
    private byte[] fitting(Batch batch) throws IOException, SpoolException {
        for (; ; ) {
            long told = losses.serial();
            byte[] content = form.encode(withLosses(batch));
            long bytes = (long) FrameHead.SIZE + content.length + FrameHead.TAIL;
            if (bytes > limits.frameMost()) {
                throw new SpoolException(
                        SpoolException.Kind.TOO_LARGE,
                        "a batch of " + bytes + " bytes is too large for a spool of " + limits.maxBytes());
            }
            shrink(bytes);
            if (losses.serial() == told) {
                return content;
            }
        }
    }

    private Batch withLosses(Batch batch) {
        List<Gap> gaps = new ArrayList<>(batch.gaps());
        gaps.addAll(losses.gaps());
        return batch.withGaps(gaps);
    }

    private void reserve() throws IOException {
        if (nextSequence >= reserved) {
            long more = nextSequence + RESERVE;
            positionFile.write(position(more));
            reserved = more;
            positionWritten = true;
        }
    }

    /** Before a chunk of a run is stored, no later start may get that run. */
    private void noteRun(Batch batch) {
        int newest = batch.newestRun();
        if (newest >= run + RUNS) {
            run = newest;
            writePosition();
        }
    }

    /** Makes room for {@code bytes} more. */
    private void shrink(long bytes) throws IOException {
        while (segmentBytes() + bytes > limits.segmentsMost()) {
            if (segments.isEmpty()) {
                return;
            }
            int end = writer.isOpen() ? segments.size() - 1 : segments.size();
            Compactor.Result result = compactor.step(segments, end, fixed);
            if (result != null) {
                replace(result);
            } else if (end == 0) {
                writer.close();
            } else {
                dropOldest();
            }
        }
    }

    private void replace(Compactor.Result result) throws IOException {
        Segment merged = result.merged();
        if (merged == null) {
            return;
        }
        merges++;
        if (result.missing() > 0) {
            lose(Loss.DAMAGED, new Losses.Entry(merged.fromMicros, merged.toMicros, result.missing(), 0, -1));
            writePosition();
        }
        int at = segments.indexOf(result.group().get(0));
        for (Segment each : result.group()) {
            segments.remove(each);
            if (each.number() != merged.number()) {
                disk.delete(each.name());
            }
        }
        segments.add(at, merged);
        readAt = at == 0 ? 0 : readAt;
    }

    private void dropOldest() throws IOException {
        Segment oldest = segments.get(0);
        Content content = Content.read(disk, limits, form, List.of(oldest), acknowledged);
        if (!content.batches().isEmpty() || content.missing() > 0) {
            lose(Loss.FULL, content.asLoss(form, oldest));
        }
        for (Batch each : content.batches()) {
            for (Gap gap : each.gaps()) {
                losses = losses.with(gap);
            }
        }
        acknowledged = Math.max(acknowledged, oldest.last);
        writePosition();
        checkPositionWritten();
        remove(oldest);
    }

    /** What is not noted as read is not removed. */
    private void checkPositionWritten() throws IOException {
        if (!positionWritten) {
            throw new IOException("how far it has been read cannot be written");
        }
    }

    private void lose(Loss reason, Losses.Entry entry) {
        losses = losses.with(reason, entry);
        lostBatches += entry.batches();
        lostFlows += entry.flows();
    }

    private void remove(Segment segment) throws IOException {
        if (segment == segments.get(segments.size() - 1)) {
            writer.close();
        }
        disk.delete(segment.name());
        segments.remove(segment);
        readAt = 0;
        note();
    }

    /** The oldest batch that is not stored; null = none waits. It counts as offered from now on. */
    public synchronized @Nullable Waiting next() throws SpoolException {
        try {
            for (; ; ) {
                FrameReader.Found found = firstWaiting();
                if (found == null) {
                    return null;
                }
                Batch batch = decoded(found);
                if (batch != null) {
                    fixed = Math.max(fixed, found.head().sequence());
                    return new Waiting(found.head().sequence(), batch);
                }
            }
        } catch (IOException e) {
            throw new SpoolException(SpoolException.Kind.DISK, "the spool cannot be read: " + FolderDisk.reason(e), e);
        }
    }

    /** The first frame that is not acknowledged; numbers that lie before it are counted as lost. */
    private FrameReader.@Nullable Found firstWaiting() throws IOException {
        while (!segments.isEmpty()) {
            Segment segment = segments.get(0);
            FrameReader.Found found = segment.last <= acknowledged ? null : find(segment);
            if (found != null) {
                long before = found.head().previous();
                if (before > acknowledged) {
                    damaged(before, found.head().atMicros());
                }
                return found;
            }
            if (segments.size() == 1 && segment.last <= acknowledged) {
                return null;
            }
            if (segment.last > acknowledged) {
                damaged(segment.last, segment.toMicros);
            }
            if (!positionWritten) {
                writePosition();
            }
            checkPositionWritten();
            remove(segment);
        }
        return null;
    }

    private FrameReader.@Nullable Found find(Segment segment) throws IOException {
        try (Disk.DiskFile file = disk.open(segment.name())) {
            FrameReader reader = new FrameReader(file, limits.frameMost());
            FrameReader.Found found = reader.next(readAt);
            while (found != null
                    && (found.head().sequence() <= acknowledged
                            || !found.head().instance().equals(instance))) {
                readAt = found.end();
                found = reader.next(readAt);
            }
            return found == null || found.head().sequence() > segment.last ? null : found;
        }
    }

    private void damaged(long upTo, long atMicros) {
        lose(Loss.DAMAGED, new Losses.Entry(atMicros, atMicros, upTo - acknowledged, 0, -1));
        acknowledged = upTo;
        writePosition();
    }

    private @Nullable Batch decoded(FrameReader.Found found) throws IOException {
        Segment segment = segments.get(0);
        try (Disk.DiskFile file = disk.open(segment.name())) {
            FrameReader reader = new FrameReader(file, limits.frameMost());
            try {
                return form.decode(reader.content(found));
            } catch (IllegalArgumentException e) {
                kept.copy(disk, file, found.at(), found.head().frameBytes(), segment.name());
            }
        }
        lose(
                Loss.DAMAGED,
                new Losses.Entry(found.head().atMicros(), found.head().atMicros(), 1, 0, -1));
        acknowledge(found.head().sequence());
        return null;
    }

    /** Batches up to {@code sequence} are stored. */
    public synchronized void acknowledge(long sequence) {
        if (sequence > acknowledged) {
            acknowledged = Math.min(sequence, Math.max(last, acknowledged));
            writePosition();
            removeAcknowledged();
        }
    }

    /** The store says which batch was its last one: those up to it are stored, and none behind it. */
    public synchronized void registered(long lastSequence) {
        acknowledge(lastSequence);
        fixed = Math.max(acknowledged, lastSequence);
        // A folder that was copied or set back: numbers that the store has seen would be taken for stored.
        nextSequence = Math.max(nextSequence, lastSequence + 1);
    }

    /** The batch {@code sequence} is not stored, whatever is tried: it is counted, and a copy of it is kept. */
    public synchronized void setAside(long sequence) throws SpoolException {
        try {
            FrameReader.Found found = firstWaiting();
            if (found == null || found.head().sequence() != sequence) {
                return;
            }
            Segment segment = segments.get(0);
            try (Disk.DiskFile file = disk.open(segment.name())) {
                kept.copy(disk, file, found.at(), found.head().frameBytes(), "batch-" + sequence);
                FrameReader reader = new FrameReader(file, limits.frameMost());
                Batch batch = form.decode(reader.content(found));
                lose(
                        Loss.CONTENT,
                        new Losses.Entry(
                                found.head().atMicros(),
                                found.head().atMicros(),
                                1,
                                batch.live().size() + batch.finished().size(),
                                -1));
            }
            acknowledge(sequence);
        } catch (IOException e) {
            throw new SpoolException(SpoolException.Kind.DISK, "the spool cannot be read: " + FolderDisk.reason(e), e);
        }
    }

    /** A batch was lost before it came here. */
    public synchronized void lost(Loss reason, Batch batch) {
        long at = batch.status().atMicros();
        lose(
                reason,
                new Losses.Entry(
                        at, at, 1, batch.live().size() + batch.finished().size(), -1));
        writePosition();
    }

    /** How it fares; never waits. */
    public SpoolStatus status() {
        return status;
    }

    private void note() {
        status = new SpoolStatus(
                segmentBytes() + kept.bytes() + PositionFile.SIZE,
                last > acknowledged,
                last,
                acknowledged,
                merges,
                lostBatches,
                lostFlows);
    }

    private long segmentBytes() {
        long bytes = 0;
        for (Segment each : segments) {
            bytes += each.end;
        }
        return bytes;
    }

    /** Tries to make the position durable; where that fails, nothing is removed until it has worked. */
    private void writePosition() {
        try {
            positionFile.write(position(reserved));
            positionWritten = true;
        } catch (IOException e) {
            positionWritten = false;
        }
        note();
    }

    private void removeAcknowledged() {
        if (!positionWritten) {
            return;
        }
        try {
            while (!segments.isEmpty()) {
                Segment oldest = segments.get(0);
                boolean newest = segments.size() == 1;
                if (oldest.last > acknowledged || newest && oldest.end < limits.segmentBytes() && !oldest.isEmpty()) {
                    return;
                }
                remove(oldest);
            }
        } catch (IOException e) {
            // It is tried again with the next acknowledgement.
        }
    }

    @Override
    public synchronized void close() {
        writer.close();
        try (disk) {
            positionFile.close();
        } catch (IOException e) {
            // All that counts was made durable before.
        }
    }
}
