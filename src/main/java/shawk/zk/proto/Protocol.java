package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** What is spoken on a port of a ZooKeeper server. */
public enum Protocol {
    /** Between a client and its server. */
    CLIENT("zk"),
    /** Between a leader and those who learn from it. */
    ZAB("zab"),
    /** Between those who elect a leader. */
    FLE("fle");

    /** Bytes of a beginning that are enough to tell. */
    public static final int ENOUGH = 36;

    private static final long WITH_ADDRESS = -65536;
    private static final long WITH_ADDRESSES = -65535;
    private static final int LEARNER_VERSION = 0x10000;
    private static final int PASSWORD = 16;

    private final String id;

    Protocol(String id) {
        this.id = id;
    }

    /** The word in options and notes. */
    public String id() {
        return id;
    }

    /**
     * What a connection speaks whose client begins so, if its beginning is unmistakable; null = it may be anything.
     *
     * @param to {@link #ENOUGH} bytes behind {@code from}, or where there are no more
     */
    public static @Nullable Protocol guess(byte[] bytes, int from, int to) {
        if (to - from < 20) {
            return null;
        }
        long version = Wire.int64(bytes, from);
        int address = Wire.int32(bytes, from + 16);
        if ((version == WITH_ADDRESS || version == WITH_ADDRESSES) && address > 0 && address <= 2048) {
            return FLE;
        }
        if (to - from < ENOUGH) {
            return null;
        }
        int type = Wire.int32(bytes, from);
        int info = Wire.int32(bytes, from + 12);
        if ((type == ZabTypes.FOLLOWERINFO || type == ZabTypes.OBSERVERINFO)
                && (info == 12 || info == 20)
                && Wire.int32(bytes, from + 24) == LEARNER_VERSION) {
            return ZAB;
        }
        return isConnect(bytes, from) ? CLIENT : null;
    }

    /** Length, version 0, last zxid, time-out, session, length of the password. */
    private static boolean isConnect(byte[] bytes, int from) {
        int length = Wire.int32(bytes, from);
        return (length == 28 + PASSWORD || length == 29 + PASSWORD)
                && Wire.int32(bytes, from + 4) == 0
                && Wire.int64(bytes, from + 8) >= 0
                && Wire.int32(bytes, from + 16) > 0
                && Wire.int32(bytes, from + 28) == PASSWORD;
    }
}
