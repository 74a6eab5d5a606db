package shawk.record;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflates the body of a frame, and inflates it within bounds. Used by one thread; must be closed. */
final class Squeezer implements AutoCloseable {
    /** The most bytes that a body inflates to. */
    static final int PLAIN_MAX = 256 << 20;

    /** What a deflated byte can become at most. */
    private static final int RATIO_MAX = 1_032;

    private final Deflater deflater;
    private final Inflater inflater = new Inflater(true);
    private byte[] plain = new byte[1 << 12];
    private final byte[] chunk = new byte[1 << 13];

    Squeezer(int level) {
        deflater = new Deflater(level, true);
    }

    /** Writes the length of {@code from}, and what it deflates to. */
    void deflate(ByteSink from, ByteSink out) {
        out.clear();
        out.writeVarint(from.size());
        deflater.reset();
        deflater.setInput(from.bytes(), 0, from.size());
        deflater.finish();
        while (!deflater.finished()) {
            int length = deflater.deflate(chunk);
            out.writeBytes(chunk, 0, length);
        }
    }

    /** Reads back what {@link #deflate} wrote; the bytes are valid until the next call. */
    ByteCursor inflate(byte[] body, int offset, int length) throws MalformedException {
        ByteCursor in = new ByteCursor(body, offset, length);
        int size = in.readCount(PLAIN_MAX);
        if (size > (long) in.remaining() * RATIO_MAX) {
            throw new MalformedException("so few bytes cannot become " + size);
        }
        if (size > plain.length) {
            plain = new byte[size];
        }
        inflater.reset();
        inflater.setInput(body, offset + length - in.remaining(), in.remaining());
        int done = 0;
        try {
            while (done < size) {
                int more = inflater.inflate(plain, done, size - done);
                if (more == 0) {
                    throw new MalformedException("deflated bytes end too early");
                }
                done += more;
            }
        } catch (DataFormatException e) {
            throw new MalformedException("deflated bytes are none");
        }
        return new ByteCursor(plain, 0, size);
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
