package shawk.zk.proto;

import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;

/**
 * What two servers say to each other: frames in both directions, without answers that belong to them. Where the bytes
 * begin in the middle, or some are missing, it looks for the next place at which several frames follow each other.
 */
abstract sealed class ServerConversation implements Conversation permits ZabConversation, FleConversation {
    /** No frame begins there. */
    static final int NONE = -1;

    /** More bytes are needed to tell. */
    static final int MORE = 0;

    /** Frames in a row that are believed where nothing is known of the place. */
    private static final int BELIEVABLE = 3;

    /** Bytes that a search looks ahead at most; frames that are longer are passed over. */
    private static final int AHEAD = 1 << 14;

    /** Bytes of the least frame: with fewer new ones it is not worth while to look again. */
    private static final int LEAST = 20;

    final Connection connection;
    final ByteLedger ledger;
    final MessageSink sink;
    final Message message = new Message();
    private final ServerLane up;
    private final ServerLane down;

    /** Bytes from the place last looked at that have to be there to tell. */
    private int needed;

    ServerConversation(Connection connection, boolean whole, ByteLedger ledger, MessageSink sink) {
        this.connection = connection;
        this.ledger = ledger;
        this.sink = sink;
        up = new ServerLane(true, whole);
        down = new ServerLane(false, whole);
    }

    /** Length of the frame that begins at {@code at}, maybe beyond {@code to}; or {@link #MORE}, {@link #NONE}. */
    abstract int measure(ServerLane lane, byte[] bytes, int at, int to);

    /**
     * Fills {@link #message} with a frame that is there as a whole.
     *
     * @param strict whether it is asked in order to find out if it is one at all
     * @return whether all of it can be read
     */
    abstract boolean read(ServerLane lane, byte[] bytes, int at, int length, boolean strict);

    /** A frame was told. */
    abstract void told(ServerLane lane);

    /** Goes on in a snapshot; where it was, if more bytes are needed. */
    abstract int skipSnapshot(ServerLane lane, byte[] bytes, int at, int to, long micros);

    /**
     * Whether a snapshot of which bytes were missing ends at {@code at}; how many bytes its end has, 0 = it does not.
     */
    abstract int snapshotEnd(byte[] bytes, int at, int to);

    /** Name of the protocol, for notes. */
    abstract String protocol();

    /** What the bytes were taken for that could not be read. */
    abstract String guess(byte[] bytes, int at, int to);

