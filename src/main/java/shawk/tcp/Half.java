package shawk.tcp;

import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: puts its bytes in order and offers them to the conversation. Positions are sequence
 * numbers that do not wrap around. Used by one thread.
 */
final class Half {
    /** Farther from where the stream is nothing is believed at once; no receiver's window is that far. */
    static final int FAR = 1 << 26;

    /** Segments in a row, far from the stream, after which the stream is where they are. */
    private static final int BELIEVED = 3;

    /** Pieces behind a hole, so that adding one stays cheap. */
    private static final int MOST_PIECES = 4096;

    /** What the halves of all streams share. */
    record Shared(StreamLimits limits, ByteLedger ledger, TcpCounts counts, SpareBytes spares) {}

    private final Shared shared;
    private final ByteLedger ledger;
    private Conversation conversation;
    private final boolean toServer;

    /** Whether it is known where the stream is. */
    private boolean started;

    /** Sequence number of the first byte. */
    private int firstSequence;

    /** Position of the byte behind all that have been offered or given up. */
    private long next;

    /** Position behind the last byte, from a FIN or RST; -1 = unknown. */
    private long endAt = -1;

    /** Position behind what the other side has acknowledged; less than {@link #next} = does not matter. */
    private long acked = -1;

    /** Bytes that were offered and not taken. */
    private byte[] kept = SpareBytes.none();

    private int keptFrom;
    private int keptTo;

    private @Nullable Pending pending;

    /** When the latest of the bytes offered was captured. */
    private long lastMicros = Long.MIN_VALUE;

    /** When it was known that the stream ends. */
    private long endMicros;

    /** Position of the first hole when it was last looked at; -1 = there was none. */
    private long holeAt = -1;

    /** Since when the first hole has been there. */
    private long holeSince;

    /** What had been acknowledged at a time, in microseconds, and what had been so at an earlier one. */
    private long ackMark = -1;

    private long ackMarkMicros;
    private long ackSettled = -1;

    /** Segments in a row that were far away, and the sequence number that would go on with them. */
    private int strays;

    private int strayNext;

    Half(Shared shared, Conversation conversation, boolean toServer) {
        this.shared = shared;
        this.ledger = shared.ledger();
        this.conversation = conversation;
        this.toServer = toServer;
    }

    boolean isStarted() {
        return started;
    }

    /** Whether the stream is known to begin at that sequence number. */
    boolean beginsAt(int sequence) {
        return started && firstSequence == sequence;
    }

    void start(int sequence) {
        started = true;
        firstSequence = sequence;
        next = (1L << 32) + (sequence & 0xffff_ffffL);
    }

    /**
     * Data come, and where the stream began is not known.
     *
     * @param whole whether the conversation believes that it sees everything
     */
    void startAnywhere(int sequence, boolean whole, long micros) {
        start(sequence);
        if (whole) {
            shared.counts().gaps++;
            conversation.gap(toServer, 0, micros);
        }
    }

    /** Position of a sequence number, the one that is closest to where the stream is. */
    private long position(int sequence) {
        return next + (sequence - (int) next);
    }

    /** Whether nothing has come yet. */
    boolean isAtFirst() {
        return started && (int) next == firstSequence && !hasHole();
    }

    /**
     * Data of a segment.
     *
     * @param to behind those that were captured
     * @param length bytes that were sent, no fewer than were captured
     */
    void data(byte[] bytes, int from, int to, int length, int sequence, long micros) {
        long at = position(sequence);
        if (Math.abs(at - next) > FAR) {
            stray(bytes, from, to, length, sequence, micros);
            return;
        }
        strays = 0;
        if (at > next) {
            ahead(bytes, from, to, at, micros);
            return;
        }
        int old = (int) Math.min(next - at, length);
        if (old > 0) {
            repeated(bytes, from, Math.min(from + old, to), at, old == length && length == 1);
        }
        int begin = Math.min(from + old, to);
        if (old < length) {
            fresh(bytes, begin, to, length - old, micros);
        }
    }

    /** Data that go on where the stream is. */
    private void fresh(byte[] bytes, int from, int to, int length, long micros) {
        lastMicros = Math.max(lastMicros, micros);
        if (pending == null) {
            ledger.in += to - from;
            offer(bytes, from, to);
            if (to - from < length) {
                lose(length - (to - from));
            }
        } else {
            pending.add(bytes, from, to, next, micros, ledger);
            drain(micros);
        }
    }

