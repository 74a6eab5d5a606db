package shawk.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.SafeText;
import shawk.store.Batch;
import shawk.store.Gap;
import shawk.store.HostIdentity;
import shawk.store.spool.Spool;
import shawk.store.spool.SpoolLimits;
import shawk.store.spool.TestBatches;

/** From batches to the store, whatever the store does. */
final class FlusherTest {
    private static final HostIdentity HOST = new HostIdentity("1".repeat(32), SafeText.of("h"), "");
    private static final FlushLimits QUICK = new FlushLimits(1, 4, 3, 64, 1_000);
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private long nextId = 1;

    private Flusher flusher() throws Exception {
        return flusher(SpoolLimits.USUAL_BYTES);
    }

    private Flusher flusher(long spoolBytes) throws Exception {
        Spool spool = Spool.open(folder, SpoolLimits.of(spoolBytes), new TestBatches());
        Flusher flusher = new Flusher(spool, HOST, store.opener(), QUICK, (status, retry) -> {});
        flusher.start();
        return flusher;
    }

    private void offer(Flusher to, int batches) {
        for (int i = 0; i < batches; i++) {
            to.offer(List.of(TestBatches.of(nextId++, 1, 10)));
        }
    }

    private List<Long> all() {
        List<Long> ids = new ArrayList<>();
        for (long i = 1; i < nextId; i++) {
            ids.add(i);
        }
        return ids;
    }

    private static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private void awaitAllStored(Flusher flusher) {
        await("all stored", () -> store.stored().size() >= nextId - 1);
        assertThat(store.stored()).isEqualTo(all());
        await("nothing waits", () -> !flusher.status().waiting());
    }

    @Test
    void whatIsOfferedIsStoredInOrder() throws Exception {
        try (Flusher flusher = flusher()) {
            offer(flusher, 20);
            assertThat(flusher.drain(20_000)).isTrue();
            assertThat(store.stored()).isEqualTo(all());
            assertThat(flusher.status().state()).isEqualTo(FlushStatus.State.STORED);
            assertThat(flusher.status().stored()).isEqualTo(20);
        }
    }

    @Test
    void aStoreThatFailsAnywhereGetsEachOnce() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        FakeStore.Fate[] fates = {
            FakeStore.Fate.AWAY,
            FakeStore.Fate.UNKNOWN_STORED,
            FakeStore.Fate.UNKNOWN_NOT_STORED,
            FakeStore.Fate.REFUSED,
            FakeStore.Fate.THROWS,
            FakeStore.Fate.WORKS
        };
        for (int i = 0; i < 400; i++) {
            store.then(fates[random.nextInt(fates.length)]);
        }
        try (Flusher flusher = flusher()) {
            for (int i = 0; i < 60; i++) {
                offer(flusher, 1);
            }
            awaitAllStored(flusher);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + "L", e);
        }
    }

    @Test
    void whatWaitedIsSentByTheNextRun() throws Exception {
        store.always(FakeStore.Fate.AWAY);
        try (Flusher flusher = flusher()) {
            offer(flusher, 5);
            assertThat(flusher.drain(20_000)).isFalse();
            assertThat(flusher.status().waiting()).isTrue();
            assertThat(flusher.status().error()).isEqualTo("the database is away");
            assertThat(flusher.status().state()).isEqualTo(FlushStatus.State.AWAY);
        }
        store.always(FakeStore.Fate.WORKS);
        try (Flusher flusher = flusher()) {
            awaitAllStored(flusher);
        }
    }

    /** What is due after a flush is no part of it. */
    @Test
    void whatWasStoredCountsOnceThoughTheStoreFailsRightAfter() throws Exception {
        store.maintainFails();
        try (Flusher flusher = flusher()) {
            offer(flusher, 1);
            await("looked after", () -> store.maintained() >= 1);
            offer(flusher, 1);
            awaitAllStored(flusher);
            await("both are counted", () -> flusher.status().stored() >= 2);
            assertThat(flusher.drain(20_000)).isTrue();
            assertThat(flusher.status().stored()).isEqualTo(2);
        }
    }

    @Test
    void aPoisonedBatchStopsNobody() throws Exception {
        store.poison(3);
        try (Flusher flusher = flusher()) {
            offer(flusher, 5);
            await("the others", () -> store.stored().size() == 4);
            assertThat(store.stored()).containsExactly(1L, 2L, 4L, 5L);
            await("counted", () -> flusher.status().lostBatches() == 1);
            offer(flusher, 1);
            await("the next", () -> store.stored().contains(6L));
            assertThat(store.batches().get(4).gaps())
                    .extracting(Gap::reason, Gap::flows)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("refused by the store", 1L));
        }
    }

    @Test
    void whoIsFencedStopsAndKeepsWhatWaits() throws Exception {
        try (Flusher flusher = flusher()) {
            offer(flusher, 1);
            awaitAllStored(flusher);
            store.always(FakeStore.Fate.FENCED);
            offer(flusher, 2);
            await("fenced", () -> flusher.status().state() == FlushStatus.State.FENCED);
            int offers = store.offers();
            store.always(FakeStore.Fate.WORKS);
            offer(flusher, 2);
            assertThat(flusher.drain(5_000)).isFalse();
            assertThat(store.offers()).isEqualTo(offers);
            assertThat(store.stored()).containsExactly(1L);
        }
        try (Flusher flusher = flusher()) {
            awaitAllStored(flusher);
        }
    }

    @Test
    void aRefusalIsSaidAndWhatComesWaits() throws Exception {
        store.always(FakeStore.Fate.REFUSED);
        try (Flusher flusher = flusher()) {
            offer(flusher, 3);
            await("refused", () -> flusher.status().state() == FlushStatus.State.REFUSED);
            assertThat(flusher.status().error()).isEqualTo("no rights");
            store.always(FakeStore.Fate.WORKS);
            awaitAllStored(flusher);
            await("nothing wrong", () -> flusher.status().error().isEmpty());
        }
    }

    private boolean opens() {
        try {
            flusher().close();
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /** Nobody waits for a store that hangs: what is offered is on disk, and the end comes all the same. */
    @Test
    void aStoreThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        store.hang(latch);
        Flusher flusher = flusher();
        offer(flusher, 30);
        await("on disk", () -> flusher.status().spoolBytes() > 30 * 80);
        assertThat(flusher.drain(50)).isFalse();
        flusher.close();
        latch.countDown();
        await("the folder is let go", this::opens);
    }

    @Test
    void aBatchThatIsTooLargeIsDivided() throws Exception {
        try (Flusher flusher = flusher(SpoolLimits.LEAST_BYTES)) {
            flusher.offer(List.of(TestBatches.of(1, 100, 10_000)));
            nextId = 101;
            awaitAllStored(flusher);
            assertThat(store.batches()).hasSizeGreaterThan(1);
            assertThat(flusher.status().lostBatches()).isZero();
        }
    }

    @Test
    void halvesNameThingsBeforeTheyCountThem() {
        Batch batch = TestBatches.of(1, 4, 0);
        assertThat(Halves.of(batch)).extracting(TestBatches::ids).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
        assertThat(Halves.of(TestBatches.of(1, 1, 0))).hasSize(1);
    }

    @Test
    void waitsGrowAndAreSpread() {
        Backoff backoff = new Backoff(1_000, 60_000, new Random(1));
        long most = 1_000;
        for (int i = 0; i < 12; i++) {
            assertThat(backoff.failed()).isBetween(most / 2, most);
            most = Math.min(60_000, most * 2);
        }
        backoff.worked();
        assertThat(backoff.failed()).isBetween(500L, 1_000L);
    }
}
