package shawk.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import shawk.model.RawText;

/** Reads what {@link ByteSink} wrote, or bytes of anybody: every step is checked. Used by one thread. */
final class ByteCursor {
    private final byte[] bytes;
    private int at;
    private final int end;

    ByteCursor(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.at = start;
        this.end = start + length;
    }

    int remaining() {
        return end - at;
    }

    int readByte() throws MalformedException {
        if (at >= end) {
            throw new MalformedException("ends too early");
        }
        return bytes[at++] & 0xff;
    }

    int readInt() throws MalformedException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= readByte() << shift;
        }
        return value;
    }

    long readLong() throws MalformedException {
        long low = readInt() & 0xffff_ffffL;
        return low | (long) readInt() << Integer.SIZE;
    }

    long readVarint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("a number without end");
    }

    long readSigned() throws MalformedException {
        return ByteSink.unzigzag(readVarint());
    }

    /** A number from 0 to {@code most}. */
    int readCount(int most) throws MalformedException {
        long value = readVarint();
        if (value < 0 || value > most) {
            throw new MalformedException("a count of " + Long.toUnsignedString(value) + ", at most " + most);
        }
        return (int) value;
    }

    /** How many things follow, each of which takes {@code least} bytes or more. */
    int readListSize(int least) throws MalformedException {
        return readCount(remaining() / least);
    }

    /** A part with its length before it, as a cursor of its own. */
    ByteCursor readPart() throws MalformedException {
        int length = readCount(Math.min(remaining(), Integer.MAX_VALUE));
        if (length > remaining()) {
            throw new MalformedException("a part that ends beyond the whole");
        }
        ByteCursor part = new ByteCursor(bytes, at, length);
        at += length;
        return part;
    }

    byte[] readBytes() throws MalformedException {
        ByteCursor part = readPart();
        return Arrays.copyOfRange(bytes, part.at, part.end);
    }

    RawText readRawText() throws MalformedException {
        return RawText.of(readBytes());
    }

    String readText() throws MalformedException {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }
}