    private void ahead(byte[] bytes, int from, int to, long at, long micros) {
        shared.counts().outOfOrder++;
        if (from == to) {
            return;
        }
        Pending waiting = pending;
        if (waiting == null) {
            waiting = new Pending(shared.spares());
            pending = waiting;
        }
        waiting.add(bytes, from, to, at, micros, ledger);
        while (pending != null && (pending.live() > shared.limits().aboveHole() || pending.count() > MOST_PIECES)) {
            giveUpHole();
        }
    }

    /**
     * Bytes that came before, or too late; those that are still there are compared.
     *
     * @param probe whether it may be a probe, whose byte may be anything
     */
    private void repeated(byte[] bytes, int from, int to, long at, boolean probe) {
        ledger.repeated += to - from;
        long keptAt = next - (keptTo - keptFrom);
        int skip = (int) Math.min(to - from, Math.max(0, keptAt - at));
        int n = to - from - skip;
        if (n > 0 && !probe) {
            int mine = keptFrom + (int) (at + skip - keptAt);
            ledger.differing += Pending.differing(bytes, from + skip, kept, mine, n);
        }
    }

    private void stray(byte[] bytes, int from, int to, int length, int sequence, long micros) {
        shared.counts().stray++;
        strays = strays > 0 && sequence == strayNext ? strays + 1 : 1;
        strayNext = sequence + length;
        if (strays < BELIEVED) {
            ledger.in += to - from;
            ledger.malformed += to - from;
            return;
        }
        strays = 0;
        dropHeld();
        next = (1L << 32) + (sequence & 0xffff_ffffL);
        endAt = -1;
        acked = -1;
        shared.counts().gaps++;
        conversation.gap(toServer, 0, micros);
        fresh(bytes, from, to, length, micros);
    }

    /** Offers bytes that follow, with those before them that were not taken, and keeps what is not taken. */
    private void offer(byte[] bytes, int from, int to) {
        next += to - from;
        if (from == to) {
            return;
        }
        if (keptFrom == keptTo) {
            int taken = clamp(conversation.take(toServer, bytes, from, to, lastMicros), to - from);
            if (taken < to - from) {
                keep(bytes, from + taken, to);
            }
        } else {
            keep(bytes, from, to);
            offerKept();
        }
        if (keptTo - keptFrom > shared.limits().perDirection()) {
            ledger.malformed += keptTo - keptFrom;
            releaseKept();
            conversation.gap(toServer, 0, lastMicros);
        }
    }

    private void offerKept() {
        keptFrom += clamp(conversation.take(toServer, kept, keptFrom, keptTo, lastMicros), keptTo - keptFrom);
        if (keptFrom == keptTo) {
            releaseKept();
        }
    }

    private static int clamp(int taken, int most) {
        return Math.max(0, Math.min(taken, most));
    }

    private void keep(byte[] bytes, int from, int to) {
        int n = to - from;
        int held = keptTo - keptFrom;
        if (kept.length - keptTo < n) {
            // Moved to the front of the same array only where that is far, so that each byte moves seldom.
            boolean same = kept.length - held >= n && keptFrom >= held;
            int least = (int) Math.min(Integer.MAX_VALUE - 8, held + Math.min(held, 1L << 20) + n);
            byte[] more = same ? kept : shared.spares().take(least);
            System.arraycopy(kept, keptFrom, more, 0, held);
            if (more != kept) {
                shared.spares().give(kept);
                kept = more;
            }
            keptFrom = 0;
            keptTo = held;
        }
        System.arraycopy(bytes, from, kept, keptTo, n);
        keptTo += n;
    }

    private void releaseKept() {
        shared.spares().give(kept);
        kept = SpareBytes.none();
        keptFrom = 0;
        keptTo = 0;
    }

    /** Offers the pieces that follow. */
    private void drain(long micros) {
        Pending waiting = pending;
        while (waiting != null && !waiting.isEmpty() && waiting.firstAt() == next) {
            lastMicros = Math.max(lastMicros, Math.max(micros, waiting.firstMicros()));
            offer(waiting.bytes(), waiting.firstFrom(), waiting.firstFrom() + waiting.firstLength());
            waiting.removeFirst();
        }
        if (waiting != null && waiting.isEmpty()) {
            pending = null;
        }
    }

    /** {@code length} bytes behind all that have been offered will never come. */
    private void lose(long length) {
        ledger.malformed += keptTo - keptFrom;
        releaseKept();
        ledger.gap += length;
        shared.counts().gaps++;
        next += length;
        conversation.gap(toServer, length, lastMicros);
    }

