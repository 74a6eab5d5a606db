package shawk.zk.proto;

/**
 * The first message of each direction, which has no header. Programs up to 3.3, and C's of 3.4, leave out the last
 * byte.
 */
final class Connects {
    /** Versions that ClickHouse Keeper's clients ask for: compressed, and with numbers of 64 bits. */
    private static final int COMPRESSED = 10;

    private static final int LONG_XID = 11;

    private static final int REQUEST = 44;
    private static final int REPLY = 36;
    private static final int PASSWORD = 16;

    /** Milliseconds that nobody's session lasts: more than a month. */
    private static final int LONGEST = 1 << 30;

    private Connects() {}

    /** As of {@link FrameReader#believe}. */
    static int believeRequest(byte[] bytes, int at, int to) {
        int length = Wire.int32(bytes, at);
        if (length != REQUEST && length != REQUEST + 1) {
            return FrameReader.NO;
        }
        if (to - at >= 8 && Wire.int32(bytes, at + 4) != 0 || to - at >= 12 && Wire.int32(bytes, at + 8) < 0) {
            return FrameReader.NO;
        }
        if (to - at - 4 < length) {
            return FrameReader.MORE;
        }
        int timeOut = Wire.int32(bytes, at + 16);
        return isTime(timeOut) && isEnd(bytes, at + 28, length - 24) ? length + 4 : FrameReader.NO;
    }

    /** As of {@link FrameReader#believe}. */
    static int believeReply(byte[] bytes, int at, int to) {
        int length = Wire.int32(bytes, at);
        if (length != REPLY && length != REPLY + 1) {
            return FrameReader.NO;
        }
        if (to - at - 4 < length) {
            return FrameReader.MORE;
        }
        int timeOut = Wire.int32(bytes, at + 8);
        return Wire.int32(bytes, at + 4) == 0 && isTime(timeOut) && isEnd(bytes, at + 20, length - 16)
                ? length + 4
                : FrameReader.NO;
    }

    private static boolean isTime(int millis) {
        return millis >= 0 && millis <= LONGEST;
    }

    /** The password, and a last byte if there is one. */
    private static boolean isEnd(byte[] bytes, int at, int length) {
        return Wire.int32(bytes, at) == PASSWORD && (length == PASSWORD + 4 || (bytes[at + 20] & ~1) == 0);
    }

    /** Why nothing behind a request for a connection can be read; empty = it can. */
    static String dialect(byte[] bytes, int at) {
        int length = Wire.int32(bytes, at);
        if (length != REQUEST && length != REQUEST + 1) {
            return "";
        }
        return switch (Wire.int32(bytes, at + 4)) {
            case COMPRESSED -> "ClickHouse Keeper's compressed protocol: it cannot be decoded";
            case LONG_XID -> "ClickHouse Keeper's protocol with xids of 64 bits: it cannot be decoded";
            default -> "";
        };
    }
}
