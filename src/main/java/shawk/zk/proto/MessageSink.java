package shawk.zk.proto;

/** Who is told of messages, in the order in which their last bytes were captured. Used by one thread. */
public interface MessageSink {
    /** A message; {@code message} is valid during the call only. */
    void message(Message message);

    /** Why a request will have no reply. */
    enum Unanswered {
        /** The connection ended. */
        CLOSED,
        /** The time given has passed; a reply may come yet, and then has it as {@link Message#late}. */
        TIMEOUT,
        /** Too many are waiting. */
        CROWDED,
        /** Its reply was among bytes that are missing or could not be read, or cannot be told from another's. */
        GAP,
        /** Its reply is told by itself: which one it is cannot be known, as of a ping that was begun with. */
        DOUBT,
        /** The capture is over. */
        OVER
    }

    /**
     * A request that was told before has no reply, and none is expected any more: each has either this or one reply
     * that has it as its {@link Message#request}.
     */
    void unanswered(Message request, Unanswered why, long micros);
}
