package shawk.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the bytes of a frame, with a check sum of its own, so that a file can be walked from head to head
 * without reading what lies between. Behind those bytes the length stands again, to walk back. Little-endian:
 *
 * <pre>
 *  0 magic       8  "shawkfr" and the format's version
 *  8 kind        4  {@link Kind}
 * 12 length      4  bytes between head and tail
 * 16 sequence    8  of the frame: 0 for the first, then 1, 2, …
 * 24 wall        8  microseconds since the epoch
 * 32 monotonic   8  nanoseconds
 * 40 check sum   4  CRC32C of what lies between head and tail
 * 44 check sum   4  CRC32C of the 44 bytes before
 *                   … the frame's bytes …
 *  0 length      4  as above
 *  4 magic       4
 * </pre>
 *
 * @param kind what is inside
 * @param length bytes between head and tail
 * @param sequence one more than that of the frame before
 * @param wallMicros when the sample was taken, microseconds since the epoch
 * @param monotonicNanos the same moment on a clock that never steps
 * @param crc CRC32C of the bytes between head and tail
 */
record FrameHead(Kind kind, int length, long sequence, long wallMicros, long monotonicNanos, int crc) {
    /** Bytes before those of the frame. */
    static final int SIZE = 48;

    /** Bytes after them. */
    static final int TAIL = 8;

    /** The version of the format, which says how frames are laid out. Fields of records have names, and no version. */
    static final int VERSION = 1;

    /** The most bytes of a frame. */
    static final int LENGTH_MAX = 128 << 20;

    /** The first byte of the magic. */
    static final byte FIRST = 's';

    private static final long MAGIC = 0x72_66_6b_77_61_68_73L | (long) VERSION << 56;
    private static final int TAIL_MAGIC = 0x5d_6b_77_73;
    private static final int CHECKED = 44;

    /** What a frame holds. The numbers stand in recordings. */
    enum Kind {
        /** What is true of the whole recording: layouts, host, names of services. */
        HEADER,
        /** A sample that can be read without those before it. */
        KEY,
        /** A sample as what has changed since the one before. */
        DELTA,
        /** Where the frames before it are. */
        INDEX,
        /** Nothing: room at the end of the file that was too small for the next frame. */
        PAD
    }

    static FrameHead of(Kind kind, long sequence, long wallMicros, long monotonicNanos, byte[] body, int length) {
        return new FrameHead(kind, length, sequence, wallMicros, monotonicNanos, crc(body, 0, length));
    }

    static int crc(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return (int) sum.getValue();
    }

    /** Bytes of the whole frame. */
    long frameSize() {
        return (long) SIZE + length + TAIL;
    }

    /** The whole frame around {@code body}. */
    ByteBuffer frame(byte[] body) {
        ByteBuffer out = ByteBuffer.allocate((int) frameSize()).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(kind.ordinal()).putInt(length).putLong(sequence);
        out.putLong(wallMicros).putLong(monotonicNanos).putInt(crc);
        out.putInt(crc(out.array(), 0, CHECKED));
        out.put(body, 0, length).putInt(length).putInt(TAIL_MAGIC);
        return out.flip();
    }

    /** The head that begins at {@code at}; null where those bytes are none. */
    static @Nullable FrameHead parse(byte[] bytes, int at) {
        if (at + SIZE > bytes.length) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int kind = in.getInt(at + 8);
        int length = in.getInt(at + 12);
        boolean good = in.getLong(at) == MAGIC
                && in.getInt(at + CHECKED) == crc(bytes, at, CHECKED)
                && kind >= 0
                && kind < Kind.values().length
                && length >= 0
                && length <= LENGTH_MAX;
        return !good
                ? null
                : new FrameHead(
                        Kind.values()[kind],
                        length,
                        in.getLong(at + 16),
                        in.getLong(at + 24),
                        in.getLong(at + 32),
                        in.getInt(at + 40));
    }

    /** Whether the magic at {@code at} is one of this program's, of whatever version. */
    static boolean isOtherVersion(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            return false;
        }
        long magic = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        return magic != MAGIC && (magic & ~0L >>> 8) == (MAGIC & ~0L >>> 8);
    }

    /** The length that the tail at {@code at} says; -1 where those bytes are no tail. */
    static int parseTail(byte[] bytes, int at) {
        if (at < 0 || at + TAIL > bytes.length) {
            return -1;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return in.getInt(at + 4) == TAIL_MAGIC ? in.getInt(at) : -1;
    }
}
