package shawk.zk.proto;

import shawk.tcp.ByteLedger;

/**
 * One direction of a connection: where its messages begin and end. It goes from one length to the next; where it came
 * in the middle, or bytes are missing, it looks for frames that are believable in a row up to the end of what is there,
 * and lets go again if what follows is none. Used by one thread.
 */
final class Lane {
    /** Frames in a row that are enough for anybody. */
    private static final int ROW = 3;

    /** Frames that are looked at in a row. */
    private static final int LONGEST_ROW = 16;

    /** Frames after a search that have to be as believable as those that it ended with. */
    private static final int PROBATION = 16;

    /** Bytes of a message too large to be read that are gone over; a larger one is taken for no message. */
    private static final int MOST_PASSED = 64 << 20;

    /** Bytes of the least frame. */
    private static final int LEAST_FRAME = 12;

    /** Bytes of a message that is waited for though nothing speaks for it. */
    private static final int MOST_GUESSED = 1 << 16;

    /** Bytes that are looked at while a message is searched, for each byte that comes. */
    private static final int EFFORT = 64;

    private static final int HOLD = -1;

    /** Bytes that show where messages were lost. */
    private static final int MOST_SHOWN = 64;

    private static final byte[] NONE = {};

    /** Whether messages begin somewhere. */
    private enum Verdict {
        NO,
        /** Nothing speaks against it: what comes behind may be better. */
        PERHAPS,
        /** It has to be waited for more. */
        PROBABLY,
        YES
    }

    private final FrameReader reader;
    private final ClientConversation conversation;
    private final boolean toServer;
    private final int maxMessage;
    private final ByteLedger ledger;
    private final Segments segments = new Segments();

    /** Bytes of the stream that are done with, those missing included. */
    private long done;
    /** Where the next message begins is known. */
    private boolean locked;
    /** It has been known ever since the first byte. */
    private boolean sure;
    /** Bytes to go over. */
    private int pass;

    private boolean passIsMalformed;
    /** Bytes of the frame that begins where we are, and is not complete; 0 = not known. */
    private int pending;
    /** Where a message should begin, if the last length before missing bytes was right; -1 = nobody knows. */
    private long anchor = -1;

    private int probation;
    private boolean gap;
    private long missing;
    private boolean missingUnknown;
    private long searched;
    private long fruitless;
    /** Bytes that may be looked at; below 0 no message is searched until more have come. */
    private long effort;

    Lane(FrameReader reader, ClientConversation conversation, boolean toServer, int maxMessage, boolean whole) {
        this.reader = reader;
        this.conversation = conversation;
        this.toServer = toServer;
        this.maxMessage = maxMessage;
        this.ledger = conversation.ledger();
        locked = whole;
        sure = whole;
    }

    /** Whether nothing was missed since the first byte. */
    boolean isSure() {
        return sure;
    }

    boolean isLocked() {
        return locked;
    }

    /** Whether nothing of the stream is done with. */
    boolean isNew() {
        return done == 0;
    }

    /** The first byte of the stream is where a message begins. */
    void begin() {
        locked = true;
    }

    /** As of {@link shawk.tcp.Conversation#take}; the conversation may be over with bytes left. */
    int take(byte[] bytes, int from, int to, long micros) {
        long base = done - from;
        effort = Math.min((long) EFFORT * maxMessage, effort + EFFORT * (base + to - segments.end()));
        segments.add(base + to, micros, !locked);
        int at = from;
        while (at < to && conversation.isReading()) {
            int next = step(bytes, at, to, base, micros);
            if (next == HOLD) {
                break;
            }
            at = next;
            done = base + at;
        }
        if (locked) {
            segments.forget();
        }
        return at - from;
    }

    private int step(byte[] bytes, int at, int to, long base, long micros) {
        if (pass > 0) {
            return passOver(at, to);
        }
        return locked ? readFrame(bytes, at, to, base, micros) : search(bytes, at, to, base, micros);
    }

    private int passOver(int at, int to) {
        int length = Math.min(pass, to - at);
        pass -= length;
        if (passIsMalformed) {
            ledger.malformed += length;
            searched += length;
        } else {
            ledger.ignored += length;
        }
        return at + length;
    }

    private int readFrame(byte[] bytes, int at, int to, long base, long micros) {
        pending = 0;
        if (to - at < 4) {
            return HOLD;
        }
        int length = Wire.int32(bytes, at);
        if (length < reader.least() || length > maxMessage) {
            return readNoFrame(bytes, at, to, length, micros);
        }
        boolean first = base + at == 0;
        if (length > to - at - 4) {
            pending = length + 4;
            return HOLD;
        }
        int end = at + 4 + length;
        if (probation > 0 && reader.believe(bytes, at, to, first) != length + 4 && !reader.isExpected(bytes, at, end)) {
            lose(bytes, at, to, "what followed was no message", micros);
            return at;
        }
        if (reader.frame(bytes, at + 4, end, segments.micros(base + end, micros), first)) {
            ledger.decoded += length + 4;
            probation = Math.max(0, probation - 1);
        } else {
            ledger.malformed += length + 4;
            locked = sure;
        }
        return end;
    }

    private int readNoFrame(byte[] bytes, int at, int to, int length, long micros) {
        if (length > maxMessage && length <= MOST_PASSED) {
            if (to - at < FrameReader.HEAD) {
                return HOLD;
            }
            if (reader.passes(bytes, at, length, micros)) {
                pass = length + 4;
                passIsMalformed = false;
                return passOver(at, to);
            }
        }
        lose(bytes, at, to, "a message cannot have " + length + " bytes", micros);
        return at;
    }

