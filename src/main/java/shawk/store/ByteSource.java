package shawk.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteSink} wrote, out of bytes of any value. Used by one thread. */
final class ByteSource {
    private final byte[] bytes;
    private int at;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.length - at;
    }

    int readByte() throws MalformedBatchException {
        if (at == bytes.length) {
            throw malformed("ends too early");
        }
        return bytes[at++] & 0xff;
    }

    long readNumber() throws MalformedBatchException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 1) {
                throw malformed("a number is too large");
            }
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw malformed("a number is longer than it has to be");
                }
                return value;
            }
        }
        throw malformed("a number does not end");
    }

    long readSigned() throws MalformedBatchException {
        long value = readNumber();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number from {@code min} to {@code max}. */
    int readInt(int min, int max) throws MalformedBatchException {
        long value = readNumber();
        if (value < min || value > max) {
            throw malformed("a number is out of range");
        }
        return (int) value;
    }

    /** How many elements follow, each of which takes at least {@code bytesEach}: no more than there are bytes for. */
    int readCount(int bytesEach) throws MalformedBatchException {
        long count = readNumber();
        if (count < 0 || count > remaining() / bytesEach) {
            throw malformed("a list is longer than the rest");
        }
        return (int) count;
    }

    long readLong() throws MalformedBatchException {
        if (remaining() < Long.BYTES) {
            throw malformed("ends too early");
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    String readText() throws MalformedBatchException {
        int length = readCount(1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw malformed("a text is no UTF-8");
        }
    }

    MalformedBatchException malformed(String why) {
        return new MalformedBatchException("at byte " + at + ": " + why);
    }
}
