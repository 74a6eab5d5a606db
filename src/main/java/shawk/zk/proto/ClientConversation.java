package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;

/**
 * What a client and a server of ZooKeeper say to each other: requests, replies, events and four-letter words, of one
 * connection. What is no message is told as a note. Used by one thread.
 */
final class ClientConversation implements Conversation {
    /** Malformed messages after which no more are looked for. */
    static final int MOST_MALFORMED = 10;

    /** Messages after which one that was malformed is forgotten. */
    private static final int FORGIVEN = 64;

    /** After so long a silence nothing is under way any more that could be taken for the answer to what follows. */
    private static final long SILENCE_MICROS = 500_000;

    /** Bytes of text that a server may have sent in front of the word that asks for it. */
    static final int MOST_AHEAD = 1 << 16;

    private static final byte[] NONE = {};

    private enum Mode {
        /** Nothing of the client has been seen of a connection whose beginning was. */
        OPENING,
        MESSAGES,
        FOUR_LETTERS,
        /** There are messages, and they cannot be read. */
        SEALED,
        UNDECODABLE
    }

    private final ClientConversations shared;
    private final Connection connection;
    private final ByteLedger ledger;
    private final boolean whole;
    private final OpenRequests open;
    private final RequestReader requestReader;
    private final Lane requests;
    private final Lane replies;

    private Mode mode;
    /** The request for the connection, until it is answered. */
    private @Nullable Message connect;

    private @Nullable FourLetters word;
    private long session = Message.ABSENT;
    private int malformed;
    private int good;
    private long lastMicros;

    ClientConversation(
            ClientConversations shared, Connection connection, boolean whole, ByteLedger ledger, long micros) {
        lastMicros = micros;
        this.shared = shared;
        this.connection = connection;
        this.whole = whole;
        this.ledger = ledger;
        DecodeLimits limits = shared.limits();
        mode = whole ? Mode.OPENING : Mode.MESSAGES;
        open = new OpenRequests(limits, whole, shared.seed(), shared.pool(), shared.sink());
        int most = limits.maxMessage();
        requestReader = new RequestReader(this, most);
        requests = new Lane(requestReader, this, true, most, whole);
        replies = new Lane(new ReplyReader(this, most), this, false, most, whole);
    }

    ByteLedger ledger() {
        return ledger;
    }

    OpenRequests open() {
        return open;
    }

    boolean isWhole() {
        return whole;
    }

    boolean isReading() {
        return mode == Mode.MESSAGES || mode == Mode.OPENING;
    }

    /** Whether the server's first message has to be the answer to a request for a connection. */
    boolean isConnecting() {
        return connect != null || whole;
    }

    /** Whether a request with that number may have been missed, or be on its way behind another one. */
    boolean mayHaveSent(int xid) {
        return requestReader.maySend(xid, requests.isSure());
    }

    /** Whether no reply was missed. */
    boolean areRepliesSure() {
        return replies.isSure();
    }

