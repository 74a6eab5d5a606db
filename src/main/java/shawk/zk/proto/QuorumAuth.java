package shawk.zk.proto;

import shawk.zk.proto.Layout.Field;

/**
 * SASL between servers: {@code QuorumAuthPacket}s, before the first packet of ZAB, behind the first one of election.
 */
final class QuorumAuth {
    /** Its name as {@link Message#op}. */
    static final String OP = "AUTH";

    private static final long MAGIC = 0x5f24_3501_3501_edccL;
    private static final int HEADER = 16;
    private static final int MOST_TOKEN = 1 << 16;
    private static final Layout BODY = new Layout(
            "QuorumAuthPacket",
            new Field("magic", Layout.Type.ID, null, null),
            new Field("status", Layout.Type.INT, null, null),
            new Field("token", Layout.Type.SECRET, null, null));

    private QuorumAuth() {}

    /** As {@link ServerConversation#measure}. */
    static int measure(byte[] bytes, int at, int to) {
        for (int i = 0; i < Math.min(Long.BYTES, to - at); i++) {
            if (bytes[at + i] != (byte) (MAGIC >> 56 - 8 * i)) {
                return ServerConversation.NONE;
            }
        }
        if (to - at < HEADER) {
            return ServerConversation.MORE;
        }
        int token = Wire.int32(bytes, at + 12);
        return token < -1 || token > MOST_TOKEN ? ServerConversation.NONE : HEADER + Math.max(0, token);
    }

    /** Whether it is one: status 0 (on the way), 1 (done) or -1 (failed). */
    static boolean read(Message message, byte[] bytes, int at) {
        int status = Wire.int32(bytes, at + 8);
        message.op = OP;
        message.opNumber = Message.ABSENT;
        message.bodyFrom = at;
        message.body = BODY;
        return status >= -1 && status <= 1;
    }
}
