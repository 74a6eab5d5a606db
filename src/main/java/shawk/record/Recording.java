package shawk.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.Names;
import shawk.model.RawSample;

/**
 * A recording to be read: samples by position, each at the cost of those since the key frame before it, or of itself
 * where it follows the last one read. Nothing that a file holds makes it fail: what is damaged is left out, counted and
 * told. Used by one thread; must be closed.
 */
public final class Recording implements AutoCloseable {
    private final Frames frames;
    private final SampleDecoder decoder;
    private final Squeezer squeezer = new Squeezer(1);
    private long next = -1;
    private final Set<Long> bad = new HashSet<>();

    Recording(Frames frames) {
        this.frames = frames;
        this.decoder = new SampleDecoder(frames.header());
    }

    /** Opens a file; the message of the exception says in a few words what is wrong with it. */
    public static Recording open(Path file) throws IOException {
        try {
            return new Recording(FileFrames.open(file));
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    public RecordingInfo info() {
        return frames.header().info();
    }

    /** What users and services were called where it was made, as far as it has been read. */
    public Names names() {
        return decoder.names();
    }

    /** Position of the oldest sample. */
    public long first() {
        return frames.first();
    }

    /** Position after the newest sample. */
    public long end() {
        return frames.end();
    }

    /** When the sample was taken, microseconds since the epoch; 0 where it has been dropped. */
    public long wallMicros(long position) {
        FrameHead head = frames.head(position);
        return head == null ? 0 : head.wallMicros();
    }

    /** When the sample was taken, on a clock that never steps; 0 where it has been dropped. */
    public long monotonicNanos(long position) {
        FrameHead head = frames.head(position);
        return head == null ? 0 : head.monotonicNanos();
    }

    /** Position of the sample at {@code micros} since the epoch, or of the last one before; the first where none is. */
    public long at(long micros) {
        long low = first();
        long high = end() - 1;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (wallMicros(middle) <= micros) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Position of the last key frame before {@code position} or at it; that itself where there is none. */
    public long keyAt(long position) {
        for (long at = position; at >= first(); at--) {
            FrameHead head = frames.head(at);
            if (head != null && head.kind() == FrameHead.Kind.KEY) {
                return at;
            }
        }
        return position;
    }

    /** The sample at {@code position}, its buffers valid until the next call; null where it is damaged or dropped. */
    public @Nullable RawSample read(long position) throws IOException {
        RawSample sample = null;
        boolean follows = position == next && decoder.ready();
        for (long at = follows ? position : keyAt(position); at <= position; at++) {
            sample = decode(at);
        }
        next = position + 1;
        return sample;
    }

    private @Nullable RawSample decode(long position) throws IOException {
        FrameHead head = frames.head(position);
        byte[] body = head == null ? null : frames.body(position);
        if (head == null) {
            decoder.forget();
            return null;
        }
        try {
            if (body != null && (head.kind() == FrameHead.Kind.KEY || decoder.ready())) {
                return decoder.decode(head, squeezer.inflate(body, 0, body.length));
            }
        } catch (MalformedException e) {
            body = null;
        }
        decoder.forget();
        bad.add(position);
        return null;
    }

    /** What the key frame before the last sample read carries for whoever folds samples. */
    public byte[] carry() {
        return decoder.carry();
    }

    /** What of the recording cannot be shown, as far as it has been met. */
    public List<Degradation> degradations() {
        List<Degradation> all = new ArrayList<>();
        if (frames.torn()) {
            all.add(new Degradation(
                    "recording",
                    "the last sample of the recording",
                    "it was not written whole",
                    "what comes before it is good"));
        }
        if (bad.size() + frames.missing() > 0) {
            all.add(new Degradation(
                    "recording",
                    (bad.size() + frames.missing()) + " samples of the recording",
                    "the file is damaged",
                    "what comes after them is good"));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        squeezer.close();
        frames.close();
    }
}
