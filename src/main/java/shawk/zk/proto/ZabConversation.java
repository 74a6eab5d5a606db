package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;

/**
 * ZAB between a leader, the server of the connection, and one who learns from it. Packets have no length of their own:
 * where one ends is known from its parts. A packet is {@code QuorumPacket}: type, zxid, data, authinfo.
 */
final class ZabConversation extends ServerConversation {
    /** Type, zxid, length of the data. */
    private static final int HEADER = 16;

    private static final int LENGTH_AT = 12;

    /** What a header and a digest add to a request that was as long as can be. */
    private static final int ADDED = 4096;

    private static final int MOST_IDS = 512;
    private static final int MOST_AUTHINFO = 1 << 16;

    private final int mostData;
    private @Nullable SnapshotSkipper snapshot;

    /** Who learns; {@link Message#ABSENT} = it was not seen to say so. */
    private long learner = Message.ABSENT;

    ZabConversation(Connection connection, boolean whole, ByteLedger ledger, DecodeLimits limits, MessageSink sink) {
        super(connection, whole, ledger, sink);
        mostData = limits.maxMessage() + ADDED;
    }

    @Override
    String protocol() {
        return "ZAB";
    }

    @Override
    String guess(byte[] bytes, int at, int to) {
        int type = Wire.int32(bytes, at);
        return ZabTypes.isKnown(type) ? ZabTypes.name(type) : QuorumAuth.OP;
    }

    @Override
    int measure(ServerLane lane, byte[] bytes, int at, int to) {
        int there = to - at;
        if (lane.mayAuthenticate) {
            int auth = QuorumAuth.measure(bytes, at, to);
            if (auth != NONE) {
                return auth;
            }
        }
        for (int i = 0; i < Math.min(3, there); i++) {
            if (bytes[at + i] != 0) {
                return NONE;
            }
        }
        if (there >= Integer.BYTES && !ZabTypes.isKnown(bytes[at + 3])) {
            return NONE;
        }
        if (there < HEADER) {
            return MORE;
        }
        int data = Wire.int32(bytes, at + LENGTH_AT);
        if (data < -1 || data > mostData) {
            return NONE;
        }
        if (lane.state == ServerLane.State.SEARCH && !ZabTypes.isLikely(bytes, at, data, lane.toServer)) {
            return NONE;
        }
        int info = HEADER + Math.max(0, data);
        if (there < info + Integer.BYTES) {
            return info + Integer.BYTES;
        }
        boolean asked = bytes[at + 3] == ZabTypes.REQUEST || lane.state != ServerLane.State.SEARCH;
        return asked || Wire.int32(bytes, at + info) == -1 ? authinfo(bytes, at, info, to) : NONE;
    }

    /** Length of the packet with its list of ids, or as much of it as is certain. */
    private static int authinfo(byte[] bytes, int at, int info, int to) {
        int count = Wire.int32(bytes, at + info);
        int length = info + Integer.BYTES;
        if (count < -1 || count > MOST_IDS) {
            return NONE;
        }
        for (int texts = 2 * Math.max(0, count); texts > 0; texts--) {
            if (to - at < length + Integer.BYTES) {
                return length + Integer.BYTES * texts;
            }
            int text = Wire.int32(bytes, at + length);
            if (text < -1 || text > MOST_AUTHINFO || length - info > MOST_AUTHINFO) {
                return NONE;
            }
            length += Integer.BYTES + Math.max(0, text);
        }
        return length;
    }

    @Override
    boolean read(ServerLane lane, byte[] bytes, int at, int length, boolean strict) {
        message.clear();
        message.kind = Kind.ZAB;
        message.bytes = bytes;
        message.from = at;
        message.to = at + length;
        message.size = length;
        message.sid = lane.toServer ? learner : Message.ABSENT;
        int type = Wire.int32(bytes, at);
        if (!ZabTypes.isKnown(type)) {
            return QuorumAuth.read(message, bytes, at);
        }
        message.op = ZabTypes.name(type);
        message.opNumber = type;
        message.zxid = Wire.int64(bytes, at + Integer.BYTES);
        message.bodyFrom = at + HEADER;
        int data = Wire.int32(bytes, at + LENGTH_AT);
        Layout body = data <= 0 && mayBeEmpty(type) ? ZabRecords.EMPTY : body(type, bytes, at + HEADER, data, strict);
        boolean opaque = body == null && !strict && isNew(type, bytes, at + HEADER, data);
        if (opaque) {
            message.bodyFrom = at + LENGTH_AT;
            body = ZabRecords.OPAQUE;
        }
        message.body = body;
        return body != null && (!strict || ZabTypes.isSentBy(lane.toServer, type));
    }

    private static boolean mayBeEmpty(int type) {
        return switch (type) {
            case ZabTypes.REQUEST,
                    ZabTypes.PROPOSAL,
                    ZabTypes.REVALIDATE,
                    ZabTypes.INFORM,
                    ZabTypes.COMMITANDACTIVATE,
                    ZabTypes.LEADERINFO,
                    ZabTypes.ACKEPOCH,
                    ZabTypes.INFORMANDACTIVATE -> false;
            default -> true;
        };
    }

