package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/**
 * What a server sends: the answer to connect, then a header of xid, zxid and error, and a record; what record, its
 * request says. Used by one thread.
 */
final class ReplyReader implements FrameReader {
    /** Bytes of a header. */
    static final int HEADER = 16;

    static final int EVENT_XID = -1;

    /** Bytes of an event's record in front of its path. */
    private static final int EVENT_PATH = 8;

    private final ClientConversation conversation;
    private final OpenRequests open;
    private final int maxMessage;

    ReplyReader(ClientConversation conversation, int maxMessage) {
        this.conversation = conversation;
        this.open = conversation.open();
        this.maxMessage = maxMessage;
    }

    @Override
    public int least() {
        return HEADER;
    }

    @Override
    public int believe(byte[] bytes, int at, int to, boolean first) {
        int left = to - at;
        if (left < 4) {
            return bytes[at] >= 0 && bytes[at] <= maxMessage >>> 24 ? MORE : NO;
        }
        int length = Wire.int32(bytes, at);
        if (length < HEADER || length > maxMessage) {
            return NO;
        }
        if (first && conversation.isConnecting()) {
            return Connects.believeReply(bytes, at, to);
        }
        if (left < 4 + HEADER) {
            return left < 8 || isXid(Wire.int32(bytes, at + 4)) ? MORE : NO;
        }
        return isHeader(bytes, at, length) ? believeRecord(bytes, at, to, length) : NO;
    }

    private static boolean isXid(int xid) {
        return xid >= EVENT_XID
                || xid == RequestReader.PING_XID
                || xid == RequestReader.AUTH_XID
                || xid == RequestReader.SET_WATCHES_XID;
    }

    private static boolean isHeader(byte[] bytes, int at, int length) {
        int xid = Wire.int32(bytes, at + 4);
        long zxid = Wire.int64(bytes, at + 8);
        int error = Wire.int32(bytes, at + 16);
        if (!isXid(xid) || ErrorCodes.known(error) == null) {
            return false;
        }
        if (xid == EVENT_XID) {
            return zxid >= -1 && error == ErrorCodes.OK && length >= HEADER + EVENT_PATH + 4;
        }
        return zxid >= 0 && (xid >= 0 || length == HEADER);
    }

    private int believeRecord(byte[] bytes, int at, int to, int length) {
        int xid = Wire.int32(bytes, at + 4);
        int slot = xid < 0 ? OpenRequests.NONE : open.find(xid);
        if (xid >= 0 && slot == OpenRequests.NONE && !conversation.mayHaveSent(xid)) {
            return NO;
        }
        int error = Wire.int32(bytes, at + 16);
        if (error != ErrorCodes.OK && length != HEADER && slot == OpenRequests.NONE) {
            return NO;
        }
        if (to - at - 4 < length) {
            return MORE;
        }
        int from = at + 4 + HEADER;
        int end = at + 4 + length;
        boolean fits = xid == EVENT_XID
                ? isEvent(bytes, from, end)
                : slot == OpenRequests.NONE || fits(open.op(slot), error, bytes, from, end, true);
        return fits ? length + 4 : NO;
    }

    private static boolean isEvent(byte[] bytes, int from, int end) {
        if (BodyWalker.skip(Records.WATCHER_EVENT, bytes, from, end, true) != end) {
            return false;
        }
        int type = Wire.int32(bytes, from);
        int path = Wire.int32(bytes, from + EVENT_PATH);
        return EventTypes.isKnown(type)
                && SessionStates.known(Wire.int32(bytes, from + 4)) != null
                && (path > 0 ? bytes[from + EVENT_PATH + 4] == '/' : type == -1);
    }

    /** Whether what follows the header is what that operation has there. */
    private static boolean fits(int op, int error, byte[] bytes, int from, int to, boolean strict) {
        if (error == ErrorCodes.OK && !Records.isKnown(op)) {
            return true;
        }
        Layout layout = layout(op, error, from == to);
        return layout == null
                ? from == to
                : BodyWalker.skip(layout, bytes, from, to, strict) == to || isForeignMulti(op, bytes, from, to);
    }

    /** A multi may say both that it failed and why. */
    private static @Nullable Layout layout(int op, int error, boolean empty) {
        boolean multi = op == OpCodes.MULTI || op == OpCodes.MULTI_READ;
        return error == ErrorCodes.OK || multi && !empty ? Records.reply(op) : null;
    }

    private static boolean isForeignMulti(int op, byte[] bytes, int from, int to) {
        return (op == OpCodes.MULTI || op == OpCodes.MULTI_READ) && Multi.isForeign(true, bytes, from, to);
    }

    @Override
    public boolean isExpected(byte[] bytes, int at, int end) {
        int slot = open.find(Wire.int32(bytes, at + 4));
        int error = Wire.int32(bytes, at + 16);
        return slot != OpenRequests.NONE
                && error <= ErrorCodes.OK
                && Wire.int64(bytes, at + 8) >= -1
                && fits(open.op(slot), error, bytes, at + 4 + HEADER, end, false);
    }

    @Override
    public boolean isFirm(byte[] bytes, int at, int to) {
        return to - at >= 8 && isJudged(bytes, at);
    }

    @Override
    public boolean isJudged(byte[] bytes, int at) {
        int xid = Wire.int32(bytes, at + 4);
        return xid < 0 || open.find(xid) != OpenRequests.NONE;
    }

