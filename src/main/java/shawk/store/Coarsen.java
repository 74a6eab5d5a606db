package shawk.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one batch of several, in fewer bytes: what a later one has said again is left out, then minutes lose their
 * edges. Openings, ends, failed attempts, bytes and repeated segments add up to the same. Pure.
 */
public final class Coarsen {
    /** Nothing is lost. */
    public static final int SUPERSEDED = 0;

    /** One element for the ten minutes of a chunk. */
    public static final int TEN_MINUTES = 1;

    /**
     * One chunk of one element for those of an hour. It begins with the first of them, so that it takes the place of no
     * other one of that hour that has been stored before.
     */
    public static final int HOUR = 2;

    private static final long HOUR_MICROS = 6 * Chunk.LENGTH_MICROS;

    private Coarsen() {}

    /** What makes a later chunk take the place of an earlier one. */
    private record Key(long flowId, long atMicros, int run) {
        static Key of(Chunk chunk) {
            return new Key(chunk.flowId(), chunk.atMicros(), chunk.run());
        }
    }

    /**
     * One batch in the place of {@code oldestFirst}, which are of one host and follow each other; host and status are
     * those of the last.
     *
     * @param level {@link #SUPERSEDED}, {@link #TEN_MINUTES} or {@link #HOUR}
     */
    public static Batch merge(List<Batch> oldestFirst, int level) {
        Map<Long, ProcessSeen> processes = new LinkedHashMap<>();
        Map<Long, FlowSeen> flows = new LinkedHashMap<>();
        Set<ListenerSeen> listeners = new LinkedHashSet<>();
        Set<AddressSeen> addresses = new LinkedHashSet<>();
        Map<Key, Chunk> live = new LinkedHashMap<>();
        Map<Key, Chunk> finished = new LinkedHashMap<>();
        List<Gap> gaps = new ArrayList<>();
        for (Batch batch : oldestFirst) {
            batch.processes().forEach(each -> processes.put(each.id(), each));
            batch.flows().forEach(each -> flows.merge(each.id(), each, Coarsen::span));
            listeners.addAll(batch.listeners());
            addresses.addAll(batch.addresses());
            batch.live().forEach(each -> live.put(Key.of(each), each));
            batch.finished().forEach(each -> {
                live.remove(Key.of(each));
                finished.put(Key.of(each), each);
            });
            gaps.addAll(batch.gaps());
        }
        Batch newest = oldestFirst.get(oldestFirst.size() - 1);
        return new Batch(
                newest.host(),
                newest.status(),
                List.copyOf(processes.values()),
                List.copyOf(flows.values()),
                List.copyOf(listeners),
                List.copyOf(addresses),
                live.values().stream()
                        .map(each -> level == SUPERSEDED ? each : ChunkSum.flatten(each))
                        .toList(),
                coarser(List.copyOf(finished.values()), level),
                gaps);
    }

    private static FlowSeen span(FlowSeen a, FlowSeen b) {
        return new FlowSeen(
                a.id(),
                a.identity(),
                Math.min(a.firstMicros(), b.firstMicros()),
                Math.max(a.lastMicros(), b.lastMicros()));
    }

    private static List<Chunk> coarser(List<Chunk> chunks, int level) {
        if (level == SUPERSEDED) {
            return chunks;
        }
        Map<Key, Chunk> merged = new LinkedHashMap<>();
        for (Chunk each : chunks) {
            long begin = level == HOUR ? Math.floorDiv(each.atMicros(), HOUR_MICROS) * HOUR_MICROS : each.atMicros();
            merged.merge(new Key(each.flowId(), begin, each.run()), ChunkSum.flatten(each), ChunkSum::of);
        }
        return List.copyOf(merged.values());
    }
}
