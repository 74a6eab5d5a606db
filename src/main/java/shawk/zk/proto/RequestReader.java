package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** What a client sends: connect, then a header of xid and type, and a record. Used by one thread. */
final class RequestReader implements FrameReader {
    /** Bytes of a header. */
    static final int HEADER = 8;

    static final int PING_XID = -2;
    static final int AUTH_XID = -4;
    static final int SET_WATCHES_XID = -8;

    /** How far apart numbers of requests are that follow each other: programs of many threads change their order. */
    static final int NEAR = 64;

    /** How far numbers go up while bytes are waited for. */
    private static final int FAR = 100_000;

    private final ClientConversation conversation;
    private final int maxMessage;
    private int lastXid;
    private boolean hasXid;

    RequestReader(ClientConversation conversation, int maxMessage) {
        this.conversation = conversation;
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
        if (first) {
            int connect = Connects.believeRequest(bytes, at, to);
            if (connect != NO) {
                return connect;
            }
        }
        if (left < 12) {
            return left < 8 || isXid(Wire.int32(bytes, at + 4)) ? MORE : NO;
        }
        int op = Wire.int32(bytes, at + 8);
        return isBelievable(Wire.int32(bytes, at + 4), op, length) ? believeRecord(op, bytes, at, to, length) : NO;
    }

    private static boolean isXid(int xid) {
        return xid >= 0 || xid == PING_XID || xid == AUTH_XID || xid == SET_WATCHES_XID;
    }

    private static boolean isBelievable(int xid, int op, int length) {
        return switch (op) {
            case OpCodes.PING -> xid == PING_XID && length == HEADER;
            case OpCodes.AUTH -> xid == AUTH_XID;
            case OpCodes.SET_WATCHES, OpCodes.SET_WATCHES2 -> xid >= 0 || xid == SET_WATCHES_XID;
            case OpCodes.WHO_AM_I, OpCodes.CLOSE_SESSION -> xid >= 0 && length == HEADER;
            default -> xid >= 0 && OpCodes.isRequest(op);
        };
    }

    private int believeRecord(int op, byte[] bytes, int at, int to, int length) {
        int from = at + 4 + HEADER;
        int pathAt = pathAt(op);
        if (pathAt >= 0 && !isPath(bytes, from + pathAt, to, at + 4 + length)) {
            return NO;
        }
        if (to - at - 4 < length) {
            return MORE;
        }
        int end = at + 4 + length;
        Layout layout = Records.request(op);
        boolean fits = layout == null
                || BodyWalker.skip(layout, bytes, from, end, true) == end
                || isForeignMulti(op, bytes, from, end);
        return fits ? length + 4 : NO;
    }

    /** Whether a path that the server would take begins there, as far as it can be seen. */
    private static boolean isPath(byte[] bytes, int at, int to, int end) {
        if (to - at < 4) {
            return end - at >= 4;
        }
        int length = Wire.int32(bytes, at);
        return length > 0 && length <= end - at - 4 && (to - at == 4 || bytes[at + 4] == '/');
    }

    /** How far behind the header the path stands; -1 = there is none. */
    static int pathAt(int op) {
        return switch (op) {
            case OpCodes.MULTI, OpCodes.MULTI_READ -> Multi.HEADER;
            case OpCodes.AUTH, OpCodes.SASL, OpCodes.SET_WATCHES, OpCodes.SET_WATCHES2, OpCodes.RECONFIG -> -1;
            default -> Records.request(op) == null ? -1 : 0;
        };
    }

    private static boolean isForeignMulti(int op, byte[] bytes, int from, int to) {
        return (op == OpCodes.MULTI || op == OpCodes.MULTI_READ) && Multi.isForeign(false, bytes, from, to);
    }

    @Override
    public boolean isExpected(byte[] bytes, int at, int end) {
        long step = (long) Wire.int32(bytes, at + 4) - lastXid;
        Layout layout = Records.request(Wire.int32(bytes, at + 8));
        return hasXid && step > 0 && step <= NEAR && (layout == null || BodyWalker.fits(layout, bytes, at + 12, end));
    }

    @Override
    public boolean isFirm(byte[] bytes, int at, int to) {
        return to - at >= 12;
    }

    @Override
    public boolean isJudged(byte[] bytes, int at) {
        return !OpCodes.isForeign(Wire.int32(bytes, at + 8));
    }

