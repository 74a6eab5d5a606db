package shawk.tcp;

/**
 * Where the bytes of streams have gone. Each byte of a stream is a {@link #gap} or {@link #in}, and of these in exactly
 * one of the others, or still held: {@code in = decoded + ignored + malformed + evicted + held}. Used by one thread.
 */
public final class ByteLedger {
    /** Bytes of streams that were captured, each once; those captured again are {@link #repeated}. */
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

    /** Bytes captured again, or after they had been given up as a gap; not part of {@link #in}. */
    public long repeated;

    /** Bytes that were captured again while the first ones were still held, and differed; part of {@link #repeated}. */
    public long differing;

    /** Whether every byte is in exactly one place. */
    public boolean isBalanced(long held) {
        return in == decoded + ignored + malformed + evicted + held;
    }
}
