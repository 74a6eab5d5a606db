package shawk.enrich;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.AddressNames;
import shawk.model.SafeText;

/**
 * Names of hosts out of the hosts file and the DNS. Whoever asks gets at once what is known; the rest is looked up by a
 * few threads, the address that was asked for last first, since that is what somebody looks at now. Threads begin with
 * the first question and end when there are none. Where the servers do not answer they are left alone for a while: no
 * question is queued then.
 *
 * <p>Thread-safe.
 */
public final class ReverseNames implements AddressNames {
    /** Lookups at once. */
    static final int WORKERS = 4;

    /** Addresses that wait; beyond it the one that was asked for longest ago is forgotten. */
    public static final int QUEUED_MAX = 512;

    /** Addresses whose answer is kept; beyond it those asked for longest ago go. */
    static final int KEPT_MAX = 16_384;

    /** Failures in a row after which the servers are left alone. */
    static final int FAILURES_MAX = 8;

    static final long NAME_NANOS = TimeUnit.HOURS.toNanos(1);
    static final long NO_NAME_NANOS = TimeUnit.MINUTES.toNanos(10);
    static final long FAILURE_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final long REST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Nobody looks at what has not been asked for in so long: it is not looked up any more. */
    static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int HOSTS_MAX = 8 << 20;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path hostsFile;
    private final Opener opener;
    private final Clock clock;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Addresses that wait and when they were asked for last, the latest at the end. */
    private final LinkedHashMap<Address, Long> queue = new LinkedHashMap<>();

    private final Map<Address, Answer> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, Answer> eldest) {
            return size() > KEPT_MAX;
        }
    };
    /** Addresses that a thread is at. */
    private final Set<Address> asked = new HashSet<>();

    private @Nullable Map<Address, SafeText> hosts;
    private volatile long version;
    private int workers;
    private int idle;
    private int failures;
    private long restUntil;
    private boolean resting;

    /** Nanoseconds since some moment of the past. */
    @FunctionalInterface
    interface Clock {
        long nanos();
    }

    /** Asks the DNS. Used by one thread; a question takes a bounded time. */
    interface Resolver extends AutoCloseable {
        /** The name; empty where it has none. */
        SafeText query(Address address) throws IOException;

        @Override
        void close();
    }

    /** Makes a resolver, for one thread. */
    @FunctionalInterface
    interface Opener {
        Resolver open() throws IOException;
    }

    /** {@code until} = when it is worth another question. */
    private record Answer(SafeText name, long until) {}

    ReverseNames(Path hostsFile, Opener opener, Clock clock) {
        this.hostsFile = hostsFile;
        this.opener = opener;
        this.clock = clock;
    }

    /** This host's hosts file and DNS servers; neither is looked at before the first question. */
    public static ReverseNames ofHost() {
        Path etc = Path.of("/etc");
        return new ReverseNames(
                etc.resolve("hosts"), () -> DnsResolver.open(etc.resolve("resolv.conf")), System::nanoTime);
    }

    /** From now on {@code wake} is run, on a thread of the lookups, when a name has become known. */
    public void onNews(Runnable wake) {
        listeners.add(wake);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public @Nullable SafeText find(long high, long low) {
        if (Address.isWildcard(high, low)) {
            return SafeText.EMPTY;
        }
        return find(new Address(high, low));
    }

    private synchronized @Nullable SafeText find(Address address) {
        long now = clock.nanos();
        Answer answer = known.get(address);
        if (answer == null || now - answer.until() >= 0) {
            if (resting && now - restUntil < 0) {
                return answer == null ? SafeText.EMPTY : answer.name();
            }
            enqueue(address, now);
        }
        return answer == null ? null : answer.name();
    }

    private void enqueue(Address address, long now) {
        if (asked.contains(address)) {
            return;
        }
        queue.remove(address);
        queue.put(address, now);
        if (queue.size() > QUEUED_MAX) {
            Iterator<Address> oldest = queue.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        if (queue.size() <= idle) {
            notifyAll();
        } else if (workers < WORKERS) {
            workers++;
            Thread thread = new Thread(this::work, "reverse-names-" + workers);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until every question was answered or given up, but no longer than {@code nanos}; returns whether so. */
    public synchronized boolean await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !isIdle(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return isIdle();
    }

    private boolean isIdle() {
        return queue.isEmpty() && asked.isEmpty();
    }

    private void work() {
        Resolver resolver = null;
        try {
            for (Address next = take(); next != null; next = take()) {
                Map<Address, SafeText> local = hosts();
                SafeText name = local.get(next);
                boolean answered = true;
                if (name == null && isLocal(next)) {
                    name = SafeText.EMPTY;
                } else if (name == null) {
                    try {
                        resolver = resolver == null ? opener.open() : resolver;
                        name = resolver.query(next);
                    } catch (IOException | RuntimeException e) {
                        name = SafeText.EMPTY;
                        answered = false;
                    }
                }
                answer(next, name, answered);
            }
        } finally {
            ended();
            if (resolver != null) {
                resolver.close();
            }
        }
    }

    /** What no server of the DNS knows anything of. */
    private static boolean isLocal(Address address) {
        boolean linkLocal =
                address.isV4() ? (address.low() >>> 16 & 0xffff) == 0xa9fe : (address.high() >>> 54) == 0x3fa;
        return linkLocal || Address.isLoopback(address.high(), address.low());
    }

    /** The address that was asked for last; null when there was none for a while. */
    private synchronized @Nullable Address take() {
        long end = System.nanoTime() + IDLE_NANOS;
        for (long left = IDLE_NANOS; ; left = end - System.nanoTime()) {
            Address next = pollLatest();
            if (next != null) {
                asked.add(next);
                return next;
            }
            if (left <= 0) {
                return null;
            }
            idle++;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                return null;
            } finally {
                idle--;
            }
        }
    }

    private @Nullable Address pollLatest() {
        Address latest = null;
        long now = clock.nanos();
        for (Iterator<Map.Entry<Address, Long>> all = queue.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Address, Long> each = all.next();
            if (now - each.getValue() > WANTED_NANOS) {
                all.remove();
                notifyAll();
            } else {
                latest = each.getKey();
            }
        }
        if (latest != null) {
            queue.remove(latest);
        }
        return latest;
    }

    private Map<Address, SafeText> hosts() {
        synchronized (this) {
            if (hosts != null) {
                return hosts;
            }
        }
        Map<Address, SafeText> read = HostsFile.parse(SmallFiles.queryLinked(hostsFile, HOSTS_MAX));
        synchronized (this) {
            hosts = hosts == null ? read : hosts;
            return hosts;
        }
    }

    private void answer(Address address, SafeText name, boolean answered) {
        synchronized (this) {
            long now = clock.nanos();
            Answer before = known.get(address);
            // A name that was known does not go because a server is out of reach.
            SafeText shown = answered || before == null ? name : before.name();
            long age = !answered ? FAILURE_NANOS : shown.isEmpty() ? NO_NAME_NANOS : NAME_NANOS;
            known.put(address, new Answer(shown, now + age));
            asked.remove(address);
            failures = answered ? 0 : failures + 1;
            resting = failures >= FAILURES_MAX;
            if (resting) {
                restUntil = now + REST_NANOS;
                queue.clear();
            }
            version++;
            notifyAll();
            if (shown.isEmpty()) {
                return;
            }
        }
        listeners.forEach(Runnable::run);
    }

    private synchronized void ended() {
        workers--;
        if (workers == 0) {
            hosts = null;
        }
        notifyAll();
    }
}
