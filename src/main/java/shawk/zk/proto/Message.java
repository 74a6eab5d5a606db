package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.tcp.Connection;

/**
 * One message: what its header says, and where its parts lie in the bytes. It is filled anew for each message; whoever
 * wants to keep it takes a {@link #copy}. What a kind does not have is absent. Used by one thread.
 */
public final class Message {
    /** No number of that sort. */
    public static final long ABSENT = Long.MIN_VALUE;

    public Kind kind = Kind.NOTE;

    /** When its last byte was captured, in microseconds since the epoch. */
    public long micros;

    /** Who said it to whom. */
    public @Nullable Connection connection;

    /** Whether the client of {@link #connection} sent it. */
    public boolean toServer;

    /** Its name in the protocol's own words: {@code create2}, {@code NodeCreated}, {@code PROPOSAL}, {@code ruok}. */
    public String op = "";

    /** Number of {@link #op}; {@link #ABSENT} of connect, four-letter words and notes. */
    public long opNumber;

    /** {@link #ABSENT} of connect and of whatever is no client message. */
    public long xid;

    public long zxid;

    /** Error number of a reply; {@link #ABSENT} elsewhere. */
    public long error;

    /** Session of the connection as far as it is known; {@link #ABSENT} otherwise. */
    public long session;

    /** Id of the server that sent a ZAB packet or took part in an election; {@link #ABSENT} where it is not known. */
    public long sid;

    /**
     * Value of the length prefix in bytes, of a ZAB packet its length, of a four-letter word's answer all its bytes.
     */
    public long size;

    /** Of a reply: microseconds since its request; {@link #ABSENT} where that was not seen. */
    public long latencyMicros;

    /** What kind of node a create makes, in the protocol's own numbers; {@link #ABSENT} of all else. */
    public long flags;

    /** How long a node lives that nobody changes, in milliseconds, where a create says so; else {@link #ABSENT}. */
    public long ttlMillis;

    /** Holds all of it, without the length prefix, from {@link #from} to {@link #to}. */
    public byte[] bytes = new byte[0];

    public int from;
    public int to;

    /** Where the path begins in {@link #bytes}; -1 = it has none, or a null one. */
    public int pathFrom;

    /** Length of the path in bytes. */
    public int pathLength;

    /** Where the record behind the header begins. */
    public int bodyFrom;

    /**
     * How {@link #bytes} from {@link #bodyFrom} on are to be read; null = there is no record, or it is not understood.
     */
    public @Nullable Layout body;

    /** Of a reply: its request, if that was seen; of it there are as many bytes as were asked to be kept. */
    public @Nullable Message request;

    /**
     * Of a reply that came after its request was told to have none: that request, or its beginning. Null = it came in
     * time, or its request was not seen.
     */
    public @Nullable Message late;

    /** Of a note: one line; else empty. */
    public String text = "";

    /** Empties it. */
    public void clear() {
        kind = Kind.NOTE;
        micros = 0;
        connection = null;
        toServer = false;
        op = "";
        opNumber = ABSENT;
        xid = ABSENT;
        zxid = ABSENT;
        error = ABSENT;
        session = ABSENT;
        sid = ABSENT;
        size = ABSENT;
        latencyMicros = ABSENT;
        flags = ABSENT;
        ttlMillis = ABSENT;
        from = 0;
        to = 0;
        pathFrom = -1;
        pathLength = 0;
        bodyFrom = 0;
        body = null;
        request = null;
        late = null;
        text = "";
    }

    /** Its request if it is a reply and that is known, late or not; else itself. */
    public Message question() {
        Message asked = request == null ? late : request;
        return asked == null ? this : asked;
    }

    /** Which of the two has the path: a reply is about what its request was about. */
    public Message withPath() {
        return pathFrom >= 0 ? this : question();
    }

    /** Whether only its beginning is there: it is a copy, and not all of it was kept. */
    public boolean isCut() {
        return size != ABSENT && to - from < size;
    }

    /**
     * Makes this one a copy of {@code other} with bytes of its own, in the array that it has where that is large
     * enough. Requests are not copied.
     *
     * @param most bytes that are copied; where there are more {@link #body} is null, and the path is there only if it
     *     lies in what was copied
     */
    public void copy(Message other, int most) {
        int length = Math.min(other.to - other.from, most);
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 128)];
        }
        System.arraycopy(other.bytes, other.from, bytes, 0, length);
        boolean whole = length == other.to - other.from;
        boolean path = other.pathFrom >= 0 && other.pathFrom - other.from + other.pathLength <= length;
        kind = other.kind;
        micros = other.micros;
        connection = other.connection;
        toServer = other.toServer;
        op = other.op;
        opNumber = other.opNumber;
        xid = other.xid;
        zxid = other.zxid;
        error = other.error;
        session = other.session;
        sid = other.sid;
        size = other.size;
        latencyMicros = other.latencyMicros;
        flags = other.flags;
        ttlMillis = other.ttlMillis;
        from = 0;
        to = length;
        pathFrom = path ? other.pathFrom - other.from : -1;
        pathLength = path ? other.pathLength : 0;
        bodyFrom = other.bodyFrom - other.from;
        body = whole ? other.body : null;
        request = null;
        late = null;
        text = other.text;
    }
}
