package shawk.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way to a stream: gathered, and written in large pieces; it closes nothing. Used by one thread. */
public final class Drain {
    private static final int FULL = 1 << 16;

    private final StringBuilder text = new StringBuilder(FULL + (FULL >> 2));
    private final OutputStream out;

    /** Into {@code out}, as UTF-8. */
    public Drain(OutputStream out) {
        this.out = out;
    }

    /** Where text is appended. */
    public StringBuilder text() {
        return text;
    }

    /** Writes what there is, if it is much. */
    public void spill() throws IOException {
        if (text.length() >= FULL) {
            flush();
        }
    }

    /** Writes what there is: whoever reads the stream has it now. */
    public void flush() throws IOException {
        if (text.length() > 0) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
        out.flush();
    }
}