    private void lose(byte[] bytes, int at, int to, String why, long micros) {
        locked = false;
        sure = false;
        anchor = -1;
        conversation.lost(toServer, bytes, at, Math.min(to, at + MOST_SHOWN), why, micros);
    }

    /** What waits is looked at again and again: not with each byte, where they come one by one. */
    private int search(byte[] bytes, int at, int to, long base, long micros) {
        if (effort < 0) {
            return HOLD;
        }
        int hold = to;
        for (int p = at; p < to; p++) {
            effort--;
            Verdict verdict = judge(bytes, p, to, base);
            if (verdict == Verdict.NO) {
                continue;
            }
            if (verdict == Verdict.YES) {
                drop(p - at, micros);
                lock(micros);
                return p;
            }
            hold = Math.min(hold, p);
            if (verdict == Verdict.PROBABLY) {
                break;
            }
        }
        drop(hold - at, micros);
        return hold == at ? HOLD : hold;
    }

    private void drop(int length, long micros) {
        ledger.malformed += length;
        searched += length;
        fruitless += length;
        if (fruitless >= maxMessage) {
            fruitless = 0;
            conversation.lost(toServer, NONE, 0, 0, "no message begins in its last bytes", micros);
        }
    }

    private Verdict judge(byte[] bytes, int from, int to, long base) {
        int at = from;
        int frames = 0;
        int judged = 0;
        int before = -1;
        while (at < to && frames < LONGEST_ROW) {
            int length = reader.believe(bytes, at, to, base + at == 0);
            if (length == FrameReader.NO) {
                return Verdict.NO;
            }
            if (length == FrameReader.MORE) {
                break;
            }
            if (reader.isNumbered(bytes, at)) {
                if (before >= 0 && !reader.follows(bytes, before, at)) {
                    return Verdict.NO;
                }
                before = at;
            }
            judged += reader.isJudged(bytes, at) ? 1 : 0;
            frames++;
            at += length;
            effort -= length;
        }
        if (isRow(bytes, from, base, frames, judged, at == to)) {
            return Verdict.YES;
        }
        if (judged > 0 || at < to && reader.isFirm(bytes, at, to)) {
            return Verdict.PROBABLY;
        }
        boolean far = to - at >= 4 && Wire.int32(bytes, at) > MOST_GUESSED;
        return far ? Verdict.NO : Verdict.PERHAPS;
    }

    private boolean isRow(byte[] bytes, int from, long base, int frames, int judged, boolean whole) {
        if (frames >= ROW || frames > 0 && judged > 0 && base + from == anchor) {
            return true;
        }
        if (!whole || judged == 0) {
            return false;
        }
        return frames == 2 || frames == 1 && reader.isEnough(bytes, from, segments.isStart(base + from), lost());
    }

    /** Frames that may have been missed; -1 = nobody knows. */
    private long lost() {
        return !gap || missingUnknown ? -1 : (missing + searched) / LEAST_FRAME;
    }

    private void lock(long micros) {
        locked = true;
        probation = PROBATION;
        anchor = -1;
        fruitless = 0;
        sayGap("then the next message was found", micros);
        searched = 0;
    }

    private void sayGap(String then, long micros) {
        if (!gap) {
            return;
        }
        String bytes = missingUnknown ? "bytes are missing" : missing + " bytes are missing";
        String more = searched > 0 ? ", " + searched + " more were skipped" : "";
        conversation.note(toServer, bytes + more + ", " + then, micros);
        gap = false;
        missing = 0;
        missingUnknown = false;
    }

    /** As of {@link shawk.tcp.Conversation#gap}. */
    void gap(long length) {
        long held = segments.end() - done;
        long rest = pass > 0 ? pass : locked && pending > 0 ? pending - held : 0;
        boolean inside = length > 0 && length <= rest && (locked || anchor >= 0);
        pass = inside ? (int) (rest - length) : 0;
        passIsMalformed = true;
        pending = 0;
        done = segments.end() + Math.max(1, length);
        segments.restart(done);
        anchor = inside ? done + pass : -1;
        locked = false;
        sure = false;
        gap = true;
        missing += length;
        missingUnknown |= length == 0;
        searched += held;
    }

    /** That is all. */
    void end(long micros) {
        if (gap && !locked) {
            sayGap("and no message was found any more", micros);
        }
    }

    /** Where the segments lay that were offered lately, and when they came: kept while messages are looked for. */
    private static final class Segments {
        private static final int MOST = 16;
        private static final long[] NONE = {};

        private long[] starts = NONE;
        private long[] ends = NONE;
        private long[] times = NONE;
        private int count;
        private long end;

        long end() {
            return end;
        }

        void add(long newEnd, long micros, boolean keep) {
            if (keep && newEnd > end) {
                if (starts.length == 0) {
                    starts = new long[MOST];
                    ends = new long[MOST];
                    times = new long[MOST];
                }
                if (count == MOST) {
                    count--;
                    System.arraycopy(starts, 1, starts, 0, count);
                    System.arraycopy(ends, 1, ends, 0, count);
                    System.arraycopy(times, 1, times, 0, count);
                }
                starts[count] = end;
                ends[count] = newEnd;
                times[count] = micros;
                count++;
            }
            end = newEnd;
        }

        boolean isStart(long offset) {
            for (int i = 0; i < count; i++) {
                if (starts[i] == offset) {
                    return true;
                }
            }
            return false;
        }

        /** When the byte in front of {@code offset} came. */
        long micros(long offset, long now) {
            for (int i = 0; i < count; i++) {
                if (offset <= ends[i]) {
                    return times[i];
                }
            }
            return now;
        }

        void forget() {
            count = 0;
        }

        void restart(long offset) {
            count = 0;
            end = offset;
        }
    }
}
