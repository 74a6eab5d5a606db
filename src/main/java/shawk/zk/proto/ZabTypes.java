package shawk.zk.proto;

/** Types of packets between a leader and those who learn from it, as {@code Leader} numbers them. */
final class ZabTypes {
    static final int REQUEST = 1;
    static final int PROPOSAL = 2;
    static final int ACK = 3;
    static final int COMMIT = 4;
    static final int PING = 5;
    static final int REVALIDATE = 6;
    static final int SYNC = 7;
    static final int INFORM = 8;
    static final int COMMITANDACTIVATE = 9;
    static final int NEWLEADER = 10;
    static final int FOLLOWERINFO = 11;
    static final int UPTODATE = 12;
    static final int DIFF = 13;
    static final int TRUNC = 14;
    static final int SNAP = 15;
    static final int OBSERVERINFO = 16;
    static final int LEADERINFO = 17;
    static final int ACKEPOCH = 18;
    static final int INFORMANDACTIVATE = 19;

    private static final String[] NAMES = {
        "",
        "REQUEST",
        "PROPOSAL",
        "ACK",
        "COMMIT",
        "PING",
        "REVALIDATE",
        "SYNC",
        "INFORM",
        "COMMITANDACTIVATE",
        "NEWLEADER",
        "FOLLOWERINFO",
        "UPTODATE",
        "DIFF",
        "TRUNC",
        "SNAP",
        "OBSERVERINFO",
        "LEADERINFO",
        "ACKEPOCH",
        "INFORMANDACTIVATE"
    };

    private ZabTypes() {}

    static boolean isKnown(int type) {
        return type >= REQUEST && type <= INFORMANDACTIVATE;
    }

    static String name(int type) {
        return NAMES[type];
    }

    /** Whether that side sends such packets: learners, as they connect, are the clients. */
    static boolean isSentBy(boolean learner, int type) {
        return switch (type) {
            case PING, REVALIDATE -> true;
            case REQUEST, ACK, FOLLOWERINFO, OBSERVERINFO, ACKEPOCH -> learner;
            default -> !learner;
        };
    }

    /**
     * Whether a packet begins so, of which type, zxid and length of the data are there: asked where nothing is known of
     * the place.
     */
    static boolean isLikely(byte[] bytes, int at, int data, boolean learner) {
        int type = Wire.int32(bytes, at);
        long zxid = Wire.int64(bytes, at + Integer.BYTES);
        boolean none = type == REQUEST || type == REVALIDATE || type == UPTODATE;
        return isSentBy(learner, type) && (none ? zxid == -1 : zxid >= 0) && isLength(type, data);
    }

    private static boolean isLength(int type, int data) {
        return switch (type) {
            case REQUEST -> data >= ZabRequests.HEADER;
            case PROPOSAL, INFORM -> data >= Txns.HEADER;
            case INFORMANDACTIVATE -> data >= Txns.HEADER + Long.BYTES;
            case COMMITANDACTIVATE -> data == Long.BYTES;
            case REVALIDATE -> data == 9 || data == 12;
            case LEADERINFO, ACKEPOCH -> data == Integer.BYTES;
            case FOLLOWERINFO, OBSERVERINFO -> data <= 0 || ZabRecords.learnerInfo(data) != null;
            case PING -> data <= 0 || data % 12 == 0;
            case NEWLEADER -> true;
            default -> data <= 0;
        };
    }
}
