package shawk.zk.proto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection that wait for their replies, in the order in which they were sent. A reply belongs to the
 * first one with its xid. Used by one thread.
 */
final class OpenRequests {
    /** No such request. */
    static final int NONE = -1;

    /** Room that is let go when nothing waits any more. */
    private static final int LARGE = 1_024;

    private static final int SMALL = 8;

    /** With more room than that places are found by an index. */
    private static final int SCANNED = 64;

    private static final byte GONE = 0;
    private static final byte WAITS = 1;
    /** Its reply can be read, but nobody is told that there is none. */
    private static final byte QUIET = 2;
    /** The same, and how long its reply takes can be said. */
    private static final byte LATE = 3;

    /** Bytes of a request that are kept after it was told to have no reply, if its path ends in them. */
    private static final int MOST_LATE = 1_024;

    /** Turns, each from nothing that waits to nothing that waits, after which room that they did not need is let go. */
    private static final int SMALL_TURNS = 16;

    private final int seed;
    private final int most;
    private final long timeoutMicros;
    private final MessagePool pool;
    private final MessageSink sink;

    /** Replies whose requests were not seen that are remembered. */
    private static final int MOST_EARLY = 256;

    private static final int[] NOBODY = {};

    private int[] xids = new int[SMALL];
    private int[] ops = new int[SMALL];
    private @Nullable Message[] kept = new @Nullable Message[SMALL];
    private byte[] states = new byte[SMALL];
    private @Nullable XidIndex index;
    private int from;
    private int to;
    private int count;
    /** Requests since nothing waited. */
    private int turn;
    /** Turns in a row of no more than {@link #SCANNED} requests. */
    private int smallTurns;
    /** Replies to what lies in front of it may have been among bytes that are missing. */
    private int lostTo;
    /** A reply to what lies here or behind shows that nothing older is under way; -1 = nothing is in doubt. */
    private int doubtFrom;
    /** What lies in front of it has been waiting for too long already. */
    private int expiredTo;

    /** Numbers of replies that came before their requests, the latest {@link #MOST_EARLY} of them. */
    private int[] early = NOBODY;

    private int earlyCount;
    private int earlyHighest = -1;

    /**
     * None.
     *
     * @param whole whether no request was sent before the first one that is added
     * @param seed of hashes, which nobody outside knows
     */
    OpenRequests(DecodeLimits limits, boolean whole, int seed, MessagePool pool, MessageSink sink) {
        this.seed = seed;
        doubtFrom = whole ? -1 : 0;
        this.most = Math.max(1, limits.maxOpen());
        this.timeoutMicros = limits.timeoutMicros();
        this.pool = pool;
        this.sink = sink;
    }

    /** A request waits from now on; {@code request} is copied. Null = it was not told. */
    void add(int xid, int op, @Nullable Message request, int keep, long micros) {
        if (count >= most) {
            dropFirst(micros);
        }
        if (!pool.open()) {
            if (count == 0) {
                refuse(request, MessageSink.Unanswered.CROWDED, micros);
                return;
            }
            dropFirst(micros);
            pool.open();
        }
        if (to == xids.length) {
            makeRoom();
        }
        xids[to] = xid;
        ops[to] = op;
        kept[to] = request == null ? null : pool.copy(request, keep);
        states[to] = request == null ? QUIET : WAITS;
        if (index != null) {
            index.add(to, xid);
        }
        to++;
        count++;
        turn++;
    }

    /** A reply came, and no request waited for it: that may be behind bytes that are waited for. */
    void early(int xid) {
        if (early.length == 0) {
            early = new int[MOST_EARLY];
        }
        early[earlyCount % MOST_EARLY] = xid;
        earlyCount = earlyCount % MOST_EARLY + 1;
        earlyHighest = Math.max(earlyHighest, xid);
    }

    /** Whether the reply to a request came before it. */
    boolean wasEarly(int xid) {
        if (xid > earlyHighest) {
            return false;
        }
        for (int number : early) {
            if (number == xid) {
                return true;
            }
        }
        return false;
    }

