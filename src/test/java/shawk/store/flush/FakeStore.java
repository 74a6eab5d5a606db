package shawk.store.flush;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import shawk.store.Batch;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.StoreException;
import shawk.store.spool.TestBatches;

/** A store with a ledger, in memory, that fails as it is told to. Thread-safe. */
final class FakeStore {
    /** What happens to the next call. */
    enum Fate {
        WORKS,
        AWAY,
        /** It is stored, and the answer is lost. */
        UNKNOWN_STORED,
        UNKNOWN_NOT_STORED,
        REFUSED,
        FENCED,
        THROWS
    }

    private final List<Long> stored = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private final Map<UUID, Long> ledger = new HashMap<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private long epoch;
    private Fate always = Fate.WORKS;
    private long poison = -1;
    private int offers;
    private int maintained;
    private boolean maintainFails;
    private @Nullable CountDownLatch hanging;

    synchronized void always(Fate fate) {
        always = fate;
    }

    synchronized void then(Fate... next) {
        fates.addAll(List.of(next));
    }

    /** A batch with this thing in it is refused. */
    synchronized void poison(long id) {
        poison = id;
    }

    /** From now on calls do not return until {@code latch} opens. */
    synchronized void hang(CountDownLatch latch) {
        hanging = latch;
    }

    synchronized List<Long> stored() {
        return List.copyOf(stored);
    }

    synchronized List<Batch> batches() {
        return List.copyOf(batches);
    }

    /** The first time that it is looked after it fails. */
    synchronized void maintainFails() {
        maintainFails = true;
    }

    synchronized int maintained() {
        return maintained;
    }

    synchronized int offers() {
        return offers;
    }

    private Fate fate() throws StoreException {
        CountDownLatch latch;
        synchronized (this) {
            latch = hanging;
        }
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new StoreException(StoreException.Kind.AWAY, "interrupted", e);
            }
        }
        synchronized (this) {
            Fate next = fates.poll();
            Fate fate = next == null ? always : next;
            switch (fate) {
                case AWAY -> throw new StoreException(StoreException.Kind.AWAY, "the database is away");
                case REFUSED -> throw new StoreException(StoreException.Kind.REFUSED, "no rights");
                case FENCED -> throw new StoreException(StoreException.Kind.FENCED, "taken over");
                case THROWS -> throw new IllegalStateException("broken");
                default -> {
                    return fate;
                }
            }
        }
    }

    StoreOpener opener() {
        return () -> {
            if (fate() != Fate.WORKS) {
                throw new StoreException(StoreException.Kind.AWAY, "not reached");
            }
            return new Connection();
        };
    }

    private final class Connection implements Store {
        @Override
        public Lease register(HostIdentity host, UUID instance) {
            synchronized (FakeStore.this) {
                return new Lease(host.id(), instance, ++epoch, ledger.getOrDefault(instance, 0L));
            }
        }

        @Override
        public Lease registerIfFree(HostIdentity host, UUID instance) throws StoreException {
            synchronized (FakeStore.this) {
                if (ledger.keySet().stream().anyMatch(each -> !each.equals(instance))) {
                    throw new StoreException(StoreException.Kind.FENCED, "stored already");
                }
                return register(host, instance);
            }
        }

        @Override
        public Lease resume(HostIdentity host, Lease held) throws StoreException {
            synchronized (FakeStore.this) {
                if (held.epoch() < epoch) {
                    throw new StoreException(StoreException.Kind.FENCED, "taken over");
                }
                return new Lease(held.hostId(), held.instance(), epoch, ledger.getOrDefault(held.instance(), 0L));
            }
        }

        @Override
        public Written write(Lease lease, long sequence, Batch batch) throws StoreException {
            synchronized (FakeStore.this) {
                offers++;
            }
            Fate fate = fate();
            synchronized (FakeStore.this) {
                if (TestBatches.ids(batch).contains(poison)) {
                    throw new StoreException(StoreException.Kind.CONTENT, "poison");
                }
                if (fate == Fate.UNKNOWN_NOT_STORED) {
                    throw new StoreException(StoreException.Kind.UNKNOWN, "no answer");
                }
                if (lease.epoch() < epoch) {
                    throw new StoreException(StoreException.Kind.FENCED, "taken over");
                }
                boolean before = ledger.getOrDefault(lease.instance(), 0L) >= sequence;
                if (!before) {
                    ledger.put(lease.instance(), sequence);
                    stored.addAll(TestBatches.ids(batch));
                    batches.add(batch);
                }
                if (fate == Fate.UNKNOWN_STORED) {
                    throw new StoreException(StoreException.Kind.UNKNOWN, "no answer");
                }
                return new Written(before, batch.rows(), 0);
            }
        }

        @Override
        public void maintain(Lease lease) throws StoreException {
            synchronized (FakeStore.this) {
                maintained++;
                if (maintained == 1 && maintainFails) {
                    throw new StoreException(StoreException.Kind.AWAY, "gone in between");
                }
            }
        }

        @Override
        public void close() {}
    }
}
