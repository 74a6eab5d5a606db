package shawk.fuzz;

import java.util.Arrays;

/** Takes the bytes of a fuzzer's input apart; what is not there is 0. */
final class Input {
    private final byte[] bytes;
    private int at;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isOver() {
        return at >= bytes.length;
    }

    int int8() {
        return at < bytes.length ? bytes[at++] & 255 : 0;
    }

    int int16() {
        return int8() << 8 | int8();
    }

    int int32() {
        return int16() << 16 | int16();
    }

    /** As many bytes as the next two say, or as there are. */
    byte[] chunk() {
        return bytes(int16());
    }

    byte[] rest() {
        return bytes(bytes.length);
    }

    private byte[] bytes(int most) {
        int end = Math.min(bytes.length, at + most);
        byte[] part = Arrays.copyOfRange(bytes, Math.min(at, end), end);
        at = end;
        return part;
    }
}
