package shawk.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text from outside (kernel, {@code /proc}, a file), as bytes of any value. It cannot be rendered: only
 * {@link SafeText#of(RawText)} makes something printable of it.
 */
public final class RawText {
    /** No text. */
    public static final RawText EMPTY = new RawText(new byte[0]);

    private final byte[] bytes;

    private RawText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static RawText of(byte[] bytes) {
        return new RawText(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text}. */
    public static RawText of(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of {@code length} bytes at {@code offset}, whatever they are. */
    public static RawText of(ByteBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.get(offset, copy);
        return new RawText(copy);
    }

    /** A copy of the NUL-padded field of {@code length} bytes at {@code offset}, without the padding. */
    public static RawText paddedAt(ByteBuffer buffer, int offset, int length) {
        int end = 0;
        while (end < length && buffer.get(offset + end) != 0) {
            end++;
        }
        byte[] copy = new byte[end];
        buffer.get(offset, copy);
        return new RawText(copy);
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Byte number {@code index}, 0 to 255. */
    public int byteAt(int index) {
        return bytes[index] & 0xff;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawText that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For debugging only: never shows the content. */
    @Override
    public String toString() {
        return "RawText[" + bytes.length + " bytes]";
    }
}
