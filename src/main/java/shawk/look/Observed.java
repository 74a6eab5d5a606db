package shawk.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A flow and what it did in the window: what {@link EdgeJoin} compares. Filled, then only read; used by one thread. */
final class Observed {
    private static final long MINUTE = 60_000_000L;

    final FlowRow flow;
    final int index;
    private final List<Bucket> buckets = new ArrayList<>();
    private Amounts amounts = Amounts.NONE;
    private long[] hashes = new long[0];
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

    /** What was counted; a span that it was not seen at the beginning or the end of is cut by when it was. */
    Amounts amounts() {
        return amounts.within(flow.firstMicros(), flow.lastMicros() + MINUTE);
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
            sorted = true;
        }
        return hashes;
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

    /** The hashes that both kept. */
    long[] common(Observed other) {
        long[] mine = hashes();
        long[] theirs = other.hashes();
        long[] found = new long[Math.min(mine.length, theirs.length)];
        int count = 0;
        for (int i = 0, j = 0; i < mine.length && j < theirs.length; ) {
            if (mine[i] == theirs[j]) {
                found[count++] = mine[i];
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
