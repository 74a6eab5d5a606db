package shawk.view.zk;

import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** A form in which messages are written. Used by one thread. */
public interface MessageForm {
    /** Before the first message. */
    default void begin() {}

    /** Writes a message, or keeps back what is written with its reply. Returns whether it was one that counts. */
    boolean message(Message message);

    /** Writes that a request has no reply. */
    void unanswered(Message request, Unanswered why, long micros);

    /** Behind the last message. */
    default void end() {}
}
