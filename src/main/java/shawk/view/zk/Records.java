package shawk.view.zk;

/**
 * What stands before, between and behind records: a JSON array that is complete whenever it ends, JSON one object a
 * line, or the head of CSV. Text has none of it. Used by one thread.
 */
final class Records {
    private final ByteOut out;
    private final Output.Format format;
    private boolean first = true;

    Records(ByteOut out, Output.Format format) {
        this.out = out;
        this.format = format;
    }

    /** Before the first record; {@code csvHead} are the titles with commas between them. */
    void begin(String csvHead) {
        switch (format) {
            case JSON -> out.ascii('[');
            case CSV -> out.ascii(csvHead).ascii("\r\n");
            case TEXT, NDJSON -> {}
        }
    }

    /** Before a JSON object. */
    void next() {
        if (format == Output.Format.JSON) {
            out.ascii(first ? "\n" : ",\n");
            first = false;
        }
    }

    /** Behind it. */
    void ended() {
        if (format == Output.Format.NDJSON) {
            out.ascii('\n');
        }
    }

    /** Behind the last one. */
    void end() {
        if (format == Output.Format.JSON) {
            out.ascii("\n]\n");
        }
    }
}
