package shawk.store;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Adds up chunks. */
final class ChunkSum {
    private static final long MINUTE_MICROS = 60_000_000;

    private ChunkSum() {}

    /** The chunk with all of its amounts in one element, which is as long as the whole. */
    static Chunk flatten(Chunk chunk) {
        int count = chunk.minutes().length;
        int lastEnd = count == 0 ? 0 : chunk.minutes()[count - 1] + chunk.spanMinutes();
        return new Chunk(
                chunk.flowId(),
                chunk.atMicros(),
                chunk.run(),
                Math.max(Chunk.MINUTES, lastEnd),
                new short[1],
                one(sum(chunk.opened())),
                one(sum(chunk.closed())),
                one(sum(chunk.failed())),
                one(Arrays.stream(chunk.peak()).max().orElse(0)),
                wide(Arrays.stream(chunk.txBytes()).sum()),
                wide(Arrays.stream(chunk.rxBytes()).sum()),
                one(mean(chunk.rttMicros())),
                one(sum(chunk.retrans())),
                chunk.evidence(),
                chunk.complete());
    }

    /** Two chunks of one element each, of the same flow and run; the sum reaches from the earlier to the later one. */
    static Chunk of(Chunk a, Chunk b) {
        long begin = Math.min(a.atMicros(), b.atMicros());
        long[] union = LongStream.concat(Arrays.stream(a.evidence()), Arrays.stream(b.evidence()))
                .sorted()
                .distinct()
                .toArray();
        return new Chunk(
                a.flowId(),
                begin,
                a.run(),
                (int) ((Math.max(end(a), end(b)) - begin) / MINUTE_MICROS),
                new short[1],
                one((long) first(a.opened()) + first(b.opened())),
                one((long) first(a.closed()) + first(b.closed())),
                one((long) first(a.failed()) + first(b.failed())),
                one(Math.max(first(a.peak()), first(b.peak()))),
                wide(first(a.txBytes()) + first(b.txBytes())),
                wide(first(a.rxBytes()) + first(b.rxBytes())),
                one(mean(concat(a.rttMicros(), b.rttMicros()))),
                one((long) first(a.retrans()) + first(b.retrans())),
                Arrays.copyOf(union, Math.min(union.length, Chunk.EVIDENCE)),
                a.complete() && b.complete() && union.length <= Chunk.EVIDENCE);
    }

    private static long end(Chunk chunk) {
        return chunk.atMicros() + chunk.spanMinutes() * MINUTE_MICROS;
    }

    private static long sum(int[] values) {
        return Arrays.stream(values).asLongStream().sum();
    }

    /** Of those that are known. */
    private static long mean(int[] values) {
        return Math.round(
                Arrays.stream(values).filter(value -> value > 0).average().orElse(0));
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static int first(int[] values) {
        return values.length == 0 ? 0 : values[0];
    }

    private static long first(long[] values) {
        return values.length == 0 ? 0 : values[0];
    }

    /** As much as an element holds: what adds up to more, which two billion a minute would, stays there. */
    private static int[] one(long value) {
        return value == 0 ? new int[0] : new int[] {(int) Math.min(Integer.MAX_VALUE, value)};
    }

    private static long[] wide(long value) {
        return value == 0 ? new long[0] : new long[] {value};
    }
}
