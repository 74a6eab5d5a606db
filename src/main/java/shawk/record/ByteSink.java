package shawk.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import shawk.model.RawText;

/** Bytes that grow; used again after {@link #clear()}. Used by one thread. */
final class ByteSink {
    private byte[] bytes;
    private int size;

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The bytes written so far, and more behind them; valid until the next write. */
    byte[] bytes() {
        return bytes;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
        }
    }

    void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void writeInt(int value) {
        ensure(Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void writeLong(long value) {
        writeInt((int) value);
        writeInt((int) (value >>> Integer.SIZE));
    }

    /** Seven bits a byte, least significant first; {@code value} counts as unsigned. */
    void writeVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** As {@link #writeVarint}, small negative numbers being short too. */
    void writeSigned(long value) {
        writeVarint(zigzag(value));
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    void writeBytes(byte[] from, int offset, int length) {
        ensure(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Length, then the bytes of {@code other}. */
    void writeAll(ByteSink other) {
        writeVarint(other.size);
        writeBytes(other.bytes, 0, other.size);
    }

    void writeText(RawText text) {
        byte[] copy = text.toBytes();
        writeVarint(copy.length);
        writeBytes(copy, 0, copy.length);
    }

    void writeText(String text) {
        byte[] copy = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(copy.length);
        writeBytes(copy, 0, copy.length);
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
