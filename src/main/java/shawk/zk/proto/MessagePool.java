package shawk.zk.proto;

import java.util.ArrayDeque;

/**
 * Copies of messages that wait for their replies, used again and again, with a bound over all connections. Used by one
 * thread.
 */
final class MessagePool {
    /** Bytes of copies, those waiting for their next use included. */
    static final int MOST_BYTES = 32 << 20;

    /** Requests that wait for a reply on all connections. */
    static final int MOST_OPEN = 1 << 17;

    /** Bytes of an array that is kept for its next use though there is little room. */
    private static final int SMALL = 4_096;

    /** Bytes that {@link Message#copy} makes an array of at least. */
    private static final int LEAST = 128;

    private static final byte[] NONE = {};

    private final ArrayDeque<Message> free = new ArrayDeque<>();
    private long held;
    private int open;

    /** A copy of at most {@code keep} bytes; of fewer where there is no more room. */
    Message copy(Message message, int keep) {
        Message copy = free.isEmpty() ? new Message() : free.pop();
        int had = copy.bytes.length;
        int length = Math.min(message.to - message.from, keep);
        boolean room = length <= had || held - had + Math.max(length, LEAST) <= MOST_BYTES;
        copy.copy(message, room ? length : had);
        held += copy.bytes.length - had;
        return copy;
    }

    void release(Message message) {
        message.connection = null;
        message.body = null;
        message.request = null;
        message.late = null;
        if (message.bytes.length > SMALL && held > MOST_BYTES / 2) {
            held -= message.bytes.length;
            message.bytes = NONE;
        }
        free.push(message);
    }

    /** Whether a further request may wait; it counts until {@link #close}. */
    boolean open() {
        if (open == MOST_OPEN) {
            return false;
        }
        open++;
        return true;
    }

    void close() {
        open--;
    }

    /** Room for bytes that are kept elsewhere. */
    boolean reserve(int bytes) {
        if (held + bytes > MOST_BYTES) {
            return false;
        }
        held += bytes;
        return true;
    }

    void giveBack(int bytes) {
        held -= bytes;
    }
}