    /** Where the first one with that xid is; {@link #NONE}. */
    int find(int xid) {
        XidIndex known = index;
        if (known == null) {
            return scan(from, xid);
        }
        int first = known.first(xid);
        while (first != NONE && states[first] == GONE) {
            known.dropFirst(xid);
            first = known.first(xid);
        }
        return first == NONE || xids[first] == xid ? first : followBehind(known, first, xid);
    }

    /** Where the next one with the same xid is. */
    private int findNext(int at) {
        XidIndex known = index;
        return known == null ? scan(at + 1, xids[at]) : followBehind(known, at, xids[at]);
    }

    private int scan(int begin, int xid) {
        for (int i = begin; i < to; i++) {
            if (xids[i] == xid && states[i] != GONE) {
                return i;
            }
        }
        return NONE;
    }

    /** The next one behind {@code begin}; what is gone on the way is not gone over again. */
    private int followBehind(XidIndex known, int begin, int xid) {
        int before = begin;
        int i = known.after(begin);
        while (i != NONE && (xids[i] != xid || states[i] == GONE)) {
            if (states[i] == GONE) {
                known.dropAfter(before, xid);
            } else {
                before = i;
            }
            i = known.after(before);
        }
        return i;
    }

    /** How many places may be looked at until a request with that xid is found. */
    int steps(int xid) {
        XidIndex known = index;
        if (known == null) {
            return to - from;
        }
        int steps = 0;
        for (int i = known.first(xid); i != NONE; i = known.after(i)) {
            steps++;
        }
        return steps;
    }

    /** For how many requests there is room. */
    int room() {
        return xids.length;
    }

    /**
     * Where the request is that a reply with a number of its kind alone is to. Where replies may have been missed, and
     * more than one waits, nobody can say which: none of them waits any more.
     */
    int findOnly(int xid, long micros) {
        int first = find(xid);
        if (first == NONE || findNext(first) == NONE) {
            return first;
        }
        for (int i = first; i != NONE; i = findNext(i)) {
            drop(i, MessageSink.Unanswered.GAP, micros);
        }
        tidy();
        return NONE;
    }

    int op(int at) {
        return ops[at];
    }

    /** Null = it was not told, or it has been told that it has no reply. */
    @Nullable
    Message kept(int at) {
        return states[at] == LATE ? null : kept[at];
    }

    /** A request that has been told to have no reply, for one that comes all the same; null = it was not. */
    @Nullable
    Message late(int at) {
        return states[at] == LATE ? kept[at] : null;
    }

    /** Its reply has come, and cannot be read. */
    void unreadable(int at, long micros) {
        Message request = kept[at];
        if (request != null && states[at] != LATE) {
            kept[at] = null;
            tell(request, MessageSink.Unanswered.GAP, micros);
        }
        answered(at, micros);
    }

    /** Its reply has come: what waits in front of it and may have lost its reply has lost it. */
    void answered(int at, long micros) {
        boolean inTurn = xids[at] >= 0 && ops[at] != OpCodes.SASL;
        if (inTurn && lostTo > from) {
            for (int i = from; i < Math.min(at, lostTo); i++) {
                drop(i, MessageSink.Unanswered.GAP, micros);
            }
        }
        if (inTurn && doubtFrom >= 0 && at >= doubtFrom) {
            doubtFrom = -1;
        }
        remove(at);
    }

    /** Whether a reply to a ping or another request without a number of its own may be to one that nobody saw. */
    boolean inDoubt() {
        return doubtFrom >= 0;
    }

    void trust() {
        doubtFrom = -1;
    }

    /** Bytes are missing: of replies, or of requests. */
    void gap(boolean ofReplies, long micros) {
        doubtFrom = to;
        if (!ofReplies) {
            return;
        }
        for (int i = from; i < to; i++) {
            if (xids[i] < 0) {
                drop(i, MessageSink.Unanswered.GAP, micros);
            }
        }
        lostTo = to;
        tidy();
    }

    /** Tells of those that wait for too long. */
    void expire(long micros) {
        if (timeoutMicros == 0) {
            return;
        }
        for (int i = Math.max(from, expiredTo); i < to; i++) {
            Message request = kept[i];
            if (request != null) {
                if (micros - request.micros < timeoutMicros) {
                    return;
                }
                kept[i] = beginning(request);
                states[i] = LATE;
                tell(request, MessageSink.Unanswered.TIMEOUT, micros);
            }
            expiredTo = i + 1;
        }
    }