    @Override
    public boolean isNumbered(byte[] bytes, int at) {
        return Wire.int32(bytes, at + 4) >= 0 && Wire.int32(bytes, at + 8) != OpCodes.CLOSE_SESSION;
    }

    @Override
    public boolean follows(byte[] bytes, int before, int at) {
        long step = (long) Wire.int32(bytes, at + 4) - Wire.int32(bytes, before + 4);
        return step != 0 && Math.abs(step) <= NEAR;
    }

    @Override
    public boolean isEnough(byte[] bytes, int at, boolean startsSegment, long lost) {
        if (!isNumbered(bytes, at) || !hasXid) {
            return startsSegment;
        }
        long step = (long) Wire.int32(bytes, at + 4) - lastXid;
        return step > 0 && (lost < 0 ? startsSegment : step <= lost + NEAR);
    }

    @Override
    public boolean passes(byte[] bytes, int at, int length, long micros) {
        int xid = Wire.int32(bytes, at + 4);
        int op = Wire.int32(bytes, at + 8);
        int pathAt = pathAt(op);
        if (!isBelievable(xid, op, length)
                || pathAt == 0 && !isPath(bytes, at + 12, at + HEAD, at + 4 + length)
                || hasXid && xid >= 0 && Math.abs((long) xid - lastXid) > NEAR) {
            return false;
        }
        conversation.tooLarge(true, OpCodes.name(op), length, micros);
        remember(xid);
        conversation.wait(xid, op, null, micros);
        return true;
    }

    /**
     * Whether it may be the number of a request that was not seen.
     *
     * @param sure whether none was missed: but it may still come, when bytes before it are waited for
     */
    boolean maySend(int xid, boolean sure) {
        long step = (long) xid - lastXid;
        return xid > 0 && (!hasXid || step <= FAR && step > (sure ? 0 : -FAR));
    }

    private void remember(int xid) {
        if (xid >= 0) {
            lastXid = xid;
            hasXid = true;
        }
    }

    @Override
    public boolean frame(byte[] bytes, int from, int to, long micros, boolean first) {
        if (first) {
            boolean fits = conversation.isWhole()
                    ? BodyWalker.fits(Records.CONNECT_REQUEST, bytes, from, to)
                    : Connects.believeRequest(bytes, from - 4, to) > 0;
            if (fits) {
                conversation.connect(bytes, from, to, micros);
                return true;
            }
            if (conversation.isWhole()) {
                conversation.malformed(true, bytes, from, to, "no connect request", micros);
                return false;
            }
        }
        int xid = Wire.int32(bytes, from);
        int op = Wire.int32(bytes, from + 4);
        int bodyFrom = from + HEADER;
        Layout layout = Records.request(op);
        boolean known = Records.isKnown(op);
        boolean fits = layout == null || BodyWalker.fits(layout, bytes, bodyFrom, to);
        boolean foreign = !fits && isForeignMulti(op, bytes, bodyFrom, to);
        remember(xid);
        if (!fits && !foreign || known && layout == null && to != bodyFrom) {
            conversation.malformed(true, bytes, from, to, "no " + OpCodes.name(op), micros);
            conversation.wait(xid, op, null, micros);
            return false;
        }
        Message message = conversation.message(Kind.REQUEST, true, bytes, from, to, micros);
        message.xid = xid;
        message.opNumber = op;
        message.op = OpCodes.name(op);
        message.bodyFrom = bodyFrom;
        message.body = foreign ? null : layout;
        showPath(message, layout, op);
        showFlags(message, op);
        conversation.tell(message);
        conversation.wait(xid, op, message, micros);
        return true;
    }

    /** They stand behind the data, where a copy may not reach. */
    private static void showFlags(Message message, int op) {
        switch (op) {
            case OpCodes.CREATE, OpCodes.CREATE2, OpCodes.CREATE_CONTAINER ->
                message.flags = Wire.int32(message.bytes, message.to - 4);
            case OpCodes.CREATE_TTL -> {
                message.flags = Wire.int32(message.bytes, message.to - 12);
                message.ttlMillis = Wire.int64(message.bytes, message.to - 8);
            }
            default -> {}
        }
    }

    private static void showPath(Message message, @Nullable Layout layout, int op) {
        int at = message.bodyFrom + pathAt(op);
        if (layout == null || at < message.bodyFrom || message.to - at < 4) {
            return;
        }
        int length = Wire.int32(message.bytes, at);
        if (length >= 0 && length <= message.to - at - 4) {
            message.pathFrom = at + 4;
            message.pathLength = length;
        }
    }
}
