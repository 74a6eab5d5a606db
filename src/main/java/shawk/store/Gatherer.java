package shawk.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import shawk.model.Snapshot;

/**
 * Turns snapshots into what is stored: it has to see every one of a run, and is asked at each flush for what has
 * changed since the last. Reads no clock and makes no I/O; used by one thread.
 */
public final class Gatherer {
    /** Most rows of a batch. */
    public static final int BATCH_ROWS = 20_000;

    /** A flow that had something so lately is in use. */
    private static final long BUSY_MICROS = 10_000_000;

    private static final long TELL_MICROS = 60_000_000;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final HostIdentity host;
    private final GatherLimits limits;
    private final Clock clock;
    private final Cast cast;
    private final Spaces spaces;
    private final Translated translated;
    private final Flows flows;
    private final Addresses addresses;
    private final Waiting waiting;
    private final FlowBook book;
    private final RowReader rows;
    private final Completeness completeness = new Completeness();
    private final List<Chunk> finished = new ArrayList<>();
    private final List<FlowSeen> early = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    /** Processes of flows that were said since the last batch. */
    private final BitSet mentioned = new BitSet();

    private final FlowKey key = new FlowKey();
    private Snapshot last = Snapshot.EMPTY;
    private long lastHour;
    private long lastEviction;

    /**
     * A gatherer that has seen nothing.
     *
     * @param run number of this run, larger than that of any before on this host: when it begins, seconds since the
     *     epoch
     * @param seed of hashes, which nobody outside knows
     */
    public Gatherer(HostIdentity host, int run, long seed) {
        this(host, run, seed, GatherLimits.DEFAULT);
    }

    /** The same with other bounds. */
    public Gatherer(HostIdentity host, int run, long seed, GatherLimits limits) {
        this.host = host;
        this.limits = limits;
        this.clock = new Clock(run);
        this.cast = new Cast(limits.processes());
        this.spaces = new Spaces(limits.processes());
        this.translated = new Translated(limits.translations(), seed);
        this.flows = new Flows(seed);
        this.addresses = new Addresses(limits.addresses());
        this.waiting = new Waiting(limits.listeners(), seed);
        this.book = new FlowBook(cast, spaces, flows, addresses, clock, limits.flows());
        this.rows = new RowReader(cast, spaces, translated, flows, book, addresses, waiting, clock, seed);
    }

    /** Samples show a part of what there is, as a filter lets it through: no evidence is ever complete. */
    public void partial() {
        completeness.partial();
    }

    /** Takes in what a sample shows. */
    public void take(Snapshot snapshot) {
        if (last.sequence() != 0 && snapshot.sequence() != last.sequence() + 1) {
            gaps.add(new Gap(last.wallMicros(), snapshot.wallMicros(), "samples not seen", -1, -1));
        }
        boolean unbroken = completeness.take(snapshot, clock);
        advance(snapshot.wallMicros());
        if (!unbroken) {
            completeness.blemish(clock);
        }
        spaces.read(snapshot.namespaces());
        cast.read(snapshot);
        release(cast.settle(false));
        waiting.begin(clock.micros());
        lastHour = last.sequence() == 0 ? clock.micros() : lastHour;
        if (rows.read(snapshot)) {
            completeness.blemish(clock);
        }
        last = snapshot;
        keepWithinBounds();
    }

    /** Goes on to the time of a sample; chunks that are over come to their end. */
    private void advance(long wallMicros) {
        long before = clock.chunk();
        boolean back = clock.isSetBackBy(wallMicros);
        if (back) {
            finishAll();
            clock.nextRun();
        }
        clock.set(wallMicros, back);
        if (!back && clock.chunk() != before) {
            finishAll();
        }
    }

