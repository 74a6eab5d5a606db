package shawk.record;

/**
 * A sparse column: unsigned numbers that are not 0 under rising indices, runs of zeros as their length. Used by one
 * thread.
 */
final class Tokens {
    private final ByteSink sink = new ByteSink(64);
    private int last = -1;

    void clear() {
        sink.clear();
        last = -1;
    }

    /** {@code value} is not 0, and {@code index} above those before. */
    void put(int index, long value) {
        int zeros = index - last - 1;
        if (zeros > 0) {
            sink.writeByte(0);
            sink.writeVarint(zeros - 1L);
        }
        sink.writeVarint(value);
        last = index;
    }

    ByteSink sink() {
        return sink;
    }

    /** Reads a column back; indices stay below a limit. */
    static final class Reader {
        private final ByteCursor cursor;
        private final int limit;
        private int index = -1;
        private long value;

        Reader(ByteCursor cursor, int limit) {
            this.cursor = cursor;
            this.limit = limit;
        }

        /** Moves to the next number; false where there is none. */
        boolean next() throws MalformedException {
            if (cursor.remaining() == 0) {
                index = limit;
                return false;
            }
            value = cursor.readVarint();
            index++;
            if (value == 0) {
                index += cursor.readCount(limit) + 1;
                value = cursor.readVarint();
            }
            if (value == 0 || index >= limit || index < 0) {
                throw new MalformedException("a value beyond the last row");
            }
            return true;
        }

        int index() {
            return index;
        }

        long value() {
            return value;
        }
    }
}
