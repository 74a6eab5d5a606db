package shawk.store;

/** A chunk as bytes; see {@link BatchCodec}. */
final class ChunkCodec {
    /** What a chunk takes at least. */
    static final int LEAST_BYTES = 8 + 6;

    private static final int MAX_SPAN = 60;
    private static final int COLUMNS = 8;
    private static final int COMPLETE = 1 << COLUMNS;

    private ChunkCodec() {}

    static void write(ByteSink out, Chunk chunk) {
        out.writeLong(chunk.flowId());
        out.writeSigned(Math.floorDiv(chunk.atMicros(), Chunk.LENGTH_MICROS));
        out.writeSigned(chunk.run());
        out.writeNumber(chunk.spanMinutes());
        out.writeNumber(chunk.minutes().length);
        for (short minute : chunk.minutes()) {
            out.writeNumber(minute);
        }
        int[][] ints = {chunk.opened(), chunk.closed(), chunk.failed(), chunk.peak(), chunk.rttMicros(), chunk.retrans()
        };
        long[][] longs = {chunk.txBytes(), chunk.rxBytes()};
        int present = chunk.complete() ? COMPLETE : 0;
        for (int i = 0; i < ints.length; i++) {
            present |= ints[i].length > 0 ? 1 << i : 0;
        }
        for (int i = 0; i < longs.length; i++) {
            present |= longs[i].length > 0 ? 1 << ints.length + i : 0;
        }
        out.writeNumber(present);
        for (int[] column : ints) {
            for (int value : column) {
                out.writeSigned(value);
            }
        }
        for (long[] column : longs) {
            for (long value : column) {
                out.writeSigned(value);
            }
        }
        out.writeNumber(chunk.evidence().length);
        for (long hash : chunk.evidence()) {
            out.writeLong(hash);
        }
    }

    static Chunk read(ByteSource in) throws MalformedBatchException {
        long flow = in.readLong();
        long at = in.readSigned();
        if (at > Long.MAX_VALUE / Chunk.LENGTH_MICROS || at < Long.MIN_VALUE / Chunk.LENGTH_MICROS) {
            throw in.malformed("a time is out of range");
        }
        int run = readInt(in);
        int span = in.readInt(1, MAX_SPAN);
        short[] minutes = readMinutes(in);
        int present = in.readInt(0, 2 * COMPLETE - 1);
        int[][] ints = new int[6][];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = new int[(present & 1 << i) != 0 ? minutes.length : 0];
            for (int element = 0; element < ints[i].length; element++) {
                ints[i][element] = readInt(in);
            }
        }
        long[][] longs = new long[2][];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = new long[(present & 1 << ints.length + i) != 0 ? minutes.length : 0];
            for (int element = 0; element < longs[i].length; element++) {
                longs[i][element] = in.readSigned();
            }
        }
        return new Chunk(
                flow,
                at * Chunk.LENGTH_MICROS,
                run,
                span,
                minutes,
                ints[0],
                ints[1],
                ints[2],
                ints[3],
                longs[0],
                longs[1],
                ints[4],
                ints[5],
                readEvidence(in),
                (present & COMPLETE) != 0);
    }

    private static short[] readMinutes(ByteSource in) throws MalformedBatchException {
        int count = in.readInt(0, MAX_SPAN);
        short[] minutes = new short[count];
        for (int i = 0; i < count; i++) {
            minutes[i] = (short) in.readInt(i == 0 ? 0 : minutes[i - 1] + 1, MAX_SPAN - 1);
        }
        return minutes;
    }

    private static long[] readEvidence(ByteSource in) throws MalformedBatchException {
        long[] hashes = new long[in.readInt(0, Chunk.EVIDENCE)];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.readLong();
            if (hashes[i] < 0 || i > 0 && hashes[i] <= hashes[i - 1]) {
                throw in.malformed("evidence is not in order");
            }
        }
        return hashes;
    }

    private static int readInt(ByteSource in) throws MalformedBatchException {
        long value = in.readSigned();
        if (value != (int) value) {
            throw in.malformed("a number is out of range");
        }
        return (int) value;
    }
}
