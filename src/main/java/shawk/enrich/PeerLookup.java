package shawk.enrich;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shawk.enrich.PeerSource.Answer;
import shawk.model.Cells;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.PeerNames;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * Processes at the other ends, out of a source that takes its time. Whoever asks gets at once what is known; the rest
 * is asked for by one thread, many ends at once, which begins with the first question and ends when there are none.
 * Where the source does not answer it is left alone for a while, longer each time.
 *
 * <p>Thread-safe.
 */
public final class PeerLookup implements PeerNames, AutoCloseable {
    /** Ends whose answer is kept; beyond it those asked for longest ago go. */
    static final int KEPT_MAX = 16_384;

    /** Ends that wait; beyond it none is taken in until there is room. */
    static final int QUEUED_MAX = 4_096;

    /** Ends that are asked about at once. */
    static final int BATCH_MAX = 256;

    static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final long NOBODY_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final long REST_LEAST_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final long REST_MOST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SafeText host;
    private final Opener opener;
    private final Hash hash;
    private final Clock clock;
    private final PeerKey probe = new PeerKey();
    private final Set<PeerKey> queue = new LinkedHashSet<>();

    private final Map<PeerKey, Kept> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerKey, Kept> eldest) {
            return size() > KEPT_MAX;
        }
    };

    private List<PeerKey> asking = List.of();
    private boolean working;
    private boolean closed;
    private long restNanos;
    private long restUntil;
    private @Nullable String failure;

    /** Makes a source, for one thread. */
    @FunctionalInterface
    public interface Opener {
        PeerSource open() throws IOException;
    }

    /** The hash of a connection's ends, the same at both of them. */
    @FunctionalInterface
    public interface Hash {
        long of(int protocol, long lHigh, long lLow, int lport, long rHigh, long rLow, int rport);
    }

    /** Nanoseconds since some moment of the past. */
    @FunctionalInterface
    interface Clock {
        long nanos();
    }

    private record Kept(Answer answer, long until) {}

    /** {@code host} is the name of this one. */
    public PeerLookup(SafeText host, Opener opener, Hash hash) {
        this(host, opener, hash, System::nanoTime);
    }

    PeerLookup(SafeText host, Opener opener, Hash hash, Clock clock) {
        this.host = host;
        this.opener = opener;
        this.hash = hash;
        this.clock = clock;
    }

    @Override
    public SafeText host() {
        return host;
    }

    @Override
    public synchronized boolean any() {
        return !known.isEmpty();
    }

    @Override
    public synchronized @Nullable Peer find(Cells cells, int row) {
        if (!probe.read(cells, row)) {
            return null;
        }
        Kept kept = known.get(probe);
        if (kept == null) {
            return null;
        }
        Answer answer = kept.answer();
        return answer.peer() != null || answer.byConnection().isEmpty()
                ? answer.peer()
                : ofConnection(answer, cells, row);
    }

    /** The other end may have either of the ends as the two sides see them. */
    private @Nullable Peer ofConnection(Answer answer, Cells cells, int row) {
        boolean natLocal = has(cells, Column.NAT_LADDR_LOW, row);
        boolean natPeer = has(cells, Column.NAT_RADDR_LOW, row);
        Peer found = answer.byConnection().get(hash(cells, row, false, false));
        if (found == null && (natLocal || natPeer)) {
            found = answer.byConnection().get(hash(cells, row, natLocal, natPeer));
        }
        return found;
    }

    private long hash(Cells cells, int row, boolean natLocal, boolean natPeer) {
        boolean udp = cells.value(Column.PROTOCOL, row) == Protocol.UDP.ordinal();
        int lport = port(cells, natLocal ? Column.NAT_LPORT : Column.LPORT, Column.LPORT, row);
        int rport = port(cells, natPeer ? Column.NAT_RPORT : Column.RPORT, Column.RPORT, row);
        return hash.of(
                (udp ? Protocol.UDP : Protocol.TCP).number(),
                cells.value(natLocal ? Column.NAT_LADDR_HIGH : Column.LADDR_HIGH, row),
                cells.value(natLocal ? Column.NAT_LADDR_LOW : Column.LADDR_LOW, row),
                lport,
                cells.value(natPeer ? Column.NAT_RADDR_HIGH : Column.RADDR_HIGH, row),
                cells.value(natPeer ? Column.NAT_RADDR_LOW : Column.RADDR_LOW, row),
                rport);
    }

    private static int port(Cells cells, Column first, Column second, int row) {
        long port = cells.value(first, row);
        return (int) (port == SocketTable.ABSENT ? cells.value(second, row) : port);
    }

    private static boolean has(Cells cells, Column column, int row) {
        return cells.value(column, row) != SocketTable.ABSENT;
    }

    @Override
    public synchronized void ask(Cells cells, int row) {
        long now = clock.nanos();
        boolean resting = failure != null && now - restUntil < 0;
        if (closed || resting || queue.size() >= QUEUED_MAX || !probe.read(cells, row)) {
            return;
        }
        Kept kept = known.get(probe);
        if (kept != null && now - kept.until() < 0 || queue.contains(probe) || asking.contains(probe)) {
            return;
        }
        queue.add(probe.copy());
        if (working) {
            notifyAll();
        } else {
            working = true;
            Thread thread = new Thread(this::work, "peer-names");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public synchronized @Nullable Degradation trouble() {
        String why = failure;
        return why == null
                ? null
                : new Degradation(
                        "cmdb", "processes on other hosts", why, "it is asked again in a while; shawk look says more");
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
        return queue.isEmpty() && asking.isEmpty();
    }

    private void work() {
        PeerSource source = null;
        try {
            for (List<PeerKey> next = take(); !next.isEmpty(); next = take()) {
                try {
                    source = source == null ? opener.open() : source;
                    answered(
                            next,
                            source.query(next.stream().map(PeerKey::question).toList()));
                } catch (IOException | RuntimeException e) {
                    failed(String.valueOf(e.getMessage()));
                }
            }
        } finally {
            if (source != null) {
                source.close();
            }
        }
    }

    /** The next ones, a batch at most; none when there were none for a while: the thread ends then. */
    private synchronized List<PeerKey> take() {
        long end = System.nanoTime() + IDLE_NANOS;
        try {
            for (long left = IDLE_NANOS; queue.isEmpty() && left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            queue.clear();
        }
        List<PeerKey> taken = new ArrayList<>();
        Iterator<PeerKey> all = queue.iterator();
        while (!closed && all.hasNext() && taken.size() < BATCH_MAX) {
            taken.add(all.next());
            all.remove();
        }
        asking = taken;
        working = !taken.isEmpty();
        return taken;
    }

    private synchronized void answered(List<PeerKey> keys, List<Answer> answers) {
        long now = clock.nanos();
        for (int i = 0; i < keys.size(); i++) {
            Answer answer = answers.get(i);
            boolean nobody = answer.equals(Answer.NOBODY);
            known.put(keys.get(i), new Kept(answer, now + (nobody ? NOBODY_NANOS : KNOWN_NANOS)));
        }
        asking = List.of();
        failure = null;
        restNanos = 0;
        notifyAll();
    }

    /** What was known stays; what was asked is forgotten, and asked again by whoever still wants it. */
    private synchronized void failed(String why) {
        restNanos = Math.min(REST_MOST_NANOS, Math.max(REST_LEAST_NANOS, 2 * restNanos));
        restUntil = clock.nanos() + restNanos;
        failure = SafeText.of(why).value();
        queue.clear();
        asking = List.of();
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        queue.clear();
        notifyAll();
    }
}
