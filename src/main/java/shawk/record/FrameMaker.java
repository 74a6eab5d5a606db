package shawk.record;

import java.util.zip.Deflater;
import shawk.model.Names;
import shawk.model.RawSample;

/** Samples to frames: a key frame every so many samples, changes between. Used by one thread; must be closed. */
final class FrameMaker implements AutoCloseable {
    /** Samples from one key frame to the next: what must be read at most to show any moment. */
    static final int KEY_EVERY = 8;

    private final SampleEncoder encoder;
    private final Squeezer squeezer = new Squeezer(Deflater.BEST_SPEED);
    private final ByteSink plain = new ByteSink(1 << 12);
    private final ByteSink body = new ByteSink(1 << 12);
    private long sequence;
    private boolean broken;

    FrameMaker(Header header, Names names) {
        encoder = new SampleEncoder(header.layouts(), names);
    }

    /** The bytes of the header of a recording. */
    FrameHead header(Header header, long wallMicros, long monotonicNanos) {
        plain.clear();
        header.write(plain);
        squeezer.deflate(plain, body);
        return FrameHead.of(FrameHead.Kind.HEADER, 0, wallMicros, monotonicNanos, body.bytes(), body.size());
    }

    /** Whether the next sample will be a key frame. */
    boolean nextIsKey() {
        return broken || sequence % KEY_EVERY == 0;
    }

    /** The frame made last is lost: the next one stands alone. */
    void startAnew() {
        broken = true;
    }

    /** The head of the sample's frame, whose body is {@link #body()}. */
    FrameHead sample(RawSample sample, byte[] carry) {
        boolean key = nextIsKey();
        plain.clear();
        // What is half encoded, e.g. for want of memory, no reader has: nothing may build upon it.
        startAnew();
        encoder.encode(sample, key, carry, plain);
        squeezer.deflate(plain, body);
        broken = false;
        sequence++;
        return FrameHead.of(
                key ? FrameHead.Kind.KEY : FrameHead.Kind.DELTA,
                sequence,
                sample.wallMicros(),
                sample.monotonicNanos(),
                body.bytes(),
                body.size());
    }

    /** Body of the frame made last; valid until the next. */
    byte[] body() {
        return body.bytes();
    }

    @Override
    public void close() {
        squeezer.close();
    }
}
