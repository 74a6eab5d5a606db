package shawk.source;

import shawk.model.RawSample;

/** Where samples come from: the kernel by one way or another, or a recording. Used by one thread at a time. */
public interface Source extends AutoCloseable {
    /** Short name as the screen and dumps show it, e.g. {@code netlink}. */
    String name();

    /** Reads one sample. The sample's buffers are valid until the next call. */
    RawSample poll() throws SourceException;

    @Override
    void close();
}
