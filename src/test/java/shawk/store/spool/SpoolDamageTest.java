package shawk.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import shawk.store.Batch;
import shawk.store.Gap;

/** No content of the folder keeps the spool from opening, or from handing out what is good in it. */
final class SpoolDamageTest {
    private static final SpoolLimits LIMITS = new SpoolLimits(1 << 20, 64 << 10, 64 << 10);
    private static final String SEGMENT = "0000000000000000.seg";
    private static final Duration WATCHDOG = Duration.ofSeconds(2);

    private static FakeDisk filled(int batches) throws Exception {
        FakeDisk disk = new FakeDisk(new Random(1));
        try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
            for (int i = 1; i <= batches; i++) {
                spool.append(TestBatches.of(i, 1, 5));
            }
        }
        return disk;
    }

    private static List<Long> drained(Spool spool, List<Gap> gaps) throws SpoolException {
        List<Long> ids = new ArrayList<>();
        for (Waiting waiting = spool.next(); waiting != null; waiting = spool.next()) {
            ids.addAll(TestBatches.ids(waiting.batch()));
            gaps.addAll(waiting.batch().gaps());
            spool.acknowledge(waiting.sequence());
        }
        return ids;
    }

    @Test
    void aTornTailIsCutAtEveryByte() throws Exception {
        FakeDisk whole = filled(4);
        byte[] bytes = whole.bytes(SEGMENT);
        int frame = bytes.length / 4;
        for (int length = 0; length < bytes.length; length++) {
            FakeDisk disk = whole.copy();
            disk.put(SEGMENT, Arrays.copyOf(bytes, length));
            try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
                // Whoever goes on writes behind what is good.
                spool.append(TestBatches.of(100, 1, 5));
                List<Long> expected = new ArrayList<>();
                for (long i = 1; i <= length / frame; i++) {
                    expected.add(i);
                }
                expected.add(100L);
                assertThat(drained(spool, new ArrayList<>()))
                        .as("cut at %s", length)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everyBitOfASpoolMayFlip() throws Exception {
        FakeDisk whole = filled(4);
        for (String name : List.of(SEGMENT, "position")) {
            int size = whole.bytes(name).length;
            for (int bit = 0; bit < size * 8; bit++) {
                FakeDisk disk = whole.copy();
                byte[] bytes = whole.bytes(name).clone();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                disk.put(name, bytes);
                int flipped = bit;
                assertTimeoutPreemptively(WATCHDOG, () -> survives(disk, name, flipped, size / 4));
            }
        }
    }

    private static void survives(FakeDisk disk, String name, int bit, int frame) throws Exception {
        List<Long> expected = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 100L));
        long lost = bit / 8 / frame + 1;
        if (name.equals(SEGMENT)) {
            expected.remove(lost);
        }
        try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
            spool.append(TestBatches.of(100, 1, 5));
            List<Gap> gaps = new ArrayList<>();
            assertThat(drained(spool, gaps)).as("%s, bit %s", name, bit).isEqualTo(expected);
            spool.append(TestBatches.of(101, 1, 5));
            drained(spool, gaps);
            // The last frame is a torn tail, which nobody may have accepted.
            boolean told = name.equals(SEGMENT) && lost < 4;
            assertThat(gaps.stream().map(Gap::reason))
                    .as("%s, bit %s", name, bit)
                    .isEqualTo(told ? List.of(Loss.DAMAGED.text()) : List.of());
        }
    }

    @Test
    void aGoodFrameThatIsNoBatchIsKeptAsideAndCounted() throws Exception {
        FakeDisk disk = filled(1);
        byte[] good = disk.bytes(SEGMENT);
        ByteBuffer buffer = ByteBuffer.wrap(good);
        FrameHead head = FrameHead.parse(buffer, 0, 1 << 20);
        assertThat(head).isNotNull();
        UUID instance = head == null ? new UUID(0, 0) : head.instance();
        byte[] rubbish = {1, 2, 3};
        ByteBuffer bad = new FrameHead(0, 3, instance, 2, 1, 0, 7).frame(rubbish);
        byte[] both = Arrays.copyOf(good, good.length + bad.remaining());
        bad.get(both, good.length, bad.remaining());
        disk.put(SEGMENT, both);
        try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
            assertThat(drained(spool, new ArrayList<>())).containsExactly(1L);
            assertThat(spool.status().lostBatches()).isEqualTo(1);
            assertThat(disk.list()).anyMatch(name -> name.startsWith("kept-"));
            spool.append(TestBatches.of(3, 1, 5));
            List<Gap> gaps = new ArrayList<>();
            assertThat(drained(spool, gaps)).containsExactly(3L);
            assertThat(gaps).hasSize(1);
        }
    }

    /** A file of nothing but heads of frames that claim to be long: each would be summed up to the end. */
    @Test
    void contentThatLooksLikeFramesCostsNoMoreThanItsSize() throws Exception {
        SpoolLimits large = SpoolLimits.of(256L << 20);
        FakeDisk disk = new FakeDisk(new Random(1));
        ByteBuffer bytes = ByteBuffer.allocate(4 << 20);
        UUID instance = new UUID(1, 2);
        byte[] head = new byte[FrameHead.SIZE];
        new FrameHead(0, 3 << 20, instance, 5, 4, 0, 0).frame(new byte[3 << 20]).get(head);
        while (bytes.remaining() >= FrameHead.SIZE) {
            bytes.put(head);
        }
        disk.put(SEGMENT, bytes.array());
        disk.put("0000000000000001.seg", new byte[0]);
        assertTimeoutPreemptively(WATCHDOG, () -> {
            try (Spool spool = Spool.open(disk, large, new TestBatches())) {
                assertThat(drained(spool, new ArrayList<>())).isEmpty();
            }
        });
    }

    @Test
    void randomContentIsNoSpool() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            FakeDisk disk = filled(3);
            byte[] noise = new byte[random.nextInt(3000)];
            random.nextBytes(noise);
            disk.put(random.nextBoolean() ? "0000000000000001.seg" : "position", noise);
            try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
                spool.append(TestBatches.of(9, 1, 5));
                assertThat(drained(spool, new ArrayList<>())).as("round " + i).containsExactly(1L, 2L, 3L, 9L);
            }
        }
    }

    /** Where the position is gone and nothing else is there, numbers begin anew under another name. */
    @Test
    void noNumberIsGivenTwice() throws Exception {
        FakeDisk disk = filled(2);
        UUID before;
        long last;
        try (Spool spool = Spool.open(disk.copy(), LIMITS, new TestBatches())) {
            before = spool.instance();
            last = spool.status().newest();
        }
        FakeDisk withoutSegments = disk.copy();
        withoutSegments.delete(SEGMENT);
        try (Spool spool = Spool.open(withoutSegments, LIMITS, new TestBatches())) {
            assertThat(spool.instance()).isEqualTo(before);
            assertThat(spool.append(TestBatches.of(1, 1, 1))).isGreaterThan(last);
        }
        FakeDisk withoutPosition = disk.copy();
        withoutPosition.delete("position");
        try (Spool spool = Spool.open(withoutPosition, LIMITS, new TestBatches())) {
            assertThat(spool.instance()).isEqualTo(before);
            assertThat(spool.append(TestBatches.of(1, 1, 1))).isGreaterThan(last);
        }
        withoutPosition.list().forEach(withoutPosition::delete);
        try (Spool spool = Spool.open(withoutPosition, LIMITS, new TestBatches())) {
            assertThat(spool.instance()).isNotEqualTo(before);
        }
    }

    /** What may have been offered keeps its bytes; all else of an outage is merged before anything is dropped. */
    @Test
    void aLongOutageIsMergedFirst() throws Exception {
        FakeDisk disk = new FakeDisk(new Random(1));
        try (Spool spool = Spool.open(disk, new SpoolLimits(64_000, 4_000, 2_000), new TestBatches())) {
            spool.append(TestBatches.of(1, 1, 900));
            Waiting first = spool.next();
            long id = 2;
            while (spool.status().merges() < 10) {
                assertThat(spool.status().lostBatches()).isZero();
                spool.append(TestBatches.of(id++, 1, 900));
            }
            assertThat(spool.next()).isNotNull().extracting(Waiting::sequence).isEqualTo(first.sequence());
            assertThat(drained(spool, new ArrayList<>())).hasSize((int) id - 1).isSorted();
            assertThat(disk.most).isLessThanOrEqualTo(64_000);
        }
    }

    @Test
    void aCrashMayComeBetweenAnyTwoCalls() throws Exception {
        for (int at = 0; ; at++) {
            FakeDisk disk = new FakeDisk(new Random(at));
            List<Long> accepted = new ArrayList<>();
            List<Long> stored = new ArrayList<>();
            AtomicLong ledger = new AtomicLong();
            disk.untilCrash = at;
            boolean done = scenario(disk, accepted, stored, ledger);
            FakeDisk after = disk.restarted();
            List<Gap> gaps = new ArrayList<>();
            try (Spool spool = Spool.open(after, TIGHT, new TestBatches())) {
                spool.registered(ledger.get());
                spool.append(TestBatches.of(1_000, 1, 1));
                stored.addAll(drained(spool, gaps));
            }
            assertThat(stored).as("crash at %s", at).doesNotHaveDuplicates().isSorted();
            long missing = accepted.stream().filter(id -> !stored.contains(id)).count();
            long counted = gaps.stream().mapToLong(Gap::flows).sum();
            assertThat(counted).as("crash at %s", at).isBetween(missing, missing + 2);
            if (done) {
                return;
            }
        }
    }

    private static final SpoolLimits TIGHT = new SpoolLimits(16_000, 900, 500);

    private static boolean scenario(FakeDisk disk, List<Long> accepted, List<Long> stored, AtomicLong ledger)
            throws Exception {
        try (Spool spool = Spool.open(disk, TIGHT, new TestBatches())) {
            for (int i = 1; i <= 60; i++) {
                Batch batch = TestBatches.of(i, 1, 400);
                spool.append(batch);
                accepted.addAll(TestBatches.ids(batch));
                if (i % 20 == 0) {
                    Waiting waiting = spool.next();
                    if (waiting != null) {
                        stored.addAll(TestBatches.ids(waiting.batch()));
                        ledger.set(waiting.sequence());
                        spool.acknowledge(waiting.sequence());
                    }
                }
            }
            return true;
        } catch (FakeDisk.Crash e) {
            return false;
        }
    }

    @Test
    void aFullDiskIsSurvived() throws Exception {
        FakeDisk disk = filled(2);
        try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
            disk.room = disk.held() + 10;
            assertThat(failure(spool)).isEqualTo(SpoolException.Kind.DISK);
            spool.lost(Loss.DISK, TestBatches.of(3, 1, 5));
            disk.room = Long.MAX_VALUE;
            spool.append(TestBatches.of(4, 1, 5));
            List<Gap> gaps = new ArrayList<>();
            assertThat(drained(spool, gaps)).containsExactly(1L, 2L, 4L);
            assertThat(gaps).extracting(Gap::reason).containsExactly(Loss.DISK.text());
        }
    }

    private static SpoolException.Kind failure(Spool spool) throws IOException {
        try {
            spool.append(TestBatches.of(3, 1, 5));
            throw new AssertionError("accepted on a full disk");
        } catch (SpoolException e) {
            return e.kind();
        }
    }

    @Test
    void aPoisonedBatchIsSetAside() throws Exception {
        FakeDisk disk = filled(2);
        try (Spool spool = Spool.open(disk, LIMITS, new TestBatches())) {
            Waiting poisoned = spool.next();
            spool.setAside(poisoned.sequence());
            spool.append(TestBatches.of(3, 1, 5));
            List<Gap> gaps = new ArrayList<>();
            assertThat(drained(spool, gaps)).containsExactly(2L, 3L);
            assertThat(gaps).extracting(Gap::reason).containsExactly(Loss.CONTENT.text());
            assertThat(disk.list()).anyMatch(name -> name.startsWith("kept-") && name.endsWith("batch-1"));
        }
    }

    @Test
    void whoAsksHowItFaresDoesNotWaitForTheDisk() throws Exception {
        FakeDisk disk = new FakeDisk(new Random(1));
        Spool spool = Spool.open(disk, LIMITS, new TestBatches());
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        disk.onSync = () -> {
            stuck.countDown();
            awaitUninterrupted(free);
        };
        CompletableFuture<Long> appended = CompletableFuture.supplyAsync(() -> {
            try {
                return spool.append(TestBatches.of(1, 1, 5));
            } catch (SpoolException e) {
                throw new AssertionError(e);
            }
        });
        awaitUninterrupted(stuck);
        SpoolStatus status = assertTimeoutPreemptively(Duration.ofSeconds(10), spool::status);
        assertThat(status.waiting()).isFalse();
        assertThat(appended).isNotDone();
        free.countDown();
        appended.get(10, TimeUnit.SECONDS);
        assertThat(spool.status().waiting()).isTrue();
        spool.close();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noTwoRunsHaveTheSameNumberThoughTheyComeFasterThanSeconds() throws Exception {
        FakeDisk disk = new FakeDisk(new Random(1));
        int last = 0;
        for (int start = 0; start < 3; start++) {
            Spool spool = Spool.open(disk, SpoolLimits.of(SpoolLimits.USUAL_BYTES), new TestBatches());
            int run = spool.beginRun(1_700_000_000L + start);
            assertThat(run).isGreaterThan(last);
            for (int i = 0; i < 1_000; i++) {
                last = run + i;
                spool.append(TestBatches.ofRun(last));
            }
        }
    }
}
