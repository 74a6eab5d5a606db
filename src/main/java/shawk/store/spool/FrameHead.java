package shawk.store.spool;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the bytes of a batch. Magic, version, level, length of the content, instance, number, the number
 * before, serial of the losses that the batch tells, when it was made, and a check sum of this head; behind the content
 * stand a check sum of both and the length again. Big endian.
 *
 * @param level how much was merged into it: 0 = it is as it was offered
 * @param length of the content, bytes
 * @param instance whose spool it is
 * @param sequence the batch's number
 * @param previous number of the frame before it, so that what lies between is known to be missing; 0 = it is the first
 * @param lossSerial losses up to this serial are told in the batch
 * @param atMicros when the batch was made, microseconds since the epoch
 */
record FrameHead(int level, int length, UUID instance, long sequence, long previous, long lossSerial, long atMicros) {
    static final int SIZE = 8 + 4 + 4 + 16 + 8 + 8 + 8 + 8 + 4;
    static final int TAIL = 8;
    static final long MAGIC = 0x7368_6177_6b73_700aL;

    private static final int VERSION = 1;
    private static final int LEVELS = 8;
    private static final long MOST = 1L << 62;

    /** Bytes of the whole frame. */
    int frameBytes() {
        return SIZE + length + TAIL;
    }

    /** A frame with {@code content}, ready to be written. */
    ByteBuffer frame(byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(SIZE + content.length + TAIL);
        out.putLong(MAGIC).put((byte) VERSION).put((byte) level).putShort((short) 0);
        out.putInt(content.length).putLong(instance.getMostSignificantBits());
        out.putLong(instance.getLeastSignificantBits());
        out.putLong(sequence).putLong(previous).putLong(lossSerial).putLong(atMicros);
        out.putInt(crc(out, 0, SIZE - 4)).put(content);
        out.putInt(crc(out, 0, SIZE + content.length)).putInt(content.length);
        return out.flip();
    }

    /**
     * The head that stands in {@code in} at {@code at}; null where there is none of this version.
     *
     * @param mostBytes the longest frame
     */
    static @Nullable FrameHead parse(ByteBuffer in, int at, long mostBytes) {
        if (in.limit() - at < SIZE || in.getLong(at) != MAGIC || in.get(at + 8) != VERSION) {
            return null;
        }
        int length = in.getInt(at + 12);
        if (in.getInt(at + SIZE - 4) != crc(in, at, SIZE - 4) || length < 0 || length > mostBytes) {
            return null;
        }
        int level = in.get(at + 9);
        long sequence = in.getLong(at + 32);
        long previous = in.getLong(at + 40);
        boolean sound = level >= 0 && level < LEVELS && previous >= 0 && previous < sequence && sequence < MOST;
        return sound
                ? new FrameHead(
                        level,
                        length,
                        new UUID(in.getLong(at + 16), in.getLong(at + 24)),
                        sequence,
                        previous,
                        in.getLong(at + 48),
                        in.getLong(at + 56))
                : null;
    }

    private static int crc(ByteBuffer buffer, int from, int bytes) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(from + bytes).position(from));
        return (int) crc.getValue();
    }
}
