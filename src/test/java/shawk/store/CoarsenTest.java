package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever is merged, the amounts of each flow stay what a store would have had of the batches one by one. */
final class CoarsenTest {
    private record Key(long flow, long at, int run) {}

    /** Chunks as a store has them in the end. */
    private static Map<Key, Chunk> stored(List<Batch> batches) {
        Map<Key, Chunk> stored = new HashMap<>();
        for (Batch batch : batches) {
            batch.live().forEach(each -> stored.put(new Key(each.flowId(), each.atMicros(), each.run()), each));
            batch.finished().forEach(each -> stored.put(new Key(each.flowId(), each.atMicros(), each.run()), each));
        }
        return stored;
    }

    /** By flow, run and hour: opened, closed, failed, sent, received, repeated, the peak. */
    private static Map<List<Long>, List<Long>> sums(Iterable<Chunk> chunks) {
        Map<List<Long>, List<Long>> sums = new HashMap<>();
        for (Chunk each : chunks) {
            long hour = Math.floorDiv(each.atMicros(), 6 * Chunk.LENGTH_MICROS);
            long peak = 0;
            for (int value : each.peak()) {
                peak = Math.max(peak, value);
            }
            List<Long> amounts = List.of(
                    Kept.sum(each.opened()),
                    Kept.sum(each.closed()),
                    Kept.sum(each.failed()),
                    Kept.sum(each.txBytes()),
                    Kept.sum(each.rxBytes()),
                    Kept.sum(each.retrans()),
                    peak);
            sums.merge(List.of(each.flowId(), (long) each.run(), hour), amounts, (a, b) -> {
                List<Long> both = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    both.add(a.get(i) + b.get(i));
                }
                both.add(Math.max(a.get(6), b.get(6)));
                return both;
            });
        }
        return sums;
    }

    /** Batches in which no chunk that has come to its end is said again. */
    private static List<Batch> batches(int seed) {
        List<Batch> list = new ArrayList<>();
        Set<Key> over = new HashSet<>();
        for (int i = 0; i < 1 + seed % 5; i++) {
            Batch made = new Made(seed * 31L + i).batch(25);
            List<Chunk> live = new ArrayList<>(made.live());
            List<Chunk> finished = new ArrayList<>(made.finished());
            finished.removeIf(each -> over.contains(new Key(each.flowId(), each.atMicros(), each.run())));
            finished.forEach(each -> over.add(new Key(each.flowId(), each.atMicros(), each.run())));
            live.removeIf(each -> over.contains(new Key(each.flowId(), each.atMicros(), each.run())));
            list.add(new Batch(
                    made.host(),
                    made.status(),
                    made.processes(),
                    made.flows(),
                    made.listeners(),
                    made.addresses(),
                    live,
                    finished,
                    made.gaps()));
        }
        return list;
    }

    @Test
    void amountsAreKept() {
        for (int seed = 0; seed < 60; seed++) {
            List<Batch> batches = batches(seed);
            for (int level = Coarsen.SUPERSEDED; level <= Coarsen.HOUR; level++) {
                Batch merged = Coarsen.merge(batches, level);
                Map<Key, Chunk> after = stored(List.of(merged));
                assertThat(after)
                        .as("no key twice")
                        .hasSize(merged.live().size() + merged.finished().size());
                assertThat(sums(after.values())).isEqualTo(sums(stored(batches).values()));
                Batch again = Coarsen.merge(List.of(merged), level);
                assertThat(again).usingRecursiveComparison().isEqualTo(merged);
            }
        }
    }

    @Test
    void mergingInStepsIsMergingAtOnce() {
        for (int seed = 0; seed < 30; seed++) {
            List<Batch> batches = batches(4 + 5 * seed);
            Batch early = Coarsen.merge(batches.subList(0, 2), Coarsen.HOUR);
            List<Batch> rest = new ArrayList<>(List.of(early));
            rest.addAll(batches.subList(2, batches.size()));
            assertThat(sums(stored(List.of(Coarsen.merge(rest, Coarsen.HOUR))).values()))
                    .isEqualTo(sums(stored(batches).values()));
        }
    }

    @Test
    void whatIsSaidAgainIsSaidOnce() {
        List<Batch> batches = List.of(new Made(1).batch(9), new Made(1).batch(9), new Made(2).batch(9));
        Batch merged = Coarsen.merge(batches, Coarsen.SUPERSEDED);
        assertThat(merged.flows()).hasSize(18);
        assertThat(merged.listeners()).hasSize(18);
        assertThat(merged.host()).isEqualTo(batches.get(2).host());
        assertThat(merged.status()).isEqualTo(batches.get(2).status());
        assertThat(merged.gaps()).hasSize(27);
    }

    @Test
    void anHourBeginsWithItsFirstChunk() throws MalformedBatchException {
        Made made = new Made(7);
        Batch empty = made.batch(0);
        List<Chunk> finished = List.of(made.chunk(1, 2, 1), made.chunk(1, 3, 1), made.chunk(1, 5, 1));
        Batch batch = new Batch(
                empty.host(),
                empty.status(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                finished,
                List.of());
        Batch merged = Coarsen.merge(List.of(batch), Coarsen.HOUR);
        Chunk hour = merged.finished().get(0);
        assertThat(merged.finished()).hasSize(1);
        assertThat(hour.atMicros()).isEqualTo(finished.get(0).atMicros());
        assertThat(hour.spanMinutes()).isEqualTo(40);
        assertThat(hour.minutes()).containsExactly((short) 0);
        TreeSet<Long> all = new TreeSet<>();
        finished.forEach(each -> {
            for (long hash : each.evidence()) {
                all.add(hash);
            }
        });
        assertThat(hour.evidence())
                .containsExactly(
                        all.stream().limit(8).mapToLong(Long::longValue).toArray());
        assertThat(BatchCodec.decode(BatchCodec.encode(merged)))
                .usingRecursiveComparison()
                .isEqualTo(merged);
    }
}
