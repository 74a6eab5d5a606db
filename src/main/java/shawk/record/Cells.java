package shawk.record;

import java.nio.ByteBuffer;

/** Numbers of 1, 2, 4 or 8 bytes in records. */
final class Cells {
    private Cells() {}

    /** The number at {@code at}, unsigned. */
    static long get(ByteBuffer records, int at, int width) {
        return switch (width) {
            case 8 -> records.getLong(at);
            case 4 -> records.getInt(at) & 0xffff_ffffL;
            case 2 -> records.getShort(at) & 0xffffL;
            default -> records.get(at) & 0xffL;
        };
    }

    /** Writes the lowest bytes of {@code value}. */
    static void put(ByteBuffer records, int at, int width, long value) {
        switch (width) {
            case 8 -> records.putLong(at, value);
            case 4 -> records.putInt(at, (int) value);
            case 2 -> records.putShort(at, (short) value);
            default -> records.put(at, (byte) value);
        }
    }

    /** The shortest way from {@code base} to {@code value} among numbers of {@code width} bytes. */
    static long difference(long value, long base, int width) {
        int shift = Long.SIZE - Byte.SIZE * width;
        return value - base << shift >> shift;
    }
}
