package shawk.zk.proto;

/** Who is told of messages, in the order in which their last bytes were captured. Used by one thread. */
public interface MessageSink {
    /** A message; {@code message} is valid during the call only. */
    void message(Message message);

    /** Why a request will have no reply. */
    enum Unanswered {
        /** The connection ended. */
        CLOSED,
        /** The time given has passed; a reply may come yet, and is then told without its request. */
        TIMEOUT,
        /** Too many are waiting. */
        CROWDED,
        /** Bytes of the other direction are missing, and its reply was among them. */
        GAP,
        /** The capture is over. */
        OVER
    }

    /** A request that was told before has no reply, and none is expected any more. */
    void unanswered(Message request, Unanswered why, long micros);
}
