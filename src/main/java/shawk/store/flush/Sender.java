package shawk.store.flush;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.StoreException;
import shawk.store.spool.Spool;
import shawk.store.spool.SpoolException;
import shawk.store.spool.SpoolStatus;
import shawk.store.spool.Waiting;

/** Takes what waits in a spool to the store, in order, as well as it goes. Used by one thread but for its status. */
final class Sender {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Spool spool;
    private final HostIdentity host;
    private final StoreOpener opener;
    private final FlushLimits limits;
    private final Backoff backoff;

    private @Nullable Store store;
    private Store.@Nullable Lease lease;
    /** The last lease, with which the next connection goes on: only who was never registered takes the host over. */
    private Store.@Nullable Lease held;

    private final boolean ifFree;
    private long triedSequence;
    private int tries;
    private long maintainedNanos;

    private volatile FlushStatus.State state = FlushStatus.State.BEGINNING;
    private volatile String error = "";
    private volatile long rows;
    private volatile long millis;
    private volatile int batches;
    private final AtomicLong flushes = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    /** {@code ifFree}: nothing is sent while another stores this host. */
    Sender(Spool spool, HostIdentity host, StoreOpener opener, FlushLimits limits, boolean ifFree) {
        this.ifFree = ifFree;
        this.spool = spool;
        this.host = host;
        this.opener = opener;
        this.limits = limits;
        this.backoff = new Backoff(limits.firstWaitMillis(), limits.longestWaitMillis(), new Random());
    }

    /**
     * Sends all that waits, as far as it goes.
     *
     * @return milliseconds to wait before it is tried again; 0 = all is stored, negative = never again
     */
    long send() {
        long began = System.nanoTime();
        long rowsNow = 0;
        int sent = 0;
        boolean whole = false;
        batches = 0;
        try {
            Store.Lease its = ready();
            Store to = store;
            for (Waiting waiting = spool.next(); waiting != null && to != null; waiting = spool.next()) {
                Store.Written written = write(to, its, waiting);
                rowsNow += written.rows();
                rejected.addAndGet(written.rejected());
                spool.acknowledge(waiting.sequence());
                sent++;
                batches = sent;
            }
            done(rowsNow, began);
            whole = true;
            maintain(its);
            return 0;
        } catch (StoreException e) {
            if (!whole) {
                done(rowsNow, began);
            }
            return failed(e);
        } catch (SpoolException e) {
            done(rowsNow, began);
            state = FlushStatus.State.AWAY;
            error = line(e);
            return backoff.failed();
        } catch (RuntimeException e) {
            // A store that throws what it should not is no reason to lose what waits.
            if (!whole) {
                done(rowsNow, began);
            }
            return failed(new StoreException(StoreException.Kind.AWAY, "the store failed: " + line(e), e));
        }
    }

    private void done(long rowsNow, long began) {
        rows = rowsNow;
        stored.addAndGet(rowsNow);
        millis = (System.nanoTime() - began) / NANOS_OF_MILLI;
        if (rowsNow > 0 || !spool.status().waiting()) {
            backoff.worked();
            error = "";
            state = FlushStatus.State.STORED;
            flushes.incrementAndGet();
        }
    }

    private Store.Lease ready() throws StoreException {
        Store now = store;
        if (now == null) {
            now = opener.open();
            store = now;
        }
        Store.Lease its = lease;
        if (its == null) {
            Store.Lease before = held;
            if (before != null) {
                its = now.resume(host, before);
            } else if (ifFree) {
                its = now.registerIfFree(host, spool.instance());
            } else {
                its = now.register(host, spool.instance());
            }
            spool.registered(its.lastSequence());
            held = its;
            lease = its;
        }
        return its;
    }

    private Store.Written write(Store to, Store.Lease its, Waiting waiting) throws StoreException, SpoolException {
        try {
            return to.write(its, waiting.sequence(), waiting.batch());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CONTENT) {
                throw e;
            }
            tries = waiting.sequence() == triedSequence ? tries + 1 : 1;
            triedSequence = waiting.sequence();
            if (tries < limits.contentTries()) {
                throw e;
            }
            spool.setAside(waiting.sequence());
            return new Store.Written(false, 0, 0);
        }
    }

    private void maintain(Store.Lease its) throws StoreException {
        long now = System.nanoTime();
        Store with = store;
        if (with != null
                && (maintainedNanos == 0 || now - maintainedNanos > limits.maintainMillis() * NANOS_OF_MILLI)) {
            maintainedNanos = now == 0 ? 1 : now;
            with.maintain(its);
        }
    }

    private long failed(StoreException failure) {
        error = line(failure);
        switch (failure.kind()) {
            case FENCED -> {
                state = FlushStatus.State.FENCED;
                disconnect();
                return -1;
            }
            case REFUSED -> state = FlushStatus.State.REFUSED;
            case AWAY, UNKNOWN, CONTENT -> state = FlushStatus.State.AWAY;
        }
        if (failure.kind() != StoreException.Kind.CONTENT) {
            disconnect();
        }
        return backoff.failed();
    }

    /** Lets go of the connection; the ledger is asked when there is another one. */
    void disconnect() {
        Store ending = store;
        store = null;
        lease = null;
        if (ending != null) {
            try {
                ending.close();
            } catch (RuntimeException e) {
                // It is gone one way or the other.
            }
        }
    }

    private static String line(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** How many batches the last call of {@link #send} has stored. */
    int batches() {
        return batches;
    }

    /** How it fares. Thread-safe. */
    FlushStatus status() {
        SpoolStatus its = spool.status();
        return new FlushStatus(
                state,
                flushes.get(),
                rows,
                millis,
                stored.get(),
                rejected.get(),
                its.bytes(),
                its.waiting(),
                its.lostBatches(),
                its.lostFlows(),
                error);
    }
}
