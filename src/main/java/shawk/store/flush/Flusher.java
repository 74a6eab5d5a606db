package shawk.store.flush;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.store.Batch;
import shawk.store.HostIdentity;
import shawk.store.spool.Loss;
import shawk.store.spool.Spool;
import shawk.store.spool.SpoolException;

/**
 * Brings batches into the spool on one thread and from there into the store on another, so that neither a slow disk nor
 * a slow store keeps whoever makes them waiting. It owns the spool.
 *
 * <p>Thread-safe. Its threads are never interrupted, since that would close the spool's files.
 */
public final class Flusher implements AutoCloseable {
    private static final long RETRY_MILLIS = 1_000;
    private static final long JOIN_MILLIS = 1_000;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Spool spool;
    private final Sender sender;
    private final FlushLimits limits;
    private final Listener listener;
    private final Object monitor = new Object();

    // Under the monitor.
    private final Deque<Batch> queue = new ArrayDeque<>();
    private final Deque<Batch> tooMany = new ArrayDeque<>();
    private boolean spooling;
    private boolean fresh;
    private boolean sending;
    private boolean hurry;
    private boolean stopping;
    private boolean ended;
    private boolean waiting;

    private volatile long aliveNanos = System.nanoTime();
    private volatile String diskError = "";
    private @Nullable Thread spooler;
    private @Nullable Thread carrier;