    /** Whether bytes are missing before others, or before the end. */
    boolean hasHole() {
        return pending != null || endAt > next;
    }

    private long holeEnd() {
        return pending == null ? endAt : pending.firstAt();
    }

    /** Gives up the first hole and offers what is behind it. */
    private void giveUpHole() {
        Pending waiting = pending;
        long micros = waiting == null ? lastMicros : waiting.firstMicros();
        lastMicros = Math.max(lastMicros, micros);
        lose(holeEnd() - next);
        drain(micros);
    }

    /** The other side has everything before that sequence number. */
    void acknowledged(int sequence) {
        long at = position(sequence);
        if (at > next && at > acked && at - next <= FAR) {
            acked = at;
        }
    }

    /** The stream ends behind the data of a segment that ends at that sequence number. */
    void endsAt(int sequence, long micros) {
        if (started && endAt < 0) {
            long at = position(sequence);
            endAt = at >= next && at - next <= FAR ? at : -1;
            endMicros = micros;
        }
    }

    /** Whether an RST with that sequence number can be meant: near where the stream is. */
    boolean canEndAt(int sequence) {
        return !started
                || Math.abs(position(sequence) - next) <= shared.limits().aboveHole();
    }

    /** Whether all of it has come. */
    boolean isOver() {
        return endAt >= 0 && endAt <= next && pending == null;
    }

    /** After segments of either direction: notes since when the first hole has been there; whether there is one. */
    boolean watchHole(long micros) {
        if (!hasHole()) {
            holeAt = -1;
            return false;
        }
        if (holeAt < 0) {
            ackMark = acked;
            ackMarkMicros = micros;
            ackSettled = -1;
        }
        if (holeAt != next) {
            holeAt = next;
            holeSince = since(micros);
        }
        return true;
    }

    /** When what is behind the first hole came. */
    private long since(long micros) {
        return Math.min(micros, pending == null ? endMicros : pending.firstMicros());
    }

    /** Gives up holes that have been there for too long. */
    void expire(long micros) {
        StreamLimits limits = shared.limits();
        // Less where the clock was set back.
        holeSince = Math.min(holeSince, micros);
        ackMarkMicros = Math.min(ackMarkMicros, micros);
        if (micros - ackMarkMicros >= limits.ackedMicros()) {
            ackSettled = ackMark;
            ackMark = acked;
            ackMarkMicros = micros;
        }
        while (hasHole() && (ackSettled >= holeEnd() || micros - holeSince >= limits.idleMicros())) {
            giveUpHoleOrStray();
            holeSince = since(micros);
        }
    }

    private void giveUpHoleOrStray() {
        Pending waiting = pending;
        if (waiting != null && acked < holeEnd() && isAlone(waiting)) {
            dropPending(waiting);
        } else {
            giveUpHole();
        }
    }

    /** Whether it is one piece far ahead, which nothing else speaks for: believing it would cost what is before it. */
    private boolean isAlone(Pending waiting) {
        return waiting.count() == 1
                && waiting.firstAt() - next > shared.limits().aboveHole();
    }

    private void dropPending(Pending waiting) {
        ledger.malformed += waiting.live();
        waiting.release();
        pending = null;
    }

    private void dropHeld() {
        ledger.malformed += keptTo - keptFrom;
        releaseKept();
        if (pending != null) {
            dropPending(pending);
        }
    }

    /** Nothing more comes: gives up all holes; what no message was found in is malformed. */
    void finish() {
        while (hasHole()) {
            giveUpHoleOrStray();
        }
        // One more than the data would be the FIN.
        if (started && endAt < 0 && acked > next + 1) {
            lose(acked - next);
        }
        if (keptFrom < keptTo) {
            // What was said in the other direction since may have told what they are.
            offerKept();
        }
        dropHeld();
    }

    /** Lets everything go for want of room. */
    void evict() {
        ledger.evicted += held();
        releaseKept();
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    /** The conversation is over: it is not reached from here any more. */
    void forget() {
        conversation = Silence.INSTANCE;
    }

    /** Data after the end of the connection. */
    boolean late(int from, int to, int sequence) {
        boolean old = started && position(sequence) + (to - from) <= next;
        if (old) {
            ledger.repeated += to - from;
        } else {
            ledger.in += to - from;
            ledger.ignored += to - from;
        }
        return !old;
    }

    /** Bytes that are held. */
    int held() {
        return keptTo - keptFrom + (pending == null ? 0 : pending.live());
    }

    /** Bytes of memory for them. */
    int memory() {
        return kept.length + (pending == null ? 0 : pending.memory());
    }
}
