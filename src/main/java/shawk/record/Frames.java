package shawk.record;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of samples in the order of time, by position. A position that was given once means the same frame for ever.
 */
interface Frames extends AutoCloseable {
    Header header();

    /** Position of the oldest frame. */
    long first();

    /** Position after the newest frame. */
    long end();

    /** The head at a position from {@link #first} on; null where the frame has been dropped meanwhile. */
    @Nullable
    FrameHead head(long position);

    /** The body at a position; null where it is damaged or has been dropped. */
    byte @Nullable [] body(long position) throws IOException;

    /** Whether the end was not written whole. */
    boolean torn();

    /** Samples between the first and the last that are not there, or need one that is not. */
    long missing();

    @Override
    void close() throws IOException;
}
