package shawk.view.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way to a stream: gathered, and written in large pieces. Used by one thread. */
final class Drain {
    private static final int FULL = 1 << 16;

    private final StringBuilder text = new StringBuilder(FULL + (FULL >> 2));
    private final OutputStream out;

    Drain(OutputStream out) {
        this.out = out;
    }

    /** Where text is appended. */
    StringBuilder text() {
        return text;
    }

    /** Writes what there is, if it is much. */
    void spill() throws IOException {
        if (text.length() >= FULL) {
            flush();
        }
    }

    /** Writes what there is: whoever reads the stream has it now. */
    void flush() throws IOException {
        if (text.length() > 0) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
        out.flush();
    }
}
