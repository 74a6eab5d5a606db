package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;

/**
 * An election: who connects says once who it is, then both tell whom they vote for. Who was asked to connect says
 * nothing of itself; its address is the one in the configuration.
 */
final class FleConversation extends ServerConversation {
    static final String NOTIFICATION = "NOTIFICATION";

    static final String INITIAL = "INITIAL";

    private static final long WITH_ADDRESS = -65536;
    private static final long WITH_ADDRESSES = -65535;

    /** Protocol version, id of the server, length of its address. */
    private static final int LEAST_INITIAL = 20;

    private static final int MOST_ADDRESS = 2048;
    private static final int MOST = 1 << 19;
    private static final long MOST_SID = 0xffff_ffffL;

    /** Votes for whom are believed where nothing is known of the place. */
    private static final int BELIEVABLE_SID = 1 << 16;

    private long connecting = Message.ABSENT;

    FleConversation(Connection connection, boolean whole, ByteLedger ledger, MessageSink sink) {
        super(connection, whole, ledger, sink);
    }

    @Override
    String protocol() {
        return "FLE";
    }

    @Override
    String guess(byte[] bytes, int at, int to) {
        return "notification";
    }

    /** Whether the first message is expected there: who connects introduces itself. */
    private static boolean isFirst(ServerLane lane) {
        return lane.toServer && lane.fresh;
    }

    @Override
    int measure(ServerLane lane, byte[] bytes, int at, int to) {
        int there = to - at;
        if (isFirst(lane)) {
            return initial(bytes, at, to);
        }
        if (lane.mayAuthenticate) {
            int auth = QuorumAuth.measure(bytes, at, to);
            if (auth != NONE) {
                return auth;
            }
        }
        if (bytes[at] != 0 || there > 1 && bytes[at + 1] > MOST >> 16) {
            return NONE;
        }
        if (there < Integer.BYTES) {
            return MORE;
        }
        int length = Wire.int32(bytes, at);
        return length < 0 || length > MOST || !FleRecords.isLength(length) ? NONE : Integer.BYTES + length;
    }

    private static int initial(byte[] bytes, int at, int to) {
        if (to - at < Long.BYTES) {
            return MORE;
        }
        long version = Wire.int64(bytes, at);
        if (version >= 0) {
            return version <= MOST_SID || version == Long.MAX_VALUE ? Long.BYTES : NONE;
        }
        if (version != WITH_ADDRESS && version != WITH_ADDRESSES) {
            return NONE;
        }
        if (to - at < LEAST_INITIAL) {
            return MORE;
        }
        int length = Wire.int32(bytes, at + 16);
        return length <= 0 || length > MOST_ADDRESS ? NONE : LEAST_INITIAL + length;
    }

    @Override
    boolean read(ServerLane lane, byte[] bytes, int at, int length, boolean strict) {
        message.clear();
        message.kind = Kind.FLE;
        message.bytes = bytes;
        message.from = at;
        message.to = at + length;
        message.size = length;
        if (isFirst(lane)) {
            return introduction(bytes, at);
        }
        message.sid = lane.toServer ? connecting : Message.ABSENT;
        if (bytes[at] != 0) {
            return QuorumAuth.read(message, bytes, at);
        }
        int body = at + Integer.BYTES;
        message.op = NOTIFICATION;
        message.opNumber = Wire.int32(bytes, body);
        message.from = body;
        message.size = (long) length - Integer.BYTES;
        message.zxid = Wire.int64(bytes, body + 12);
        message.bodyFrom = body + Integer.BYTES;
        @Nullable Layout layout = FleRecords.notification(bytes, body, length - Integer.BYTES);
        message.body = layout;
        long leader = Wire.int64(bytes, body + 4);
        boolean believable = leader >= -1 && leader <= BELIEVABLE_SID || leader == Long.MIN_VALUE;
        return layout != null && (!strict || believable);
    }

    private boolean introduction(byte[] bytes, int at) {
        long first = Wire.int64(bytes, at);
        boolean old = first >= 0;
        message.op = INITIAL;
        message.bodyFrom = at;
        message.body = old ? FleRecords.OLD_INITIAL : FleRecords.INITIAL;
        message.sid = old ? first : Wire.int64(bytes, at + Long.BYTES);
        return true;
    }

    @Override
    void told(ServerLane lane) {
        if (message.op.equals(INITIAL)) {
            connecting = message.sid;
        } else if (!message.op.equals(QuorumAuth.OP)) {
            lane.mayAuthenticate = false;
        }
    }

    @Override
    int skipSnapshot(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        throw new AssertionError(lane.state);
    }

    @Override
    int snapshotEnd(byte[] bytes, int at, int to) {
        return 0;
    }
}