    private void finishAll() {
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow) && !flows.held[flow]) {
                finish(flow);
            }
        }
    }

    /** Whether there was a chunk to finish. */
    private boolean finish(int flow) {
        if (flows.chunk[flow] == Flows.NO_CHUNK) {
            return false;
        }
        tell(flow, early);
        finished.add(ChunkMaker.of(flows, flow, isComplete(flow)));
        flows.close(flow);
        return true;
    }

    private boolean isComplete(int flow) {
        long living = flows.nowAt[flow] == rows.takes() ? flows.now[flow] : 0;
        return completeness.isWatched(flows.chunk[flow]) && flows.proofs.hasAll(flow, flows.closed[flow] + living);
    }

    /** Says what flow it is, where that is new or was last said long ago. */
    private void tell(int flow, List<FlowSeen> to) {
        boolean due = flows.told[flow] == 0 || Math.abs(flows.last[flow] - flows.told[flow]) >= TELL_MICROS;
        if (!due) {
            return;
        }
        flows.told[flow] = Math.max(1, flows.last[flow]);
        FlowIdentity identity = identity(flow);
        mentioned.set(key.process);
        if (flows.id[flow] < 0) {
            flows.id[flow] = identity.id();
        }
        to.add(new FlowSeen(flows.id[flow], identity, flows.first[flow], flows.last[flow]));
    }

    private FlowIdentity identity(int flow) {
        flows.key(flow, key);
        boolean isTranslated = key.translation != Translated.NONE;
        return new FlowIdentity(
                cast.id(key.process),
                key.direction,
                key.protocol,
                spaces.text(key.space, cast.identity(key.process).container()),
                RowReader.address(key.lHigh, key.lLow),
                RowReader.address(key.rHigh, key.rLow),
                key.port,
                isTranslated ? translated.local(key.translation) : null,
                isTranslated ? translated.peer(key.translation) : null,
                isTranslated ? translated.port(key.translation) : -1);
    }

    /** Flows of processes that were held get those that they are of. */
    private void release(int[] into) {
        if (into.length == 0) {
            return;
        }
        rows.reassign(into);
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow) && flows.held[flow]) {
                flows.key(flow, key);
                if (!cast.isHeld(into[key.process]) && into[key.process] != key.process) {
                    key.process = into[key.process];
                    boolean contained = !cast.identity(key.process).container().isEmpty();
                    key.space = spaces.known(key.space, contained);
                    book.rename(flow, key);
                }
            }
        }
    }

    private void keepWithinBounds() {
        boolean tooMany = flows.size() > limits.flows() - limits.flows() / 8;
        boolean allTranslated = translated.isFull();
        if (cast.isFull()) {
            rows.settle();
            forgetIdle(0);
            cast.keep(used());
            rows.forgetRecent();
        }
        boolean crowded = cast.isCrowded() && Math.abs(clock.micros() - lastEviction) >= TELL_MICROS;
        if (tooMany || allTranslated || crowded) {
            rows.settle();
            evict(tooMany || crowded, allTranslated);
            lastEviction = clock.micros();
            cast.keep(used());
            rows.forgetRecent();
        }
    }

    /**
     * Finishes chunks early and forgets their flows: of the quarter of flows that has been idle longest, of all that
     * are translated. Should they come again in the same ten minutes, then as those of another run.
     */
    private void evict(boolean idle, boolean allTranslated) {
        long limit = idle ? idleSince() : Long.MIN_VALUE;
        boolean any = false;
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (!flows.has(flow) || flows.held[flow]) {
                continue;
            }
            boolean isTranslated = flows.key(flow, key).translation != Translated.NONE;
            if (flows.last[flow] <= limit || allTranslated && isTranslated) {
                any |= finish(flow);
                flows.remove(flow);
            }
        }
        if (allTranslated) {
            translated.clear();
        }
        if (any) {
            clock.nextRun();
        }
    }

    /** Since when the quarter of flows that has been idle longest has been so; what is in use stays. */
    private long idleSince() {
        long[] order = new long[flows.size()];
        int count = 0;
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow)) {
                order[count++] = flows.last[flow];
            }
        }
        Arrays.sort(order);
        return Math.min(order[count / 4], clock.micros() - BUSY_MICROS);
    }

    private BitSet used() {
        BitSet used = new BitSet();
        used.or(mentioned);
        waiting.mark(used);
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow)) {
                used.set(flows.key(flow, key).process);
            }
        }
        return used;
    }

    /** What has changed since the last call, in the order in which it is to be stored; at least one batch. */
    public List<Batch> batches(AgentStatus status) {
        Batches out = new Batches(host, status);
        cast.tell(used()).forEach(out::add);
        mentioned.clear();
        tellPlaces(out);
        early.forEach(out::add);
        early.clear();
        List<FlowSeen> seen = new ArrayList<>();
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow) && flows.chunk[flow] != Flows.NO_CHUNK && !flows.held[flow]) {
                tell(flow, seen);
            }
        }
        seen.forEach(out::add);
        finished.forEach(out::addFinished);
        finished.clear();
        for (int flow = 0; flow < flows.limit(); flow++) {
            if (flows.has(flow) && flows.changed[flow] && !flows.held[flow]) {
                flows.changed[flow] = false;
                out.addLive(ChunkMaker.of(flows, flow, isComplete(flow)));
            }
        }
        gaps.forEach(out::add);
        gaps.clear();
        forgetIdle(HOUR_MICROS);
        return out.build();
    }

    /** Listeners and addresses; once an hour all that are still in use. */
    private void tellPlaces(Batches out) {
        if (Math.abs(clock.micros() - lastHour) >= HOUR_MICROS) {
            addresses.restart();
            waiting.forget(clock.micros() - HOUR_MICROS);
            for (int flow = 0; flow < flows.limit(); flow++) {
                if (flows.has(flow) && !flows.held[flow] && flows.last[flow] >= lastHour) {
                    book.noteAddress(flows.key(flow, key));
                }
            }
            lastHour = clock.micros();
        }
        waiting.tell(cast::identity, cast::id, spaces).forEach(out::add);
        addresses.tell().forEach(out::add);
    }

    /** Forgets flows without a chunk that have been idle for so long. */
    private void forgetIdle(long micros) {
        for (int flow = 0; flow < flows.limit(); flow++) {
            boolean idle = flows.has(flow)
                    && flows.chunk[flow] == Flows.NO_CHUNK
                    && !flows.held[flow]
                    && Math.abs(clock.micros() - flows.last[flow]) >= micros;
            if (idle && flows.variant[flow] == Flows.NONE) {
                flows.remove(flow);
            }
        }
    }

    /** The last batches: every chunk has come to its end. Nothing may be taken any more. */
    public List<Batch> finish(AgentStatus status) {
        release(cast.settle(true));
        rows.settle();
        rows.readListeners(last);
        completeness.blemish(clock);
        finishAll();
        return batches(status);
    }
}