    private Message beginning(Message request) {
        int end = request.pathFrom < 0 ? request.bodyFrom : request.pathFrom + request.pathLength;
        return pool.copy(request, Math.min(end, MOST_LATE));
    }

    /** No reply will come any more. */
    void end(MessageSink.Unanswered why, long micros) {
        for (int i = from; i < to; i++) {
            drop(i, i < lostTo ? MessageSink.Unanswered.GAP : why, micros);
        }
        tidy();
    }

    boolean isEmpty() {
        return count == 0;
    }

    private void dropFirst(long micros) {
        drop(from, MessageSink.Unanswered.CROWDED, micros);
        tidy();
    }

    private void drop(int at, MessageSink.Unanswered why, long micros) {
        Message request = kept[at];
        boolean late = states[at] == LATE;
        kept[at] = null;
        if (states[at] != GONE) {
            states[at] = GONE;
            count--;
            pool.close();
        }
        if (late && request != null) {
            pool.release(request);
        } else if (request != null) {
            tell(request, why, micros);
        }
    }

    private void tell(Message request, MessageSink.Unanswered why, long micros) {
        sink.unanswered(request, why, micros);
        pool.release(request);
    }

    /** A request does not wait at all. */
    void refuse(@Nullable Message request, MessageSink.Unanswered why, long micros) {
        if (request != null) {
            sink.unanswered(request, why, micros);
        }
    }

    private void remove(int at) {
        Message request = kept[at];
        if (request != null) {
            pool.release(request);
            kept[at] = null;
        }
        states[at] = GONE;
        count--;
        pool.close();
        tidy();
    }

    /** Lets go of what is gone at the front, and of much room that is not needed any more. */
    private void tidy() {
        while (from < to && states[from] == GONE) {
            from++;
        }
        if (from < to) {
            return;
        }
        smallTurns = turn > SCANNED ? 0 : Math.min(SMALL_TURNS, smallTurns + 1);
        turn = 0;
        boolean roomy = xids.length > LARGE || index != null && smallTurns >= SMALL_TURNS;
        if (index != null && !roomy) {
            // Places are not used again before the index is made anew.
            doubtFrom = doubtFrom < 0 ? -1 : from;
            return;
        }
        doubtFrom = doubtFrom < 0 ? -1 : 0;
        from = 0;
        to = 0;
        lostTo = 0;
        expiredTo = 0;
        if (roomy) {
            resize(SMALL);
            index = null;
        }
    }

    /** Moves all to the beginning, into arrays twice as large where most of the room is in use. */
    private void makeRoom() {
        int lost = 0;
        int doubt = 0;
        int expired = 0;
        int at = 0;
        for (int i = from; i < to; i++) {
            if (states[i] == GONE) {
                continue;
            }
            lost += i < lostTo ? 1 : 0;
            doubt += i < doubtFrom ? 1 : 0;
            expired += i < expiredTo ? 1 : 0;
            move(i, at);
            at++;
        }
        from = 0;
        to = at;
        lostTo = lost;
        doubtFrom = doubtFrom < 0 ? -1 : doubt;
        expiredTo = expired;
        if (count > xids.length / 2) {
            resize(xids.length * 2);
        }
        reindex();
    }

    private void reindex() {
        XidIndex known = index;
        if (xids.length <= SCANNED) {
            return;
        }
        if (known == null || known.places() != xids.length) {
            known = new XidIndex(xids.length, seed);
            index = known;
        } else {
            known.clear();
        }
        for (int i = 0; i < to; i++) {
            known.add(i, xids[i]);
        }
    }

    private void move(int i, int at) {
        if (i == at) {
            return;
        }
        xids[at] = xids[i];
        ops[at] = ops[i];
        kept[at] = kept[i];
        states[at] = states[i];
        kept[i] = null;
        states[i] = GONE;
    }

    private void resize(int length) {
        xids = Arrays.copyOf(xids, length);
        ops = Arrays.copyOf(ops, length);
        kept = Arrays.copyOf(kept, length);
        states = Arrays.copyOf(states, length);
    }
}