    /** Is told on a thread of the flusher's: be quick, and never throw. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something was tried.
         *
         * @param retry whether that was only another try, after one of which this was told
         */
        void tried(FlushStatus status, boolean retry);
    }

    /** The agent's, which takes the host over from whoever stored it. Nothing runs yet. */
    public Flusher(Spool spool, HostIdentity host, StoreOpener opener, FlushLimits limits, Listener listener) {
        this(spool, host, opener, limits, listener, false);
    }

    /** {@code ifFree}: it ends, fenced, where another stores the host. Nothing runs yet. */
    public Flusher(
            Spool spool, HostIdentity host, StoreOpener opener, FlushLimits limits, Listener listener, boolean ifFree) {
        this.spool = spool;
        this.sender = new Sender(spool, host, opener, limits, ifFree);
        this.limits = limits;
        this.listener = listener;
    }

    /** Begins; what waits from an earlier run is sent at once. */
    public void start() {
        synchronized (monitor) {
            fresh = spool.status().waiting();
            spooler = begin("spool", this::spool);
            carrier = begin("flush", this::carry);
        }
    }

    private static Thread begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes batches, in their order, without waiting for anything. */
    public void offer(List<Batch> batches) {
        synchronized (monitor) {
            for (Batch each : batches) {
                queue.add(each);
                if (queue.size() > limits.heldBatches()) {
                    Batch oldest = queue.poll();
                    if (oldest != null && tooMany.size() < limits.heldBatches()) {
                        tooMany.add(oldest);
                    }
                }
            }
            monitor.notifyAll();
        }
    }

    /** How it fares. */
    public FlushStatus status() {
        FlushStatus status = sender.status();
        return diskError.isEmpty() || !status.error().isEmpty() ? status : withError(status, diskError);
    }

    private static FlushStatus withError(FlushStatus of, String error) {
        return new FlushStatus(
                of.state(),
                of.flushes(),
                of.rows(),
                of.millis(),
                of.stored(),
                of.rejected(),
                of.spoolBytes(),
                of.waiting(),
                of.lostBatches(),
                of.lostFlows(),
                error);
    }

    /** When its spool last took or could have taken a batch, as {@link System#nanoTime}: for a watchdog. */
    public long aliveNanos() {
        synchronized (monitor) {
            // Nothing to do is alive.
            return spooling ? aliveNanos : System.nanoTime();
        }
    }

    private void spool() {
        Deque<Batch> held = new ArrayDeque<>();
        while (takeInto(held)) {
            boolean taken = spoolAll(held);
            boolean tell;
            synchronized (monitor) {
                spooling = !held.isEmpty();
                fresh |= taken;
                tell = waiting || ended;
                monitor.notifyAll();
            }
            if (tell && taken || !diskError.isEmpty()) {
                listener.tried(status(), false);
            }
        }
    }

    /** Moves what was offered; false = this is the end. */
    private boolean takeInto(Deque<Batch> held) {
        synchronized (monitor) {
            long until = System.nanoTime() + RETRY_MILLIS * NANOS_OF_MILLI;
            while (queue.isEmpty() && !stopping && (held.isEmpty() || until - System.nanoTime() > 0)) {
                await(held.isEmpty() ? 0 : Math.max(1, (until - System.nanoTime()) / NANOS_OF_MILLI));
            }
            if (stopping && queue.isEmpty() && held.isEmpty()) {
                return false;
            }
            held.addAll(queue);
            queue.clear();
            spooling = true;
            aliveNanos = System.nanoTime();
        }
        count();
        while (held.size() > limits.heldBatches()) {
            spool.lost(Loss.DISK, held.remove());
        }
        return true;
    }

    private void count() {
        for (; ; ) {
            Batch each;
            synchronized (monitor) {
                each = tooMany.poll();
            }
            if (each == null) {
                return;
            }
            spool.lost(Loss.LATE, each);
        }
    }

    /** Whether at least one was taken. */
    private boolean spoolAll(Deque<Batch> held) {
        boolean taken = false;
        while (!held.isEmpty()) {
            Batch batch = held.remove();
            try {
                spool.append(batch);
                diskError = "";
                taken = true;
            } catch (SpoolException e) {
                if (e.kind() == SpoolException.Kind.TOO_LARGE) {
                    divide(batch, held);
                } else {
                    held.addFirst(batch);
                    diskError = String.valueOf(e.getMessage());
                    if (isStopping()) {
                        held.forEach(each -> spool.lost(Loss.DISK, each));
                        held.clear();
                    }
                    return taken;
                }
            }
        }
        return taken;
    }

    private void divide(Batch batch, Deque<Batch> held) {
        List<Batch> parts = Halves.of(batch);
        if (parts.size() < 2) {
            spool.lost(Loss.FULL, batch);
            return;
        }
        for (int i = parts.size() - 1; i >= 0; i--) {
            held.addFirst(parts.get(i));
        }
    }

    private boolean isStopping() {
        synchronized (monitor) {
            return stopping;
        }
    }

    private void carry() {
        long wait = 0;
        while (awaitWork(wait)) {
            wait = sender.send();
            FlushStatus status = status();
            boolean retry;
            synchronized (monitor) {
                retry = waiting && wait != 0;
                sending = false;
                waiting = wait != 0;
                ended = wait < 0;
                monitor.notifyAll();
            }
            if (wait != 0 || sender.batches() > 0) {
                listener.tried(status, retry);
            }
        }
        sender.disconnect();
        Thread disk;
        synchronized (monitor) {
            ended = true;
            monitor.notifyAll();
            disk = spooler;
            while (!stopping) {
                await(0);
            }
        }
        join(disk);
        spool.close();
    }

    /** Waits until there is something to send, and {@code millis} have passed; false = this is the end. */
    private boolean awaitWork(long millis) {
        synchronized (monitor) {
            long until = System.nanoTime() + millis * NANOS_OF_MILLI;
            while (!stopping && !ended) {
                long left = until - System.nanoTime();
                if (hurry && waiting || millis > 0 && left <= 0 || millis == 0 && fresh) {
                    hurry = false;
                    fresh = false;
                    sending = true;
                    return true;
                }
                await(millis > 0 ? Math.max(1, left / NANOS_OF_MILLI) : 0);
            }
            return false;
        }
    }

    /** Waits on the monitor, which is held; 0 = until somebody says something. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await(long millis) {
        try {
            monitor.wait(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts these threads: a spool's files would be closed by it.
        }
    }

    /**
     * Waits until all that was offered is stored, {@code millis} at most; then it is in the spool at least.
     *
     * @return whether all is stored
     */
    public boolean drain(long millis) {
        long until = System.nanoTime() + millis * NANOS_OF_MILLI;
        synchronized (monitor) {
            hurry = waiting;
            monitor.notifyAll();
            while (!isIdle() && until - System.nanoTime() > 0) {
                await(Math.max(1, (until - System.nanoTime()) / NANOS_OF_MILLI));
            }
        }
        return !spool.status().waiting() && diskError.isEmpty();
    }

    private boolean isIdle() {
        boolean spooled = queue.isEmpty() && !spooling;
        boolean tried = !sending && !fresh && !hurry || ended;
        return spooled && tried;
    }

    /**
     * Ends: what waits is in the spool for the next run. A store that does not answer is not waited for: its thread
     * ends with the program.
     */
    @Override
    public void close() {
        Thread disk;
        Thread net;
        synchronized (monitor) {
            stopping = true;
            monitor.notifyAll();
            disk = spooler;
            net = carrier;
        }
        join(disk);
        join(net);
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        long until = System.nanoTime() + JOIN_MILLIS * NANOS_OF_MILLI;
        boolean interrupted = false;
        while (thread.isAlive() && until - System.nanoTime() > 0) {
            try {
                thread.join(Math.max(1, (until - System.nanoTime()) / NANOS_OF_MILLI));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
