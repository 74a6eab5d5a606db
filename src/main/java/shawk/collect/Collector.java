package shawk.collect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.flow.FlowTable;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.source.Source;
import shawk.source.SourceException;

/**
 * Takes a sample every interval on a thread of its own and publishes the snapshot. Samples keep to a fixed beat: one
 * that takes longer than the interval makes the beats that it covers fall out, and is followed by no burst. A poll that
 * fails is told in {@link #status()} and tried again at the next beat; only {@link #stop()} ends the thread.
 *
 * <p>Thread-safe, but for {@link #sampleOnce()}, which is for callers that never {@link #start()}.
 */
public final class Collector implements AutoCloseable {
    /** A sample takes no longer where one more is taken at the end. */
    private static final long LAST_SAMPLE_NANOS = 1_000_000_000;

    private static final long INTERVAL_MIN = 10_000_000;

    private final Source source;
    private final FlowTable table;
    private final Ticker ticker;
    private final Budget budget;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<RawSample>> takers = new ArrayList<>();
    private final Object monitor = new Object();

    private volatile Snapshot latest = Snapshot.EMPTY;
    private volatile CollectorStatus status = CollectorStatus.NONE;
    private long intervalNanos;
    private boolean stopping;
    private boolean finishing;
    private boolean statistics;
    private boolean statisticsNow;
    private @Nullable Thread thread;

    /** Is told of each snapshot and of each failure, on the collector's thread: be quick, and never throw. */
    @FunctionalInterface
    public interface Listener {
        /** There is something new in {@link Collector#latest()} or {@link Collector#status()}. */
        void changed();
    }

    /** Owns {@code source} from now on; samples cost what they cost. */
    public Collector(Source source, FlowTable table, Duration interval, Ticker ticker) {
        this(source, table, interval, ticker, Budget.none());
    }

    /** Owns {@code source} from now on; samples come less often where {@code budget} says so. */
    public Collector(Source source, FlowTable table, Duration interval, Ticker ticker, Budget budget) {
        this.budget = budget;
        this.source = source;
        this.table = table;
        this.ticker = ticker;
        this.intervalNanos = Math.max(INTERVAL_MIN, interval.toNanos());
    }

    /** Polls and folds once, on the caller's thread. */
    public Snapshot sampleOnce() throws SourceException {
        begin(ticker.nanos());
        fold();
        return latest;
    }

    private RawSample fold() throws SourceException {
        long before = ticker.nanos();
        RawSample sample = budget.said(source.poll(), asked());
        latest = table.fold(sample);
        status = status.sampled(ticker.nanos() - before);
        return sample;
    }

    /**
     * Hands each sample to {@code taker} once its snapshot is published, on the collector's thread and before the next
     * one is taken. To be called before {@link #start()}.
     */
    public void handOn(Consumer<RawSample> taker) {
        takers.add(taker);
    }

    /** The newest snapshot; {@link Snapshot#EMPTY} before the first. */
    public Snapshot latest() {
        return latest;
    }

    /** How it fares. */
    public CollectorStatus status() {
        synchronized (monitor) {
            CollectorStatus now = status;
            // The interval may be another one since the last sample began.
            return now.intervalNanos() == 0 ? now : now.at(now.lagNanos(), inForce());
        }
    }

    /** Tells {@code listener} of all that comes. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Begins to sample; the first sample comes at once. */
    public void start() {
        synchronized (monitor) {
            if (thread != null) {
                throw new IllegalStateException("started already");
            }
            thread = new Thread(this::run, "collector");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** From now on {@code interval} lies between two samples; the next beat comes that long after the last one. */
    public void setInterval(Duration interval) {
        synchronized (monitor) {
            intervalNanos = Math.max(INTERVAL_MIN, interval.toNanos());
            monitor.notifyAll();
        }
    }

    /** Whether the source has the kernel measure its programs, from about now on; see {@link Source#setStatistics}. */
    public void setStatistics(boolean on) {
        synchronized (monitor) {
            statistics = on;
            monitor.notifyAll();
        }
    }

    /** Ends the thread after the sample that it is at, and closes the source. Stopping twice does nothing. */
    public void stop() {
        Thread ending;
        synchronized (monitor) {
            stopping = true;
            monitor.notifyAll();
            ending = thread;
        }
        if (ending == null) {
            source.close();
        } else if (ending != Thread.currentThread()) {
            join(ending);
        }
    }

    /**
     * As {@link #stop}, after one more sample: what has happened since the last one is in it. For whoever adds up what
     * samples say. Where a sample takes more than a second there is none: whoever ends a program does not wait.
     */
    public void finish() {
        synchronized (monitor) {
            finishing = true;
        }
        stop();
    }

    private static void join(Thread ending) {
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void run() {
        try {
            long beat = ticker.nanos();
            long took = 0;
            while (!isStopping()) {
                begin(beat);
                long began = ticker.nanos();
                sample();
                took = ticker.nanos() - began;
                beat = awaitBeatAfter(withoutMissed(beat));
            }
            if (isFinishing() && took <= LAST_SAMPLE_NANOS) {
                begin(ticker.nanos());
                sample();
            }
        } catch (InterruptedException e) {
            status = status.failed("the collector was interrupted");
        } finally {
            source.close();
        }
    }

    private boolean isFinishing() {
        synchronized (monitor) {
            return finishing;
        }
    }

    private boolean isStopping() {
        synchronized (monitor) {
            return stopping;
        }
    }

    private void begin(long beat) {
        budget.sampled();
        synchronized (monitor) {
            switchStatistics();
            status = status.at(Math.max(0, ticker.nanos() - beat), inForce());
        }
    }

    private long asked() {
        synchronized (monitor) {
            return intervalNanos;
        }
    }

    /** Between two beats. The monitor is held. */
    private long inForce() {
        return budget.inForce(intervalNanos);
    }

    /** The source belongs to this thread: whoever wants it switched only says so. */
    private void switchStatistics() {
        if (statistics != statisticsNow) {
            statisticsNow = statistics;
            source.setStatistics(statisticsNow);
        }
    }

    private void sample() {
        RawSample sample = null;
        try {
            sample = fold();
        } catch (SourceException | RuntimeException | Error e) {
            status = status.failed(line(e));
        }
        tell();
        if (sample != null && !takers.isEmpty()) {
            handOn(sample);
        }
    }

    private void handOn(RawSample sample) {
        try {
            takers.forEach(each -> each.accept(sample));
        } catch (RuntimeException | Error e) {
            status = status.failed(line(e));
        }
    }

    private static String line(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }

    private void tell() {
        for (Listener each : listeners) {
            each.changed();
        }
    }

    /** The last beat from {@code beat} on that has gone by: those after it were missed by a sample that took long. */
    private long withoutMissed(long beat) {
        synchronized (monitor) {
            long interval = inForce();
            long late = Math.max(0, ticker.nanos() - beat - interval);
            long missed = late / interval + (late % interval > 0 ? 1 : 0);
            status = status.withSkipped(missed);
            return beat + missed * interval;
        }
    }

    /** Waits for the beat one interval after {@code last}, as long as the interval then is, or for the end. */
    private long awaitBeatAfter(long last) throws InterruptedException {
        synchronized (monitor) {
            long beat = last + inForce();
            while (!stopping && beat - ticker.nanos() > 0) {
                ticker.await(monitor, beat - ticker.nanos());
                switchStatistics();
                beat = last + inForce();
            }
            // After a shorter interval was chosen, or a suspend, the beats in between are not made up for.
            long now = ticker.nanos();
            return now - beat >= inForce() ? now : beat;
        }
    }
}
