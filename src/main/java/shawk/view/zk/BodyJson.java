package shawk.view.zk;

import shawk.zk.proto.BodyVisitor;

/**
 * Writes the fields of a record as members of a JSON object, which the caller has begun and ends. Buffers are
 * {@code {"len":…,"base64":…}}, ids {@code "0x…"}. Used by one thread.
 */
public final class BodyJson implements BodyVisitor {
    private static final int DEEPEST = 64;

    /** The one text that has lines: a configuration. */
    private static final String LINES = "config";

    private final ByteOut out;
    private final int bodyBytes;
    private final boolean credentials;
    private boolean first = true;
    /** Bit d: what is open at depth d is an array that is null. */
    private long nulls;

    private int depth;

    /**
     * Into {@code out}.
     *
     * @param bodyBytes of a buffer that are shown at most
     * @param credentials whether these are shown
     */
    public BodyJson(ByteOut out, int bodyBytes, boolean credentials) {
        this.out = out;
        this.bodyBytes = bodyBytes;
        this.credentials = credentials;
    }

    /** A new object was begun. */
    public void restart() {
        first = true;
        nulls = 0;
        depth = 0;
    }

    @Override
    public void beginRecord(String name) {
        open(name);
        out.ascii('{');
        first = true;
        deeper(false);
    }

    @Override
    public void endRecord() {
        depth--;
        out.ascii('}');
        first = false;
    }

    @Override
    public void beginVector(String name, int count) {
        open(name);
        out.ascii(count < 0 ? "null" : "[");
        first = true;
        deeper(count < 0);
    }

    @Override
    public void endVector() {
        depth--;
        if ((nulls >>> depth & 1) == 0) {
            out.ascii(']');
        }
        first = false;
    }

    @Override
    public void number(String name, long value) {
        open(name);
        out.number(value);
    }

    @Override
    public void truth(String name, boolean value) {
        open(name);
        out.ascii(value ? "true" : "false");
    }

    @Override
    public void id(String name, long value) {
        open(name);
        id(out, value);
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        open(name);
        if (length < 0) {
            out.ascii("null");
        } else if (name.equals(LINES)) {
            lines(bytes, from, from + length);
        } else {
            out.ascii('"').json(bytes, from, length).ascii('"');
        }
    }

    private void lines(byte[] bytes, int from, int to) {
        out.ascii('"');
        int line = from;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                out.json(bytes, line, at - line).ascii("\\n");
                line = at + 1;
            }
        }
        out.json(bytes, line, to - line).ascii('"');
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        open(name);
        buffer(out, bytes, from, length, bodyBytes);
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        open(name);
        if (length < 0 || credentials) {
            buffer(out, bytes, from, length, bodyBytes);
            return;
        }
        out.ascii("{\"len\":").number(length).ascii(",\"masked\":\"");
        Secrets.json(out, scheme, bytes, from, length);
        out.ascii("\"}");
    }

    @Override
    public void word(String name, String constant) {
        open(name);
        out.ascii('"').ascii(constant).ascii('"');
    }

    /** Ids are strings: readers that hold numbers in doubles would lose digits. */
    static void id(ByteOut out, long value) {
        if (value == -1) {
            out.ascii("\"-1\"");
        } else {
            out.ascii('"').hex(value).ascii('"');
        }
    }

    static void buffer(ByteOut out, byte[] bytes, int from, int length, int most) {
        if (length < 0) {
            out.ascii("null");
            return;
        }
        out.ascii("{\"len\":").number(length).ascii(",\"base64\":\"");
        out.base64(bytes, from, Math.min(length, most)).ascii("\"}");
    }

    private void deeper(boolean isNull) {
        if (depth >= DEEPEST) {
            throw new IllegalStateException("deeper than any layout");
        }
        nulls = isNull ? nulls | 1L << depth : nulls & ~(1L << depth);
        depth++;
    }

    private void open(String name) {
        if (!first) {
            out.ascii(',');
        }
        first = false;
        if (!name.isEmpty()) {
            out.ascii('"').ascii(name).ascii("\":");
        }
    }
}
