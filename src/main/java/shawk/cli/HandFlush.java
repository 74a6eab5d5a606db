package shawk.cli;

import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.store.HostIdentity;
import shawk.store.flush.FlushLimits;
import shawk.store.flush.FlushStatus;
import shawk.store.flush.Flusher;
import shawk.store.spool.Spool;

/**
 * What the monitor and the dump store: the newest snapshot when somebody asks, or all of them. The spool belongs to one
 * process at a time: where the agent of this host has it, the agent stores this host, and nothing is stored twice. Any
 * thread may ask.
 */
final class HandFlush implements AutoCloseable {
    /** What somebody who pressed a key waits for an answer. */
    private static final long ANSWER_MILLIS = 20_000;
    /** What the end may take. */
    private static final long FINAL_MILLIS = 5_000;

    private static final long POLL_MILLIS = 20;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Environment environment;
    private final Supplier<Snapshot> newest;
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), work -> {
                Thread thread = new Thread(work, "flush-now");
                thread.setDaemon(true);
                return thread;
            });

    private final Object monitor = new Object();
    private @Nullable Flusher flusher;
    private @Nullable Spool spool;
    private @Nullable HostIdentity host;
    private volatile @Nullable FlushTap tap;
    /** The snapshot that the worker stored last: its interval is stored once, however often the key is pressed. */
    private long handed;

    private volatile FlushStatus.@Nullable State told;
    private volatile String news = "";
    private volatile Runnable wake = () -> {};

    /** Nothing is opened yet; {@code newest} is what {@link #now} stores. */
    HandFlush(Environment environment, Supplier<Snapshot> newest) {
        this.environment = environment;
        this.newest = newest;
    }

    private Flusher open() throws Failure {
        synchronized (monitor) {
            Flusher now = flusher;
            if (now != null) {
                return now;
            }
            // Nothing of it may write to the terminal, on which the monitor is.
            CmdbChoice cmdb = CmdbChoice.of(environment, Notices.none());
            SpoolPlace place = SpoolPlace.of(environment, Invoker.isRoot(environment.variables()));
            Spool opened = place.open();
            if (opened == null) {
                throw Failure.missing("another shawk, the agent as a rule, stores this host already");
            }
            host = new HostIdentityReader(Path.of("/")).query(environment, place.folder());
            now = new Flusher(
                    opened, host, () -> Stores.open(cmdb), FlushLimits.USUAL, (status, retry) -> told(status), true);
            now.start();
            spool = opened;
            flusher = now;
            return now;
        }
    }

    /** From now on every snapshot is stored, {@code flushNanos} apart. */
    void always(long flushNanos) throws Failure {
        tap = newTap(open(), flushNanos);
    }

    private FlushTap newTap(Flusher to, long flushNanos) {
        synchronized (monitor) {
            Spool of = spool;
            HostIdentity its = host;
            if (of == null || its == null) {
                throw new IllegalStateException("not open");
            }
            int run = of.beginRun(System.currentTimeMillis() / 1_000);
            return new FlushTap(its, run, LiveSamples.seed(), to, flushNanos);
        }
    }

    /** A snapshot was made; on the thread that makes them. */
    void take(Snapshot snapshot, long intervalNanos) {
        FlushTap each = tap;
        if (each != null) {
            each.take(snapshot, intervalNanos);
        }
    }

    /** Begins to store what is there now; {@code said} gets a line about what came of it. */
    void now(Consumer<String> said) {
        try {
            worker.execute(() -> said.accept(Failure.plain(done())));
        } catch (RejectedExecutionException e) {
            said.accept("it is being stored already");
        }
    }

    private String done() {
        try {
            Flusher to = open();
            long before = to.status().stored();
            FlushTap every = tap;
            if (every == null) {
                Snapshot snapshot = newest.get();
                if (snapshot.sequence() == handed) {
                    return "not stored: there is no newer sample than the one that was stored; try again";
                }
                handed = snapshot.sequence();
                FlushTap one = newTap(to, Long.MAX_VALUE / 4);
                one.take(snapshot, 0);
                one.finish();
            } else {
                every.soon();
                awaitSnapshot(every);
            }
            return answer(to.drain(ANSWER_MILLIS), to.status(), before);
        } catch (Failure e) {
            return "not stored: " + e.line();
        } catch (RuntimeException e) {
            return "not stored: " + e;
        } finally {
            if (tap == null) {
                release();
            }
        }
    }

    /** Whoever pressed a key once does not keep the agent of this host from its spool. */
    private void release() {
        Flusher ending;
        synchronized (monitor) {
            ending = flusher;
            flusher = null;
            spool = null;
        }
        if (ending != null) {
            ending.close();
        }
    }

    private static void awaitSnapshot(FlushTap of) {
        long until = System.nanoTime() + ANSWER_MILLIS * NANOS_OF_MILLI;
        try {
            while (of.awaitsSnapshot() && until - System.nanoTime() > 0) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(boolean stored, FlushStatus status, long before) {
        if (stored) {
            long rows = status.stored() - before;
            return "stored in the CMDB: " + rows + (rows == 1 ? " row" : " rows") + " in " + status.millis() + " ms";
        }
        String why = status.error().isEmpty() ? "the CMDB does not answer" : status.error();
        return "not stored yet, it waits in the spool: " + why;
    }

    /** The first flush that came through, and each change after it. */
    private void told(FlushStatus status) {
        if (tap == null || status.state() == told) {
            return;
        }
        told = status.state();
        news = Failure.plain(
                answer(status.state() == FlushStatus.State.STORED, status, status.stored() - status.rows()));
        wake.run();
    }

    /** {@code run} is called when there are {@link #news}. */
    void onNews(Runnable run) {
        wake = run;
    }

    /** What has come of storing since this was last asked; empty = nothing new. */
    String news() {
        String line = news;
        news = "";
        return line;
    }

    /**
     * Stores the rest. No snapshot comes any more.
     *
     * @return what is not stored, and why; null = all is
     */
    @Nullable
    String finish() {
        FlushTap each = tap;
        Flusher to;
        synchronized (monitor) {
            to = flusher;
        }
        if (each == null || to == null) {
            return awaitKey() ? null : "what was to be stored last waits in the spool";
        }
        each.finish();
        return to.drain(FINAL_MILLIS) ? null : answer(false, to.status(), 0);
    }

    /** Whether nothing is being stored for a key any more. */
    private boolean awaitKey() {
        worker.shutdown();
        try {
            return worker.awaitTermination(FINAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        release();
    }
}