    @Override
    public int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
        expire(micros);
        int at = from;
        if (mode == Mode.OPENING && toServer && !open(bytes, from, to, micros)) {
            return 0;
        }
        if (mode == Mode.OPENING && !toServer && isAhead(bytes, from, to)) {
            return 0;
        }
        if (mode == Mode.MESSAGES && !whole && lane(toServer).isNew() && Tls.isInside(bytes, from, to)) {
            seal("TLS: what is said cannot be read", toServer, micros);
        }
        if (isReading()) {
            at += lane(toServer).take(bytes, from, to, micros);
            lastMicros = micros;
        } else if (mode == Mode.FOUR_LETTERS && word != null) {
            at = word.take(toServer, bytes, from, to, micros);
        }
        if (mode == Mode.SEALED) {
            ledger.ignored += to - at;
            at = to;
        } else if (mode == Mode.UNDECODABLE) {
            ledger.malformed += to - at;
            at = to;
        }
        return at - from;
    }

    /** Whether what the server says may be the answer to a word that is still to come. */
    private boolean isAhead(byte[] bytes, int from, int to) {
        return to - from <= MOST_AHEAD && replies.isNew() && FourLetters.mayAnswer(bytes, from, to);
    }

    private Lane lane(boolean toServer) {
        return toServer ? requests : replies;
    }

    /** Finds out what the client begins with; false = there is too little of it. */
    private boolean open(byte[] bytes, int from, int to, long micros) {
        if (Tls.mayBegin(bytes, from, to)) {
            if (to - from < Tls.HELLO) {
                return false;
            }
            seal("TLS: what is said cannot be read", true, micros);
            return true;
        }
        if (FourLetters.mayBegin(bytes, from, to)) {
            if (to - from < FourLetters.LENGTH) {
                return false;
            }
            mode = Mode.FOUR_LETTERS;
            word = new FourLetters(this, shared, bytes, from, micros);
            return true;
        }
        if (to - from < 8) {
            if (to - from < 4 || Wire.int32(bytes, from) == 44 || Wire.int32(bytes, from) == 45) {
                return false;
            }
        } else {
            String dialect = Connects.dialect(bytes, from);
            if (!dialect.isEmpty()) {
                seal(dialect, true, micros);
                return true;
            }
        }
        mode = Mode.MESSAGES;
        return true;
    }

    private void seal(String why, boolean toServer, long micros) {
        mode = Mode.SEALED;
        note(toServer, why, micros);
    }

    /** The client asks for a session. */
    void connect(byte[] bytes, int from, int to, long micros) {
        long asked = Wire.int64(bytes, from + 16);
        session = asked == 0 ? Message.ABSENT : asked;
        Message message = message(Kind.REQUEST, true, bytes, from, to, micros);
        message.op = OpCodes.CONNECT;
        message.body = Records.CONNECT_REQUEST;
        tell(message);
        connect = shared.pool().copy(message, shared.limits().keep());
        if (replies.isNew()) {
            replies.begin();
        }
    }

    /** The server's answer; a session that has expired is told with the number that was asked for. */
    void connected(byte[] bytes, int from, int to, long micros) {
        long given = Wire.int64(bytes, from + 8);
        if (given != 0) {
            session = given;
        }
        Message message = message(Kind.REPLY, false, bytes, from, to, micros);
        message.op = OpCodes.CONNECT;
        message.body = Records.CONNECT_RESPONSE;
        Message request = connect;
        if (request != null) {
            message.request = request;
            message.latencyMicros = micros - request.micros;
        }
        tell(message);
        if (request != null) {
            shared.pool().release(request);
            connect = null;
        }
    }

    /** The message to fill, with what is known of it already. */
    Message message(Kind kind, boolean toServer, byte[] bytes, int from, int to, long micros) {
        Message message = shared.scratch();
        message.clear();
        message.kind = kind;
        message.micros = micros;
        message.connection = connection;
        message.toServer = toServer;
        message.session = session;
        message.size = (long) to - from;
        message.bytes = bytes;
        message.from = from;
        message.to = to;
        message.bodyFrom = from;
        return message;
    }

    void tell(Message message) {
        if (malformed > 0 && ++good >= FORGIVEN) {
            malformed--;
            good = 0;
        }
        shared.sink().message(message);
    }

    /** A request waits for its reply; null = it is not told if there is none. */
    void wait(int xid, int op, @Nullable Message request, long micros) {
        if (xid < 0 && open.inDoubt()) {
            if (micros - lastMicros < SILENCE_MICROS) {
                open.refuse(request, MessageSink.Unanswered.DOUBT, micros);
                return;
            }
            open.trust();
        }
        if (xid >= 0 && open.wasEarly(xid)) {
            open.refuse(request, MessageSink.Unanswered.DOUBT, micros);
            return;
        }
        open.add(xid, op, request, shared.limits().keep(), micros);
    }

    void note(boolean toServer, String text, long micros) {
        Message message = message(Kind.NOTE, toServer, NONE, 0, 0, micros);
        message.size = Message.ABSENT;
        message.text = text;
        shared.sink().message(message);
    }

    /** A message that is none; its bytes are from {@code from} to {@code to}. */
    void malformed(boolean toServer, byte[] bytes, int from, int to, String why, long micros) {
        Message message = message(Kind.NOTE, toServer, bytes, from, to, micros);
        message.text = "malformed message of " + message.size + " bytes: " + why;
        strike(message);
    }

    /** Nobody knows any more where a message begins; the bytes are some of those that show it. */
    void lost(boolean toServer, byte[] bytes, int from, int to, String why, long micros) {
        Message message = message(Kind.NOTE, toServer, bytes, from, to, micros);
        message.size = Message.ABSENT;
        message.text = "malformed: " + why;
        strike(message);
    }

    private void strike(Message message) {
        boolean toServer = message.toServer;
        long micros = message.micros;
        shared.sink().message(message);
        good = 0;
        malformed++;
        if (malformed == MOST_MALFORMED) {
            mode = Mode.UNDECODABLE;
            note(toServer, "undecodable: nothing more of this connection is read", micros);
        }
    }

    void tooLarge(boolean toServer, String op, int length, long micros) {
        String what = toServer ? op : "reply to " + op;
        note(toServer, what + " of " + length + " bytes is larger than a message may be: not read", micros);
    }

    @Override
    public void gap(boolean toServer, long length, long micros) {
        expire(micros);
        if (mode == Mode.OPENING && toServer) {
            mode = Mode.MESSAGES;
        }
        if (isReading()) {
            lane(toServer).gap(length);
            open.gap(!toServer, micros);
        }
        FourLetters words = word;
        if (words != null) {
            words.gap(toServer);
        }
    }

    @Override
    public void end(End end, long micros) {
        expire(micros);
        if (isReading()) {
            requests.end(micros);
            replies.end(micros);
        }
        FourLetters words = word;
        if (words != null) {
            words.end(why(end), micros);
        }
        Message request = connect;
        if (request != null) {
            connect = null;
            shared.sink().unanswered(request, why(end), micros);
            shared.pool().release(request);
        }
        open.end(why(end), micros);
        shared.forget(this);
    }

    private static MessageSink.Unanswered why(End end) {
        return switch (end) {
            case FIN, RST, REPLACED -> MessageSink.Unanswered.CLOSED;
            case EVICTED -> MessageSink.Unanswered.CROWDED;
            case OVER -> MessageSink.Unanswered.OVER;
        };
    }

    /** Tells of requests that have been waiting for too long. */
    void expire(long micros) {
        open.expire(micros);
    }
}
