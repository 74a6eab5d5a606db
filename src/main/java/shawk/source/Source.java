package shawk.source;

import shawk.model.RawSample;

/** Where samples come from: the kernel by one way or another, or a recording. Used by one thread at a time. */
public interface Source extends AutoCloseable {
    /** Short name as the screen and dumps show it, e.g. {@code netlink}. */
    String name();

    /** Reads one sample. The sample's buffers are valid until the next call. */
    RawSample poll() throws SourceException;

    /**
     * Reads what has happened since the last call, without the sockets that live: cheap enough for many times a second.
     * A source that sees nothing happen gives a whole sample.
     */
    default RawSample pollEvents() throws SourceException {
        return poll();
    }

    /**
     * Whether the kernel is to measure how long programs in it run, all of the host's, which costs each of them a
     * little; a source without any does nothing.
     */
    default void setStatistics(boolean on) {}

    @Override
    void close();
}
