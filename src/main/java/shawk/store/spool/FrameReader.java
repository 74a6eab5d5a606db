package shawk.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in a segment of any content: what is no frame is stepped over to the next thing that is one. It reads
 * each byte a bounded number of times, whatever stands there. Used by one thread.
 */
final class FrameReader {
    private static final int WINDOW = 64 << 10;
    /** Check sums are taken over so many times the file at most: content that looks like frames costs no more. */
    private static final int EFFORT = 8;

    private final Disk.DiskFile file;
    private final long size;
    private final long mostBytes;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowAt = -1;
    private long effort;

    /** A reader of {@code file}, which nobody makes longer meanwhile; no frame is longer than {@code mostBytes}. */
    FrameReader(Disk.DiskFile file, long mostBytes) throws IOException {
        this.file = file;
        this.size = file.size();
        this.mostBytes = mostBytes;
        this.effort = EFFORT * size + WINDOW;
    }

    /**
     * A frame and where it stands.
     *
     * @param head its head
     * @param at where it begins
     * @param skipped bytes before it, since where it was looked for, that are no frame
     */
    record Found(FrameHead head, long at, long skipped) {
        long end() {
            return at + head.frameBytes();
        }
    }

    /** Bytes of the file when the reader was made. */
    long size() {
        return size;
    }

    /** The first whole frame from {@code from} on; null where there is none up to the end. */
    @Nullable
    Found next(long from) throws IOException {
        for (long at = from; at + FrameHead.SIZE + FrameHead.TAIL <= size; at = magicFrom(at + 1)) {
            FrameHead head = head(at);
            if (head != null && at + head.frameBytes() <= size && isWhole(at, head)) {
                return new Found(head, at, at - from);
            }
        }
        return null;
    }

    /** What the frame holds. */
    byte[] content(Found found) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(found.head().length());
        file.read(content, found.at() + FrameHead.SIZE);
        return content.array();
    }

    private @Nullable FrameHead head(long at) throws IOException {
        int place = load(at, FrameHead.SIZE);
        return FrameHead.parse(window, place, mostBytes);
    }

    private boolean isWhole(long at, FrameHead head) throws IOException {
        long covered = (long) FrameHead.SIZE + head.length();
        if (covered > effort) {
            return false;
        }
        effort -= covered;
        CRC32C crc = new CRC32C();
        for (long done = 0; done < covered; ) {
            int place = load(at + done, 1);
            int part = (int) Math.min(covered - done, window.limit() - place);
            if (part <= 0) {
                return false;
            }
            crc.update(window.duplicate().limit(place + part).position(place));
            done += part;
        }
        int tail = load(at + covered, FrameHead.TAIL);
        return window.limit() - tail >= FrameHead.TAIL
                && window.getInt(tail) == (int) crc.getValue()
                && window.getInt(tail + 4) == head.length();
    }

    /** Where the next magic begins, from {@code from} on; the end of the file where there is none. */
    private long magicFrom(long from) throws IOException {
        for (long at = from; at + Long.BYTES <= size; ) {
            int place = load(at, Long.BYTES);
            int last = window.limit() - Long.BYTES;
            if (last < place) {
                return size;
            }
            for (int i = place; i <= last; i++) {
                if (window.getLong(i) == FrameHead.MAGIC) {
                    return at + i - place;
                }
            }
            at += last - place + 1;
        }
        return size;
    }

    /** Sees to it that {@code bytes} from {@code at} on are in the window, as far as there are any; where they are. */
    private int load(long at, int bytes) throws IOException {
        if (windowAt < 0 || at < windowAt || at + bytes > windowAt + window.limit()) {
            window.clear();
            file.read(window, at);
            window.flip();
            windowAt = at;
        }
        return (int) (at - windowAt);
    }
}
