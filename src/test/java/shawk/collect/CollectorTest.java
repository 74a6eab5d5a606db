package shawk.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.source.Source;
import shawk.source.SourceException;
import shawk.support.RawSampleBuilder;

/** The beat of the collector, on a clock that only moves when the test or a slow sample moves it. */
final class CollectorTest {
    private static final long MILLI = 1_000_000;

    private final FakeTicker ticker = new FakeTicker();
    private final FakeSource source = new FakeSource();
    private final Collector collector =
            new Collector(source, new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7), Duration.ofSeconds(1), ticker);

    /** Time stands still; whoever waits on it waits until the test moves it, and then looks again. */
    private static final class FakeTicker implements Ticker {
        private long nanos = 5;
        private long waitingUntil = -1;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop")
        public void await(Object monitor, long left) throws InterruptedException {
            synchronized (this) {
                waitingUntil = nanos + left;
                notifyAll();
            }
            monitor.wait(10_000);
            synchronized (this) {
                waitingUntil = -1;
            }
        }

        synchronized void advance(long by) {
            nanos += by;
        }

        /** When the collector means to go on, once it waits. */
        synchronized long awaitWaiting() throws InterruptedException {
            long deadline = System.nanoTime() + 10_000 * MILLI;
            while (waitingUntil < 0) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the collector does not wait");
                }
                wait(1_000);
            }
            return waitingUntil;
        }
    }

    private final class FakeSource implements Source {
        private final List<Long> polledAt = new ArrayList<>();
        private long takes;
        private int failures;
        private int faults;
        private boolean closed;
        private final List<Boolean> statistics = new CopyOnWriteArrayList<>();

        @Override
        public void setStatistics(boolean on) {
            statistics.add(on);
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public synchronized RawSample poll() throws SourceException {
            polledAt.add(ticker.nanos() / MILLI);
            ticker.advance(takes);
            if (faults > 0) {
                faults--;
                throw new StackOverflowError();
            }
            if (failures > 0) {
                failures--;
                throw new SourceException("the kernel said no\nand more", null);
            }
            return RawSampleBuilder.at(ticker.nanos() / 1e9).build();
        }

        @Override
        public synchronized void close() {
            closed = true;
        }

        synchronized List<Long> polledAt() {
            return List.copyOf(polledAt);
        }
    }

    /** Lets the collector go on at the moment that it waits for. */
    private void nextBeat() throws InterruptedException {
        long until = ticker.awaitWaiting();
        int before = source.polledAt().size();
        ticker.advance(until - ticker.nanos());
        wake();
        until(() -> source.polledAt().size() > before);
        ticker.awaitWaiting();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000 * MILLI;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came true").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void wake() {
        collector.setInterval(interval);
    }

    private Duration interval = Duration.ofSeconds(1);

    @AfterEach
    void stop() {
        collector.close();
        assertThat(source.closed).isTrue();
    }

    @Test
    void theFirstSampleComesAtOnceAndThenOneABeat() throws Exception {
        collector.start();
        ticker.awaitWaiting();
        nextBeat();
        nextBeat();
        assertThat(source.polledAt()).containsExactly(0L, 1000L, 2000L);
        assertThat(collector.latest().sequence()).isEqualTo(3);
        assertThat(collector.status().skipped()).isZero();
    }

    @Test
    void theTimeThatASampleTakesDoesNotShiftTheBeat() throws Exception {
        source.takes = 300 * MILLI;
        collector.start();
        ticker.awaitWaiting();
        nextBeat();
        nextBeat();
        assertThat(source.polledAt()).containsExactly(0L, 1000L, 2000L);
        assertThat(collector.status().sampleNanos()).isEqualTo(300 * MILLI);
    }

    @Test
    void aSampleThatTakesTooLongSkipsBeatsAndMakesNoBurst() throws Exception {
        source.takes = 2_500 * MILLI;
        collector.start();
        ticker.awaitWaiting();
        nextBeat();
        assertThat(source.polledAt()).containsExactly(0L, 3000L);
        assertThat(collector.status().skipped()).isEqualTo(4);
    }

    @Test
    void whatHasHappenedSinceTheLastSampleIsInAFurtherOne() throws Exception {
        List<Long> taken = new ArrayList<>();
        collector.handOn(sample -> taken.add(sample.monotonicNanos() / MILLI));
        collector.start();
        ticker.awaitWaiting();
        nextBeat();
        ticker.advance(400 * MILLI);
        collector.finish();
        assertThat(source.polledAt()).containsExactly(0L, 1000L, 1400L);
        assertThat(taken).containsExactly(0L, 1000L, 1400L);
        assertThat(source.closed).isTrue();
    }

    @Test
    void whereSamplesTakeLongThereIsNoFurtherOne() throws Exception {
        source.takes = 1_200 * MILLI;
        collector.start();
        ticker.awaitWaiting();
        collector.finish();
        assertThat(source.polledAt()).containsExactly(0L);
        assertThat(source.closed).isTrue();
    }

    @Test
    void whoStopsWantsNoFurtherSample() throws Exception {
        collector.start();
        ticker.awaitWaiting();
        ticker.advance(400 * MILLI);
        collector.stop();
        assertThat(source.polledAt()).containsExactly(0L);
        assertThat(source.closed).isTrue();
    }

    @Test
    void theIntervalCanChangeWhileItRuns() throws Exception {
        collector.start();
        assertThat(ticker.awaitWaiting()).isEqualTo(1_000 * MILLI + 5);
        interval = Duration.ofMillis(200);
        nextBeat();
        nextBeat();
        assertThat(source.polledAt()).containsExactly(0L, 1000L, 1200L);
        interval = Duration.ofMillis(300);
        wake();
        assertThat(collector.status().intervalNanos())
                .as("before the next sample")
                .isEqualTo(300 * MILLI);
    }

    @Test
    void aFailureIsDataAndTriedAgain() throws Exception {
        source.failures = 2;
        List<String> heard = new ArrayList<>();
        collector.listen(() -> heard.add(collector.status().error()));
        collector.start();
        ticker.awaitWaiting();
        nextBeat();
        assertThat(collector.status().failures()).isEqualTo(2);
        assertThat(collector.latest()).isSameAs(Snapshot.EMPTY);
        nextBeat();
        assertThat(collector.status().failures()).isZero();
        assertThat(collector.latest().sequence()).isEqualTo(1);
        assertThat(heard).containsExactly("the kernel said no", "the kernel said no", "");
    }

    /** A thread that ended without a word would leave a screen that looks alive. */
    @Test
    void aFaultOfThisProgramIsDataToo() throws Exception {
        source.faults = 1;
        collector.start();
        ticker.awaitWaiting();
        assertThat(collector.status().error()).isEqualTo("StackOverflowError");
        nextBeat();
        assertThat(collector.latest().sequence()).isEqualTo(1);
    }

    @Test
    void oneSampleWithoutAThread() throws Exception {
        assertThat(collector.sampleOnce()).isSameAs(collector.latest());
        source.failures = 1;
        assertThatThrownBy(collector::sampleOnce).isInstanceOf(SourceException.class);
    }

    @Test
    void theSourceIsToldOfStatisticsWhenThatChanges() throws Exception {
        collector.sampleOnce();
        assertThat(source.statistics).isEmpty();
        collector.setStatistics(true);
        assertThat(source.statistics).as("before the next sample").isEmpty();
        collector.sampleOnce();
        collector.sampleOnce();
        collector.setStatistics(false);
        collector.sampleOnce();
        assertThat(source.statistics).containsExactly(true, false);
    }

    /** Off as soon as nobody looks any more, not at the next beat. */
    @Test
    void theSourceIsMeasuredWhileSomebodyLooks() throws Exception {
        collector.start();
        ticker.awaitWaiting();
        assertThat(source.statistics).isEmpty();
        collector.setStatistics(true);
        until(() -> source.statistics.equals(List.of(true)));
        collector.setStatistics(false);
        until(() -> source.statistics.equals(List.of(true, false)));
        assertThat(source.polledAt()).hasSize(1);
    }

    @Test
    void howLateASampleBeginsAndHowOftenTheyCome() throws Exception {
        collector.start();
        long beat = ticker.awaitWaiting();
        ticker.advance(beat + 20 * MILLI - ticker.nanos());
        wake();
        until(() -> source.polledAt().size() == 2);
        assertThat(collector.status().lagNanos()).isEqualTo(20 * MILLI);
        assertThat(collector.status().intervalNanos()).isEqualTo(1_000 * MILLI);
    }

    @Test
    void startsOnce() throws Exception {
        collector.start();
        ticker.awaitWaiting();
        assertThatThrownBy(collector::start).isInstanceOf(IllegalStateException.class);
        collector.stop();
        collector.stop();
    }
}
