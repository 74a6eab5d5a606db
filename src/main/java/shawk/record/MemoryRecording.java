package shawk.record;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.SafeText;

/**
 * The last samples, in memory: within so many bytes and so much time, the oldest are dropped, a key frame and what
 * builds on it at once. One thread adds, another may read.
 */
public final class MemoryRecording implements AutoCloseable {
    private static final byte[] NO_CARRY = {};

    private final Header header;
    private final FrameMaker maker;
    private final long maxBytes;
    private final long maxNanos;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long first;
    private long bytes;

    /** A frame. */
    private record Kept(FrameHead head, byte[] body) {}

    /**
     * Empty.
     *
     * @param maxBytes of all frames
     * @param maxNanos from the oldest sample to the newest
     */
    public MemoryRecording(Names names, long maxBytes, long maxNanos) {
        RecordingInfo info = new RecordingInfo(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);
        this.header = Header.of(info, Names.NONE);
        this.maker = new FrameMaker(header, names);
        this.maxBytes = maxBytes;
        this.maxNanos = maxNanos;
    }

    /** Adds a sample, at the position after the last. */
    public void add(RawSample sample) {
        FrameHead head = maker.sample(sample, NO_CARRY);
        byte[] body = copy(head);
        synchronized (kept) {
            kept.add(new Kept(head, body));
            bytes += body.length;
            while (kept.size() > 1 && (bytes > maxBytes || isOld(kept.element(), head))) {
                dropOldest();
                while (!kept.isEmpty() && kept.element().head().kind() != FrameHead.Kind.KEY) {
                    dropOldest();
                }
            }
        }
    }

    private byte[] copy(FrameHead head) {
        try {
            return Arrays.copyOf(maker.body(), head.length());
        } catch (OutOfMemoryError e) {
            maker.startAnew();
            throw e;
        }
    }

    private boolean isOld(Kept oldest, FrameHead newest) {
        return newest.monotonicNanos() - oldest.head().monotonicNanos() > maxNanos;
    }

    private void dropOldest() {
        bytes -= kept.remove().body().length;
        first++;
    }

    /** Reads what is there, and what will be. */
    public Recording reader() {
        return new Recording(new View());
    }

    @Override
    public void close() {
        maker.close();
    }

    private final class View implements Frames {
        @Override
        public Header header() {
            return header;
        }

        @Override
        public long first() {
            synchronized (kept) {
                return first;
            }
        }

        @Override
        public long end() {
            synchronized (kept) {
                return first + kept.size();
            }
        }

        private @Nullable Kept at(long position) {
            synchronized (kept) {
                long place = position - first;
                return place < 0 || place >= kept.size()
                        ? null
                        : kept.stream().skip(place).findFirst().orElse(null);
            }
        }

        @Override
        public @Nullable FrameHead head(long position) {
            Kept found = at(position);
            return found == null ? null : found.head();
        }

        @Override
        public byte @Nullable [] body(long position) {
            Kept found = at(position);
            return found == null ? null : found.body();
        }

        @Override
        public boolean torn() {
            return false;
        }

        @Override
        public long missing() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
