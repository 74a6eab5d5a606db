package shawk.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;

/**
 * Writes a recording into a new file that nobody but its owner can read. Each sample is one write at the end, so that
 * whatever kills the program loses no sample that was written before.
 *
 * <p>With a bound the file is a ring: once it is full, the next frame is written over the oldest ones. It is never
 * larger than the bound, not even for a moment, and what is still there is always whole frames and at most one remnant,
 * which a reader steps over. Used by one thread.
 */
public final class RecordingWriter implements AutoCloseable {
    /** The least bound. */
    public static final long MAX_BYTES_LEAST = 1 << 20;

    private final FileChannel channel;
    private final FrameMaker maker;
    private final FrameIndex index = new FrameIndex();
    private final long maxBytes;
    private final long start;
    private final Deque<Span> spans = new ArrayDeque<>();
    private long at;
    private long end;
    private long samples;
    private long sockets;
    private long events;
    private long dropped;
    private long written;
    private boolean failed;

    /** Where a sample's frame lies. */
    private record Span(long offset, long size) {}

    private RecordingWriter(FileChannel channel, FrameMaker maker, long maxBytes, long start) {
        this.channel = channel;
        this.maker = maker;
        this.maxBytes = maxBytes;
        this.start = start;
        this.at = start;
        this.end = start;
    }

    /**
     * Makes the file, which must not exist, and writes what is true of the whole recording.
     *
     * @param names what users and services are called here
     * @param maxBytes the most bytes that the file may have, at least {@link #MAX_BYTES_LEAST}; 0 = no bound
     */
    public static RecordingWriter create(Path file, RecordingInfo info, Names names, long maxBytes) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Header header = Header.of(info, names);
        FrameMaker maker = new FrameMaker(header, names);
        try {
            ByteBuffer frame = maker.header(header, 0, 0).frame(maker.body());
            long size = frame.remaining();
            writeAt(channel, frame, 0);
            return new RecordingWriter(channel, maker, maxBytes, size);
        } catch (IOException e) {
            maker.close();
            channel.close();
            throw e;
        }
    }

    /** Whether the next sample can be read without those before it, and wants a carry. */
    public boolean nextIsKey() {
        return maker.nextIsKey();
    }

    /**
     * Adds a sample.
     *
     * @param carry what whoever folds samples knows after this one and cannot know from it; kept only where
     *     {@link #nextIsKey()} said so
     */
    public void write(RawSample sample, byte[] carry) throws IOException {
        FrameHead head = maker.sample(sample, carry);
        long size = head.frameSize();
        if (maxBytes > 0 && at + size > maxBytes) {
            wrap(size);
        }
        dropOverlapping(at, at + size);
        long before = at;
        try {
            writeAt(channel, head.frame(maker.body()), at);
        } catch (IOException e) {
            failed = true;
            if (before == end) {
                channel.truncate(end);
            }
            throw e;
        }
        spans.add(new Span(at, size));
        index.add(head);
        at += size;
        end = Math.max(end, at);
        samples++;
        written += size;
        sockets += sample.count(RawSection.SOCKETS) + sample.count(RawSection.UNIX_SOCKETS);
        events += sample.count(RawSection.EVENTS);
    }

    /** Goes back to the beginning of the ring, and makes what is left at its end harmless. */
    private void wrap(long size) throws IOException {
        if (start + 2 * size > maxBytes) {
            failed = true;
            throw new IOException("a sample takes " + size + " bytes, the recording may have " + maxBytes);
        }
        long left = maxBytes - at;
        dropOverlapping(at, maxBytes);
        if (left >= FrameHead.SIZE + FrameHead.TAIL) {
            byte[] zeros = new byte[(int) Math.min(left, FrameHead.LENGTH_MAX) - FrameHead.SIZE - FrameHead.TAIL];
            FrameHead pad = FrameHead.of(FrameHead.Kind.PAD, 0, 0, 0, zeros, zeros.length);
            writeAt(channel, pad.frame(zeros), at);
            end = Math.max(end, at + pad.frameSize());
        }
        at = start;
    }

    private void dropOverlapping(long from, long to) {
        while (!spans.isEmpty()
                && spans.peek().offset() < to
                && spans.peek().offset() + spans.peek().size() > from) {
            spans.remove();
            dropped++;
        }
    }

    private static void writeAt(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long to = position;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    /** Samples written. */
    public long samples() {
        return samples;
    }

    /** Sockets of all samples written. */
    public long sockets() {
        return sockets;
    }

    /** Single events of all samples written. */
    public long events() {
        return events;
    }

    /** Samples that were written over since, the oldest ones. */
    public long dropped() {
        return dropped;
    }

    /** Bytes of all samples written. */
    public long written() {
        return written;
    }

    /** Bytes of the file. */
    public long bytes() {
        return end;
    }

    /** Adds where the frames are, where there is no bound, and has all of it on the disk. */
    @Override
    public void close() throws IOException {
        try (channel;
                maker) {
            if (!failed && maxBytes == 0) {
                ByteSink body = new ByteSink(1 << 12);
                index.write(body);
                FrameHead head = FrameHead.of(FrameHead.Kind.INDEX, samples, 0, 0, body.bytes(), body.size());
                writeAt(channel, head.frame(body.bytes()), at);
            }
            channel.force(true);
        }
    }
}
