package shawk.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: numbers of few bytes where they are small, texts, arrays. Used by one thread. */
final class ByteSink {
    private byte[] bytes = new byte[1024];
    private int size;

    void writeByte(int value) {
        ensureRoom(1);
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, the lowest first; a negative number takes ten bytes. */
    void writeNumber(long value) {
        ensureRoom(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that may be negative, small where it is near 0. */
    void writeSigned(long value) {
        writeNumber(value << 1 ^ value >> 63);
    }

    /** Eight bytes, the highest first. */
    void writeLong(long value) {
        ensureRoom(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void writeText(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        writeNumber(text.length);
        ensureRoom(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    private void ensureRoom(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
