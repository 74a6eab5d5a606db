package shawk.store.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.store.Gap;

/**
 * What could not be kept, by reason, until a batch tells it. Immutable.
 *
 * @param serial grows with each loss
 * @param entries what is not told yet
 */
record Losses(long serial, Map<Loss, Losses.Entry> entries) {
    static final Losses NONE = new Losses(0, Map.of());

    private static final int ENTRY = 5 * Long.BYTES;
    static final int SIZE = Long.BYTES + Loss.values().length * ENTRY;

    Losses {
        entries = Map.copyOf(entries);
    }

    /**
     * All losses of one reason.
     *
     * @param batches batches, as far as they could be counted
     * @param flows as in {@link Gap}
     * @param connections as in {@link Gap}
     */
    record Entry(long fromMicros, long toMicros, long batches, long flows, long connections) {
        private Entry and(Entry other) {
            boolean known = connections >= 0 && other.connections >= 0;
            return new Entry(
                    Math.min(fromMicros, other.fromMicros),
                    Math.max(toMicros, other.toMicros),
                    batches + other.batches,
                    flows + other.flows,
                    known ? connections + other.connections : -1);
        }
    }

    /** One more loss. */
    Losses with(Loss reason, Entry entry) {
        Map<Loss, Entry> more = new EnumMap<>(Loss.class);
        more.putAll(entries);
        more.merge(reason, entry, Entry::and);
        return new Losses(serial + 1, more);
    }

    /** A gap that a lost batch was to tell. */
    Losses with(Gap gap) {
        Loss reason = Loss.of(gap.reason());
        return with(
                reason == null ? Loss.FULL : reason,
                new Entry(gap.fromMicros(), gap.toMicros(), 0, gap.flows(), gap.connections()));
    }

    /** All is told that was there at {@code told}. */
    Losses told(long told) {
        return told >= serial ? new Losses(serial, Map.of()) : this;
    }

    /** For a batch to tell. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (Loss reason : Loss.values()) {
            Entry each = entries.get(reason);
            if (each != null) {
                gaps.add(new Gap(each.fromMicros(), each.toMicros(), reason.text(), each.flows(), each.connections()));
            }
        }
        return gaps;
    }

    void put(ByteBuffer out) {
        out.putLong(serial);
        for (Loss reason : Loss.values()) {
            @Nullable Entry each = entries.get(reason);
            out.putLong(each == null ? -1 : each.fromMicros());
            out.putLong(each == null ? 0 : each.toMicros());
            out.putLong(each == null ? 0 : each.batches());
            out.putLong(each == null ? 0 : each.flows());
            out.putLong(each == null ? 0 : each.connections());
        }
    }

    static Losses parse(ByteBuffer in) {
        long serial = in.getLong();
        Map<Loss, Entry> entries = new EnumMap<>(Loss.class);
        for (Loss reason : Loss.values()) {
            Entry each = new Entry(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
            if (each.fromMicros() >= 0) {
                entries.put(reason, each);
            }
        }
        return new Losses(serial, entries);
    }
}