    @Override
    public final int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
        ServerLane lane = toServer ? up : down;
        int at = from;
        while (at < to) {
            ServerLane.State before = lane.state;
            int next = step(lane, bytes, at, to, micros);
            if (next == at && lane.state == before) {
                break;
            }
            at = next;
        }
        lane.held = to - at;
        return at - from;
    }

    private int step(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        return switch (lane.state) {
            case BEGIN -> begin(lane, bytes, at, to, micros);
            case READ -> readNext(lane, bytes, at, to, micros);
            case SEARCH -> search(lane, bytes, at, to, micros);
            case SNAPSHOT -> skipSnapshot(lane, bytes, at, to, micros);
            case IGNORE -> {
                ledger.ignored += to - at;
                yield to;
            }
            case UNDECODABLE -> {
                ledger.malformed += to - at;
                yield to;
            }
        };
    }

    private int begin(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        if (!Tls.mayBegin(bytes, at, to)) {
            lane.state = ServerLane.State.READ;
        } else if (to - at >= Tls.HELLO) {
            silence(lane, micros);
        }
        return at;
    }

    private void silence(ServerLane lane, long micros) {
        up.state = ServerLane.State.IGNORE;
        down.state = ServerLane.State.IGNORE;
        note(lane, "TLS: what is said cannot be read", Message.ABSENT, micros);
    }

    private int readNext(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        int length = measure(lane, bytes, at, to);
        if (length == NONE) {
            lane.lose();
            failed(lane, "", Message.ABSENT, micros);
            return at;
        }
        if (length == MORE || length > to - at) {
            return at;
        }
        if (read(lane, bytes, at, length, false)) {
            ledger.decoded += length;
            lane.told++;
            message.micros = micros;
            message.connection = connection;
            message.toServer = lane.toServer;
            sink.message(message);
            told(lane);
            lane.fresh = false;
        } else {
            ledger.malformed += length;
            String text = "malformed " + guess(bytes, at, to) + " of " + length + " bytes";
            message.clear();
            message.bytes = bytes;
            message.from = at;
            message.to = at + length;
            failed(lane, text, length, micros);
        }
        return at + length;
    }

    /**
     * Looks for the first place at which frames are believable. What may be one and is not there as a whole is waited
     * for, unless enough frames in a row stand behind it.
     */
    private int search(ServerLane lane, byte[] bytes, int at, int to, long micros) {
        if (to - at < lane.wake) {
            return at;
        }
        if (lane.told == 0 && Tls.isInside(bytes, at, to)) {
            silence(lane, micros);
            return at;
        }
        int held = to;
        for (int p = at; p < to; p++) {
            int end = lane.brokenSnapshot ? snapshotEnd(bytes, p, to) : 0;
            int frames = believe(lane, bytes, p + end, to);
            needed += end;
            if (frames == MORE && held == to) {
                held = p;
                lane.wake = Math.min(needed, to - p + LEAST);
            } else if (frames == BELIEVABLE || frames > 0 && held == to) {
                passOver(lane, p + end - at);
                found(lane, micros);
                return p + end;
            }
        }
        passOver(lane, held - at);
        if (held == to) {
            lane.wake = 0;
        }
        return held;
    }

    private void passOver(ServerLane lane, int length) {
        lane.skipped += length;
        if (lane.brokenSnapshot) {
            ledger.ignored += length;
        } else {
            ledger.malformed += length;
        }
    }

    private void found(ServerLane lane, long micros) {
        lane.state = ServerLane.State.READ;
        lane.brokenSnapshot = false;
        tellLost(lane, "the next message", micros);
    }

    /** How many frames follow each other at {@code at}, if that is believable; {@link #NONE} or {@link #MORE}. */
    private int believe(ServerLane lane, byte[] bytes, int at, int to) {
        int p = at;
        needed = 1;
        for (int frames = 0; frames < BELIEVABLE; frames++) {
            if (p == to) {
                return frames;
            }
            int length = measure(lane, bytes, p, to);
            if (length == NONE || length != MORE && (long) p + length - at > AHEAD) {
                return NONE;
            }
            if (length == MORE || length > to - p) {
                if (to - at >= AHEAD) {
                    return NONE;
                }
                needed = length == MORE ? to - at + 1 : p + length - at;
                return MORE;
            }
            if (!read(lane, bytes, p, length, true)) {
                return NONE;
            }
            p += length;
        }
        return BELIEVABLE;
    }

    /** @param text empty = what is passed over next will be told */
    private void failed(ServerLane lane, String text, long size, long micros) {
        lane.malformed++;
        if (lane.malformed < ServerLane.MOST_MALFORMED) {
            if (!text.isEmpty()) {
                tell(lane, text, size, micros);
            }
        } else {
            tellLost(lane, "here", micros);
            lane.state = ServerLane.State.UNDECODABLE;
            note(lane, "undecodable: " + lane.malformed + " times no " + protocol(), Message.ABSENT, micros);
        }
    }

    @Override
    public final void gap(boolean toServer, long length, long micros) {
        ServerLane lane = toServer ? up : down;
        switch (lane.state) {
            case IGNORE, UNDECODABLE -> {
                return;
            }
            case SNAPSHOT -> lane.brokenSnapshot = true;
            case BEGIN, READ, SEARCH -> {}
        }
        lane.lose();
        lane.skipped += lane.held;
        lane.held = 0;
        lane.hole = true;
        lane.missing += length;
    }

    @Override
    public final void end(End end, long micros) {
        finish(up, micros);
        finish(down, micros);
    }

    private void finish(ServerLane lane, long micros) {
        if (lane.state == ServerLane.State.SEARCH) {
            lane.skipped += lane.held;
        }
        tellLost(lane, "the end", micros);
    }

    private void tellLost(ServerLane lane, String where, long micros) {
        if (lane.hasLost()) {
            String missing = lane.missing > 0 ? lane.missing + " bytes are missing, " : "bytes are missing, ";
            String skipped = lane.skipped + " bytes were skipped up to " + where;
            note(lane, lane.hole ? missing + skipped : skipped, lane.missing + lane.skipped, micros);
        }
        lane.forgetLost();
    }

    /** Tells what was not sent. */
    final void note(ServerLane lane, String text, long size, long micros) {
        message.clear();
        tell(lane, text, size, micros);
    }

    private void tell(ServerLane lane, String text, long size, long micros) {
        message.micros = micros;
        message.connection = connection;
        message.toServer = lane.toServer;
        message.text = text;
        message.size = size;
        sink.message(message);
    }

    final ServerLane lane(boolean toServer) {
        return toServer ? up : down;
    }
}
