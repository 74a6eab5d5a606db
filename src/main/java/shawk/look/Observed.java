package shawk.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A flow and what it did in the window: what {@link EdgeJoin} compares. Filled, then only read; used by one thread. */
final class Observed {
    private static final long MINUTE = 60_000_000L;
    /** As far as the clocks of two hosts may be apart. */
    private static final long SLACK = 10 * MINUTE;

    final FlowRow flow;
    final int index;
    private final List<Bucket> buckets = new ArrayList<>();
    private Amounts amounts = Amounts.NONE;
    private long[] hashes = new long[0];
    /** By hash from when until when it was kept. */
    private long[] from = new long[0];

    private long[] until = new long[0];
    private boolean sorted;

    Observed(FlowRow flow, int index) {
        this.flow = flow;
        this.index = index;
    }

    void add(Bucket bucket) {
        buckets.add(bucket);
        amounts = amounts.plus(bucket.amounts());
        sorted = false;
    }

    /** The same at another place of the list that is joined. */
    Observed at(int place) {
        Observed moved = new Observed(flow, place);
        buckets.forEach(moved::add);
        return moved;
    }

    /** Forgets what it did, since all of it comes anew. */
    void clear() {
        buckets.clear();
        amounts = Amounts.NONE;
        sorted = false;
    }

    Amounts amounts() {
        return amounts;
    }

    boolean seen() {
        return !buckets.isEmpty();
    }

    /** All hashes that it kept, ascending, each once. */
    long[] hashes() {
        if (!sorted) {
            hashes = buckets.stream()
                    .flatMapToLong(bucket -> Arrays.stream(bucket.evidence()))
                    .sorted()
                    .distinct()
                    .toArray();
            note();
            sorted = true;
        }
        return hashes;
    }

    private void note() {
        from = new long[hashes.length];
        until = new long[hashes.length];
        Arrays.fill(from, Long.MAX_VALUE);
        Arrays.fill(until, Long.MIN_VALUE);
        for (Bucket bucket : buckets) {
            for (long hash : bucket.evidence()) {
                int at = Arrays.binarySearch(hashes, hash);
                from[at] = Math.min(from[at], bucket.atMicros());
                until[at] = Math.max(until[at], bucket.atMicros() + bucket.lengthMicros());
            }
        }
    }

    /** Whether the hash of each was there while the other's was: ports are used again, by other processes too. */
    private boolean atOnce(int mine, Observed other, int theirs) {
        return from[mine] < other.until[theirs] + SLACK && other.from[theirs] < until[mine] + SLACK;
    }

    /** Whether the hashes are of every connection that it had. */
    boolean complete() {
        return buckets.stream().allMatch(Bucket::complete);
    }

    /** Whether what both kept of the times that they have in common is all that there was. */
    boolean completeTogether(Observed other) {
        for (Bucket own : buckets) {
            for (Bucket theirs : other.buckets) {
                boolean overlap = own.atMicros() < theirs.atMicros() + theirs.lengthMicros()
                        && theirs.atMicros() < own.atMicros() + own.lengthMicros();
                if (overlap && !(own.complete() && theirs.complete())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The hashes that both kept at a time. */
    long[] common(Observed other) {
        long[] mine = hashes();
        long[] theirs = other.hashes();
        long[] found = new long[Math.min(mine.length, theirs.length)];
        int count = 0;
        for (int i = 0, j = 0; i < mine.length && j < theirs.length; ) {
            if (mine[i] == theirs[j]) {
                if (atOnce(i, other, j)) {
                    found[count++] = mine[i];
                }
                i++;
                j++;
            } else if (mine[i] < theirs[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