    @Override
    public boolean isNumbered(byte[] bytes, int at) {
        return Wire.int32(bytes, at + 4) >= 0;
    }

    @Override
    public boolean follows(byte[] bytes, int before, int at) {
        int xid = Wire.int32(bytes, at + 4);
        long step = (long) xid - Wire.int32(bytes, before + 4);
        boolean near = step != 0 && Math.abs(step) <= RequestReader.NEAR;
        return (near || open.find(xid) != OpenRequests.NONE)
                && Wire.int64(bytes, at + 8) >= Wire.int64(bytes, before + 8);
    }

    @Override
    public boolean isEnough(byte[] bytes, int at, boolean startsSegment, long lost) {
        return startsSegment || isNumbered(bytes, at);
    }

    @Override
    public boolean passes(byte[] bytes, int at, int length, long micros) {
        int slot = open.find(Wire.int32(bytes, at + 4));
        if (slot == OpenRequests.NONE || !isHeader(bytes, at, length)) {
            return false;
        }
        conversation.tooLarge(false, OpCodes.name(open.op(slot)), length, micros);
        open.unreadable(slot, micros);
        return true;
    }

    @Override
    public boolean frame(byte[] bytes, int from, int to, long micros, boolean first) {
        if (first && conversation.isConnecting()) {
            if (BodyWalker.fits(Records.CONNECT_RESPONSE, bytes, from, to)) {
                conversation.connected(bytes, from, to, micros);
                return true;
            }
            conversation.malformed(false, bytes, from, to, "no answer to connect", micros);
            return false;
        }
        int xid = Wire.int32(bytes, from);
        return xid == EVENT_XID ? event(bytes, from, to, micros) : reply(xid, bytes, from, to, micros);
    }

    private boolean event(byte[] bytes, int from, int to, long micros) {
        int bodyFrom = from + HEADER;
        if (!BodyWalker.fits(Records.WATCHER_EVENT, bytes, bodyFrom, to)) {
            conversation.malformed(false, bytes, from, to, "no event", micros);
            return false;
        }
        Message message = header(Kind.EVENT, bytes, from, to, micros);
        int type = Wire.int32(bytes, bodyFrom);
        message.op = EventTypes.name(type);
        message.opNumber = type;
        message.body = Records.WATCHER_EVENT;
        int length = Wire.int32(bytes, bodyFrom + EVENT_PATH);
        if (length >= 0) {
            message.pathFrom = bodyFrom + EVENT_PATH + 4;
            message.pathLength = length;
        }
        conversation.tell(message);
        return true;
    }

    private Message header(Kind kind, byte[] bytes, int from, int to, long micros) {
        Message message = conversation.message(kind, false, bytes, from, to, micros);
        message.xid = Wire.int32(bytes, from);
        message.zxid = Wire.int64(bytes, from + 4);
        message.error = Wire.int32(bytes, from + 12);
        message.bodyFrom = from + HEADER;
        return message;
    }

    private boolean reply(int xid, byte[] bytes, int from, int to, long micros) {
        int slot = xid >= 0 || conversation.areRepliesSure() ? open.find(xid) : open.findOnly(xid, micros);
        int error = Wire.int32(bytes, from + 12);
        int op = slot == OpenRequests.NONE ? operation(xid) : open.op(slot);
        boolean known = slot != OpenRequests.NONE || op != 0;
        int bodyFrom = from + HEADER;
        if (error > 0 || known && !fits(op, error, bytes, bodyFrom, to, false)) {
            String why = "no reply to " + (known ? OpCodes.name(op) : "anything");
            conversation.malformed(false, bytes, from, to, why, micros);
            if (slot != OpenRequests.NONE) {
                open.unreadable(slot, micros);
            }
            return false;
        }
        Message message = header(Kind.REPLY, bytes, from, to, micros);
        if (known) {
            message.op = OpCodes.name(op);
            message.opNumber = op;
            Layout layout = layout(op, error, bodyFrom == to);
            boolean foreign = layout != null && !BodyWalker.fits(layout, bytes, bodyFrom, to);
            message.body = foreign ? null : layout;
            showPath(message);
        }
        if (slot != OpenRequests.NONE) {
            message.request = open.kept(slot);
            message.late = open.late(slot);
        }
        Message asked = message.question();
        if (asked != message) {
            message.latencyMicros = micros - asked.micros;
        }
        conversation.tell(message);
        if (slot == OpenRequests.NONE && xid >= 0) {
            open.early(xid);
        }
        if (slot != OpenRequests.NONE) {
            open.answered(slot, micros);
        }
        return true;
    }

    /** What a reply without a request must have been to, by its number; 0 = that cannot be said. */
    private static int operation(int xid) {
        return switch (xid) {
            case RequestReader.PING_XID -> OpCodes.PING;
            case RequestReader.AUTH_XID -> OpCodes.AUTH;
            default -> 0;
        };
    }

    private static void showPath(Message message) {
        Layout layout = message.body;
        if (layout == null
                || layout.fields().length == 0
                || !layout.fields()[0].name().equals("path")) {
            return;
        }
        int length = Wire.int32(message.bytes, message.bodyFrom);
        if (length >= 0) {
            message.pathFrom = message.bodyFrom + 4;
            message.pathLength = length;
        }
    }
}
