package shawk.view.zk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import shawk.model.RawText;
import shawk.model.SafeText;

/**
 * Text as bytes on its way to a stream: gathered here, written in large pieces by {@link #flush}. What comes from
 * outside goes through {@link SafeText}, for which a text of printable ASCII needs no object. Used by one thread.
 */
public final class ByteOut {
    /** Pieces of that size are worth a write. */
    static final int PIECE = 1 << 16;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 20;

    private final byte[] digits = new byte[LONGEST_NUMBER];
    private byte[] bytes = new byte[2 * PIECE];
    private int length;

    /** Bytes that are waiting. */
    public int length() {
        return length;
    }

    /** Hands over what there is, and makes sure that it has gone. */
    public void flush(OutputStream out) throws IOException {
        if (length > 0) {
            int waiting = length;
            length = 0;
            out.write(bytes, 0, waiting);
        }
        out.flush();
        if (bytes.length > 16 * PIECE) {
            bytes = new byte[2 * PIECE];
        }
    }

    /** The same if it is worth it. */
    public void spill(OutputStream out) throws IOException {
        if (length >= PIECE) {
            flush(out);
        }
    }

    /** What is waiting, as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Takes back all behind {@code to}, which was {@link #length} before. */
    void cut(int to) {
        length = to;
    }

    /** A part of what {@code other} has. */
    ByteOut part(ByteOut other, int from, int to) {
        return copy(other.bytes, from, to - from);
    }

    /** One ASCII character. */
    public ByteOut ascii(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** A constant of the program's, in ASCII. */
    @SuppressWarnings("deprecation") // The one method that copies a text of ASCII without an array in between.
    public ByteOut ascii(String constant) {
        int more = constant.length();
        room(more);
        constant.getBytes(0, more, bytes, length);
        length += more;
        return this;
    }

    /** Bytes that are known to be harmless. */
    ByteOut bytes(byte[] harmless) {
        return copy(harmless, 0, harmless.length);
    }

    /** A text that is harmless, in any characters. */
    public ByteOut text(SafeText text) {
        return bytes(text.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Text from outside, made harmless. */
    public ByteOut safe(byte[] from, int at, int count) {
        if (plain(from, at, count, false) == count) {
            return copy(from, at, count);
        }
        return text(safeText(from, at, count));
    }

    /** The same as what stands between the quotes of JSON. */
    ByteOut json(byte[] from, int at, int count) {
        if (plain(from, at, count, true) == count) {
            return copy(from, at, count);
        }
        return json(safeText(from, at, count));
    }

    /** A harmless text as what stands between the quotes of JSON. */
    ByteOut json(SafeText text) {
        byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
        for (byte each : utf8) {
            if (each == '"' || each == '\\') {
                ascii('\\');
            }
            ascii((char) (each & 0xff));
        }
        return this;
    }

    /** A number. */
    public ByteOut number(long value) {
        if (value == Long.MIN_VALUE) {
            return ascii("-9223372036854775808");
        }
        room(LONGEST_NUMBER);
        long left = Math.abs(value);
        int at = LONGEST_NUMBER;
        do {
            digits[--at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        if (value < 0) {
            bytes[length++] = '-';
        }
        System.arraycopy(digits, at, bytes, length, LONGEST_NUMBER - at);
        length += LONGEST_NUMBER - at;
        return this;
    }

    /** A number of at least {@code width} digits, 0 or more. */
    ByteOut digits(long value, int width) {
        room(width);
        long left = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += width;
        return this;
    }

    /** {@code 0x} and hexadecimal digits, of the 64 bits taken as unsigned. */
    public ByteOut hex(long value) {
        room(18);
        bytes[length++] = '0';
        bytes[length++] = 'x';
        for (int i = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4) - 1; i >= 0; i--) {
            bytes[length++] = HEX[(int) (value >>> 4 * i) & 15];
        }
        return this;
    }

    /** Two hexadecimal digits. */
    ByteOut octet(int value) {
        room(2);
        bytes[length++] = HEX[value >> 4 & 15];
        bytes[length++] = HEX[value & 15];
        return this;
    }

    /** Microseconds, 0 or more, as seconds with six decimals. */
    ByteOut seconds(long micros) {
        return number(micros / 1_000_000).ascii('.').digits(micros % 1_000_000, 6);
    }

    /** Base64 with padding. */
    ByteOut base64(byte[] from, int at, int count) {
        room((int) Math.min(Integer.MAX_VALUE - 16, (count + 2L) / 3 * 4));
        int end = at + count;
        for (int i = at; i < end; i += 3) {
            int left = end - i;
            int word = (from[i] & 0xff) << 16
                    | (left > 1 ? (from[i + 1] & 0xff) << 8 : 0)
                    | (left > 2 ? from[i + 2] & 0xff : 0);
            bytes[length++] = BASE64[word >> 18];
            bytes[length++] = BASE64[word >> 12 & 63];
            bytes[length++] = left > 1 ? BASE64[word >> 6 & 63] : (byte) '=';
            bytes[length++] = left > 2 ? BASE64[word & 63] : (byte) '=';
        }
        return this;
    }

    static SafeText safeText(byte[] from, int at, int count) {
        return SafeText.of(RawText.of(ByteBuffer.wrap(from), at, count));
    }

    /** How many of the bytes are printable ASCII; with {@code json} such as needs no backslash there. */
    private static int plain(byte[] from, int at, int count, boolean json) {
        int i = 0;
        while (i < count) {
            byte c = from[at + i];
            if (c < 0x20 || c == 0x7f || json && (c == '"' || c == '\\')) {
                return i;
            }
            i++;
        }
        return i;
    }

    private ByteOut copy(byte[] from, int at, int count) {
        room(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, (int)
                    Math.min(Integer.MAX_VALUE - 16, Math.max(2L * bytes.length, (long) length + more)));
        }
    }
}