    /**
     * Layout from {@link Message#bodyFrom} on, which it may set to the length of the data; null = the data are none.
     */
    private @Nullable Layout body(int type, byte[] bytes, int from, int length, boolean strict) {
        return switch (type) {
            case ZabTypes.REQUEST -> request(bytes, from, from + length, strict);
            case ZabTypes.PROPOSAL, ZabTypes.INFORM -> proposal(bytes, from, from, from + length, strict);
            case ZabTypes.INFORMANDACTIVATE -> proposal(bytes, from, from + Long.BYTES, from + length, strict);
            case ZabTypes.PING -> length % 12 == 0 ? fromLength(ZabRecords.PING) : null;
            case ZabTypes.NEWLEADER -> fromLength(ZabRecords.NEW_LEADER);
            case ZabTypes.REVALIDATE -> revalidate(bytes, from, length);
            case ZabTypes.COMMITANDACTIVATE -> length == Long.BYTES ? ZabRecords.COMMIT_AND_ACTIVATE : null;
            case ZabTypes.LEADERINFO -> length == Integer.BYTES ? ZabRecords.LEADER_INFO : null;
            case ZabTypes.ACKEPOCH -> length == Integer.BYTES ? ZabRecords.ACK_EPOCH : null;
            case ZabTypes.FOLLOWERINFO, ZabTypes.OBSERVERINFO -> learnerInfo(bytes, from, length);
            default -> null;
        };
    }

    private Layout fromLength(Layout layout) {
        message.bodyFrom -= Integer.BYTES;
        return layout;
    }

    private @Nullable Layout revalidate(byte[] bytes, int from, int length) {
        if (length != 12 && length != 9) {
            return null;
        }
        message.session = Wire.int64(bytes, from);
        if (length == 12) {
            return ZabRecords.REVALIDATE;
        }
        byte valid = bytes[from + Long.BYTES];
        return valid == 0 || valid == 1 ? ZabRecords.REVALIDATED : null;
    }

    private @Nullable Layout learnerInfo(byte[] bytes, int from, int length) {
        Layout layout = ZabRecords.learnerInfo(length);
        if (layout != null) {
            message.sid = Wire.int64(bytes, from);
        }
        return layout;
    }

    private @Nullable Layout request(byte[] bytes, int from, int to, boolean strict) {
        int record = from + ZabRequests.HEADER;
        if (to < record) {
            return null;
        }
        message.session = Wire.int64(bytes, from);
        int type = Wire.int32(bytes, from + ZabRequests.TYPE_AT);
        Layout layout = ZabRequests.packet(type, bytes, record, to, strict);
        if (layout != null && ZabRequests.hasPath(type)) {
            path(bytes, record);
        }
        return layout;
    }

    private @Nullable Layout proposal(byte[] bytes, int from, int header, int to, boolean strict) {
        int txn = header + Txns.HEADER;
        if (to < txn || Wire.int64(bytes, header + Txns.ZXID_AT) != message.zxid) {
            return null;
        }
        message.session = Wire.int64(bytes, header);
        int type = Wire.int32(bytes, header + Txns.TYPE_AT);
        Layout layout = Txns.proposal(type, header > from, bytes, txn, to, strict);
        if (layout != null && Txns.hasPath(type)) {
            path(bytes, txn);
        }
        return layout;
    }

    private void path(byte[] bytes, int at) {
        int length = Wire.int32(bytes, at);
        if (length >= 0) {
            message.pathFrom = at + Integer.BYTES;
            message.pathLength = length;
        }
    }

    /** Whether the data belong to a type of request or transaction that there is no name for, or to a bare packet. */
    private static boolean isNew(int type, byte[] bytes, int from, int length) {
        return switch (type) {
            case ZabTypes.REQUEST ->
                length >= ZabRequests.HEADER && !ZabRequests.isKnown(Wire.int32(bytes, from + ZabRequests.TYPE_AT));
            case ZabTypes.PROPOSAL, ZabTypes.INFORM ->
                length >= Txns.HEADER && !Txns.isKnown(Wire.int32(bytes, from + Txns.TYPE_AT));
            case ZabTypes.INFORMANDACTIVATE ->
                length >= Long.BYTES + Txns.HEADER
                        && !Txns.isKnown(Wire.int32(bytes, from + Long.BYTES + Txns.TYPE_AT));
            case ZabTypes.ACK,
                    ZabTypes.COMMIT,
                    ZabTypes.SYNC,
                    ZabTypes.UPTODATE,
                    ZabTypes.DIFF,
                    ZabTypes.TRUNC,
                    ZabTypes.SNAP -> true;
            default -> false;
        };
    }

    @Override
    void told(ServerLane lane) {
        if (message.opNumber == Message.ABSENT) {
            return;
        }
        lane.mayAuthenticate = false;
        switch ((int) message.opNumber) {
            case ZabTypes.FOLLOWERINFO, ZabTypes.OBSERVERINFO -> learner = message.sid;
            case ZabTypes.SNAP -> {
                lane.state = ServerLane.State.SNAPSHOT;
                snapshot = new SnapshotSkipper();
            }
            default -> {}
        }
    }

    @Override
    int skipSnapshot(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        SnapshotSkipper skipper = snapshot == null ? new SnapshotSkipper() : snapshot;
        snapshot = skipper;
        int next = skipper.take(bytes, at, to);
        ledger.ignored += next - at;
        if (skipper.isDone()) {
            lane.state = ServerLane.State.READ;
            snapshot = null;
            note(lane, "snapshot of " + skipper.size() + " bytes", skipper.size(), micros);
        }
        return next;
    }

    @Override
    int snapshotEnd(byte[] bytes, int at, int to) {
        return SnapshotSkipper.signature(bytes, at, to);
    }
}
