package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes frames behind each other into the last segment, or begins another one. Used by one thread at a time. */
final class SegmentWriter {
    private final Disk disk;
    private final SpoolLimits limits;
    /** All of them, oldest first; those that it makes come last. */
    private final List<Segment> segments;

    /** The last segment, open to be written; null = the next frame begins another one. */
    private Disk.@Nullable DiskFile file;

    private long next;

    SegmentWriter(Disk disk, SpoolLimits limits, List<Segment> segments) {
        this.disk = disk;
        this.limits = limits;
        this.segments = segments;
        for (Segment each : segments) {
            next = Math.max(next, each.number() + 1);
        }
    }

    /** Goes on with the last segment that there is. */
    void resume() throws IOException {
        if (!segments.isEmpty()) {
            file = disk.open(segments.get(segments.size() - 1).name());
        }
    }

    /** Whether the last segment is being written. */
    boolean isOpen() {
        return file != null;
    }

    /** Writes a frame and makes it durable. Where that fails its number must not be used again. */
    void write(FrameHead head, ByteBuffer frame) throws IOException {
        Segment newest = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        boolean full = newest != null && newest.end > 0 && newest.end + frame.remaining() > limits.segmentBytes();
        Disk.DiskFile to = file;
        if (to == null || newest == null || full) {
            newest = begin();
            to = open();
        }
        write(to, frame, newest);
        try {
            to.sync();
        } catch (IOException e) {
            // Whether it is on disk is not known, and asking again would be answered wrongly: it goes into another
            // file.
            cutBack(to, newest.end);
            newest = begin();
            writeAnew(frame, newest);
        }
        newest.add(head);
        newest.end += frame.remaining();
    }

    private static void write(Disk.DiskFile to, ByteBuffer frame, Segment segment) throws IOException {
        try {
            to.write(frame.duplicate(), segment.end);
        } catch (IOException e) {
            cutBack(to, segment.end);
            throw e;
        }
    }

    private void writeAnew(ByteBuffer frame, Segment into) throws IOException {
        Disk.DiskFile to = open();
        try {
            to.write(frame.duplicate(), into.end);
            to.sync();
        } catch (IOException e) {
            cutBack(to, into.end);
            close();
            throw e;
        }
    }

    private static void cutBack(Disk.DiskFile file, long end) {
        try {
            file.truncate(end);
        } catch (IOException e) {
            // It is written over by the next frame, or cut at the next start.
        }
    }

    private Disk.DiskFile open() throws IOException {
        Disk.DiskFile now = file;
        if (now == null) {
            throw new IOException("no segment");
        }
        return now;
    }

    private Segment begin() throws IOException {
        close();
        Segment segment = new Segment(next++);
        file = disk.create(segment.name());
        segments.add(segment);
        disk.syncFolder();
        return segment;
    }

    /** The next frame begins another segment. */
    void close() {
        Disk.DiskFile ending = file;
        file = null;
        try {
            if (ending != null) {
                ending.close();
            }
        } catch (IOException e) {
            // All that counts was made durable before.
        }
    }
}
