package shawk.tcp;

/**
 * Where the bytes of streams have gone. Each byte of a stream is in exactly one of these, or still held: {@code in +
 * gap = decoded + ignored + malformed + evicted + gap + held}, where {@code in} are bytes that were captured and not
 * captured before. Used by one thread.
 */
public final class ByteLedger {
    /** Bytes of streams that were captured, each once. */
    public long in;

    /** Bytes of messages. */
    public long decoded;

    /** Bytes that are known to be of no interest: a snapshot, TLS, answers that nobody asked to see. */
    public long ignored;

    /** Bytes in which no message was recognised. */
    public long malformed;

    /** Bytes of streams that were let go for want of room. */
    public long evicted;

    /** Bytes that were sent and never captured; not part of {@link #in}. */
    public long gap;

    /** Bytes captured again; not part of {@link #in}. */
    public long repeated;

    /** Bytes that were captured again and differed; part of {@link #repeated}. */
    public long differing;
}
