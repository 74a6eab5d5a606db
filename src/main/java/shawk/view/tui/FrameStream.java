package shawk.view.tui;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects the bytes of a frame and hands them over in one write when it is flushed. Used by one thread at a time;
 * grows to the largest frame that was drawn.
 */
final class FrameStream extends OutputStream {
    private final OutputStream target;
    private byte[] bytes = new byte[16 * 1024];
    private int size;

    FrameStream(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int octet) {
        room(1);
        bytes[size++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends ASCII. */
    void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Appends a code point in UTF-8. */
    void codePoint(int codePoint) {
        room(4);
        if (codePoint < 0x80) {
            bytes[size++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[size++] = (byte) (0xc0 | codePoint >> 6);
            tail(codePoint, 0);
        } else if (codePoint < 0x10000) {
            bytes[size++] = (byte) (0xe0 | codePoint >> 12);
            tail(codePoint, 6);
        } else {
            bytes[size++] = (byte) (0xf0 | codePoint >> 18);
            tail(codePoint, 12);
        }
    }

    private void tail(int codePoint, int highest) {
        for (int shift = highest; shift >= 0; shift -= 6) {
            bytes[size++] = (byte) (0x80 | codePoint >> shift & 0x3f);
        }
    }

    /** Forgets what was not flushed. */
    void discard() {
        size = 0;
    }

    @Override
    public void flush() throws IOException {
        int length = size;
        size = 0;
        if (length > 0) {
            target.write(bytes, 0, length);
            target.flush();
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
