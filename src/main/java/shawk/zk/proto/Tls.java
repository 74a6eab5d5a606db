package shawk.zk.proto;

/** How TLS is told from ZooKeeper's messages: as lengths its first bytes would be hundreds of megabytes. */
final class Tls {
    /** Bytes that show that a client says hello. */
    static final int HELLO = 3;

    private static final int HEADER = 5;
    private static final int FIRST_TYPE = 20;
    private static final int HANDSHAKE = 22;
    private static final int LAST_TYPE = 23;
    private static final int MAJOR = 3;
    private static final int LAST_MINOR = 4;

    /** Bytes of a record, with what encryption may add. */
    private static final int LONGEST = (1 << 14) + 2_048;

    private Tls() {}

    /** Whether a client says hello, as far as there are bytes. */
    static boolean mayBegin(byte[] bytes, int from, int to) {
        return bytes[from] == HANDSHAKE
                && (to - from < 2 || bytes[from + 1] == MAJOR)
                && (to - from < HELLO || bytes[from + 2] >= 0 && bytes[from + 2] <= LAST_MINOR);
    }

    /** Whether records follow each other: two of them, or one that ends where the bytes do. */
    static boolean isInside(byte[] bytes, int from, int to) {
        int at = from;
        for (int records = 0; records < 2; records++) {
            if (at == to) {
                return records > 0;
            }
            if (!isHeader(bytes, at, to)) {
                return false;
            }
            int length = (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
            if (length > to - at - HEADER) {
                return false;
            }
            at += HEADER + length;
        }
        return true;
    }

    private static boolean isHeader(byte[] bytes, int at, int to) {
        if (to - at < HEADER || bytes[at] < FIRST_TYPE || bytes[at] > LAST_TYPE || bytes[at + 1] != MAJOR) {
            return false;
        }
        int length = (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
        return bytes[at + 2] >= 0 && bytes[at + 2] <= LAST_MINOR && length > 0 && length <= LONGEST;
    }
}
