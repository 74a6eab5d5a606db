package shawk.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of a file, found by the index at its end, or by walking from head to head. Used by one thread. */
final class FileFrames implements Frames {
    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private final Header header;
    private final FrameIndex index;
    private final boolean torn;

    private FileFrames(FileChannel channel, Header header, FrameIndex index, boolean torn) {
        this.channel = channel;
        this.header = header;
        this.index = index;
        this.torn = torn;
    }

    static FileFrames open(Path file) throws IOException, MalformedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Opening(channel).run();
        } catch (IOException | MalformedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Header header() {
        return header;
    }

    /** Whether the last sample was not written whole. */
    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public long first() {
        return 0;
    }

    @Override
    public long end() {
        return index.size();
    }

    @Override
    public long missing() {
        return index.missing();
    }

    @Override
    public @Nullable FrameHead head(long position) {
        return position < 0 || position >= index.size() ? null : index.head((int) position);
    }

    @Override
    public byte @Nullable [] body(long position) throws IOException {
        FrameHead head = head(position);
        if (head == null) {
            return null;
        }
        byte[] body = new byte[head.length()];
        boolean whole = read(channel, index.offset((int) position) + FrameHead.SIZE, body) == body.length;
        return whole && FrameHead.crc(body, 0, body.length) == head.crc() ? body : null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Fills {@code into} as far as the file goes; returns how far. */
    private static int read(FileChannel channel, long position, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /** Finds out what there is. */
    private static final class Opening {
        private static final long FIRST_SEQUENCE = 1;

        private final FileChannel channel;
        private final long length;
        private final FrameIndex found = new FrameIndex();
        private long endOfLast;
        private long endOfNewest;
        private long newest = -1;
        private long oldest = Long.MAX_VALUE;

        Opening(FileChannel channel) throws IOException {
            this.channel = channel;
            this.length = channel.size();
        }

        FileFrames run() throws IOException, MalformedException {
            byte[] start = Arrays.copyOf(bytes(0, FrameHead.SIZE), FrameHead.SIZE);
            FrameHead head = FrameHead.parse(start, 0);
            if (head == null || head.kind() != FrameHead.Kind.HEADER || head.frameSize() > length) {
                throw new MalformedException(
                        FrameHead.isOtherVersion(start)
                                ? "its format is not version " + FrameHead.VERSION
                                : "it does not begin as a recording does");
            }
            byte[] body = bytes(FrameHead.SIZE, head.length());
            if (FrameHead.crc(body, 0, body.length) != head.crc()) {
                throw new MalformedException("its beginning is damaged");
            }
            Header header;
            try (Squeezer squeezer = new Squeezer(1)) {
                header = Header.read(squeezer.inflate(body, 0, body.length));
            }
            FrameIndex known = readIndex(head.frameSize());
            if (known != null) {
                return new FileFrames(channel, header, known.inOrder(), false);
            }
            walk(head.frameSize());
            return new FileFrames(channel, header, found.inOrder(), isTorn());
        }

        /**
         * Whether something was begun behind the newest frame. In a ring that has gone round what lies there may be the
         * rest of an old frame.
         */
        private boolean isTorn() throws IOException {
            if (endOfNewest == length || endOfNewest != endOfLast) {
                return false;
            }
            byte[] behind = bytes(endOfNewest, FrameHead.SIZE);
            FrameHead begun = behind.length < FrameHead.SIZE ? null : FrameHead.parse(behind, 0);
            return oldest <= FIRST_SEQUENCE || begun != null && begun.sequence() == newest + 1;
        }

        private byte[] bytes(long position, int count) throws IOException {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(count, length - position))];
            return Arrays.copyOf(bytes, read(channel, position, bytes));
        }

        /** The index that the last frame is; null where there is none that fits. */
        private @Nullable FrameIndex readIndex(long start) throws IOException {
            int bodyLength = FrameHead.parseTail(bytes(length - FrameHead.TAIL, FrameHead.TAIL), 0);
            long at = length - FrameHead.TAIL - bodyLength - FrameHead.SIZE;
            if (bodyLength < 0 || bodyLength > FrameHead.LENGTH_MAX || at < start) {
                return null;
            }
            byte[] frame = bytes(at, FrameHead.SIZE + bodyLength);
            FrameHead head = FrameHead.parse(frame, 0);
            if (head == null
                    || head.kind() != FrameHead.Kind.INDEX
                    || head.length() != bodyLength
                    || FrameHead.crc(frame, FrameHead.SIZE, bodyLength) != head.crc()) {
                return null;
            }
            try {
                return FrameIndex.read(new ByteCursor(frame, FrameHead.SIZE, bodyLength), start, at);
            } catch (MalformedException e) {
                return null;
            }
        }

        private void walk(long start) throws IOException {
            long at = start;
            while (at >= 0 && at + FrameHead.SIZE <= length) {
                FrameHead head = FrameHead.parse(bytes(at, FrameHead.SIZE), 0);
                if (head == null || !isWhole(head, at)) {
                    at = nextHead(at + 1);
                    continue;
                }
                if (head.kind() == FrameHead.Kind.KEY || head.kind() == FrameHead.Kind.DELTA) {
                    if (!found.add(head, at)) {
                        return;
                    }
                    oldest = Math.min(oldest, head.sequence());
                    if (head.sequence() > newest) {
                        newest = head.sequence();
                        endOfNewest = at + head.frameSize();
                    }
                }
                at += head.frameSize();
                endOfLast = at;
            }
        }

        private boolean isWhole(FrameHead head, long at) throws IOException {
            long tail = at + FrameHead.SIZE + head.length();
            return tail + FrameHead.TAIL <= length
                    && FrameHead.parseTail(bytes(tail, FrameHead.TAIL), 0) == head.length();
        }

        /** Where the next head is that can be one, from {@code from} on; -1 = nowhere. */
        private long nextHead(long from) throws IOException {
            long at = from;
            while (at + FrameHead.SIZE <= length) {
                byte[] chunk = bytes(at, CHUNK + FrameHead.SIZE);
                int last = chunk.length - FrameHead.SIZE;
                for (int i = 0; i <= last; i++) {
                    FrameHead head = chunk[i] == FrameHead.FIRST ? FrameHead.parse(chunk, i) : null;
                    if (head != null && isWhole(head, at + i)) {
                        return at + i;
                    }
                }
                at += last + 1;
            }
            return -1;
        }
    }
}
