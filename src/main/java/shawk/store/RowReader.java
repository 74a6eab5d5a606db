package shawk.store;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.EventKind;
import shawk.model.OwnerProof;
import shawk.model.ProcessInfo;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * Counts what the rows of a snapshot say of its interval: connections that live, bundles of those that have ended, and
 * the ends themselves as evidence. Nothing is made for a row. Used by one thread.
 */
final class RowReader {
    private static final long ABSENT = SocketTable.ABSENT;
    private static final RowKind[] KINDS = RowKind.values();
    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final Direction[] DIRECTIONS = Direction.values();

    private final Cast cast;
    private final Spaces spaces;
    private final Translated translated;
    private final Flows flows;
    private final FlowBook book;
    private final Addresses addresses;
    private final Waiting waiting;
    private final Clock clock;
    private final FlowKey key = new FlowKey();
    private SocketTable table = SocketTable.EMPTY;
    private final RecentEnds recent = new RecentEnds();
    private final Unaccepted unaccepted;
    private final Amounts amounts = new Amounts();
    private long chunkBefore = Flows.NO_CHUNK;
    private long endedBefore;
    private int takes;
    private boolean first;
    private boolean exact;

    RowReader(
            Cast cast,
            Spaces spaces,
            Translated translated,
            Flows flows,
            FlowBook book,
            Addresses addresses,
            Waiting waiting,
            Clock clock,
            long seed) {
        this.cast = cast;
        this.spaces = spaces;
        this.translated = translated;
        this.flows = flows;
        this.book = book;
        this.addresses = addresses;
        this.waiting = waiting;
        this.clock = clock;
        this.unaccepted = new Unaccepted(seed);
    }

    /** How many samples were read: {@link Flows#nowAt} of the last one. */
    int takes() {
        return takes;
    }

    /** Takes in a sample; whether connections have ended that are not told of one by one. */
    boolean read(Snapshot snapshot) {
        takes++;
        table = snapshot.table();
        first = snapshot.sequence() == 1;
        exact = snapshot.exactCounts();
        boolean lingering = false;
        for (int row = 0; row < table.size(); row++) {
            long kind = table.value(Column.KIND, row);
            if (kind == ABSENT || table.value(Column.PROTOCOL, row) == Protocol.UNIX.ordinal()) {
                continue;
            }
            switch (KINDS[(int) kind]) {
                case CONNECTION, SUBFLOW -> readLiving(row, kind == RowKind.SUBFLOW.ordinal());
                case BUNDLE -> readBundle(row);
                case LISTENER -> readListener(row);
                case TIME_WAIT -> lingering = true;
                default -> {}
            }
        }
        if (lingering && !snapshot.exactCounts()) {
            readLingering();
        }
        boolean untold = readEnded(snapshot);
        unaccepted.giveUp(takes, key, this::addHeld);
        return untold;
    }

    private void readLiving(int row, boolean part) {
        boolean waits = part && !table.has(Column.RPORT, row);
        if (waits || isBetweenOwners(row)) {
            return;
        }
        readKey(row, part);
        boolean isTranslated = readTranslation(row);
        readAmounts(row);
        if (exact && isHeldBack(row, part)) {
            return;
        }
        int flow = book.flow(key, isTranslated);
        int element = book.touch(flow);
        if (!part) {
            if (flows.nowAt[flow] != takes) {
                flows.nowAt[flow] = takes;
                flows.now[flow] = 0;
            }
            int now = ++flows.now[flow];
            if (now > flows.minutes.peak[element]) {
                flows.minutes.peak[element] = now;
                flows.changed[flow] = true;
            }
        }
        addAmounts(flow, element);
        long rtt = table.value(Column.RTT, row);
        if (rtt > 0) {
            flows.minutes.rttSum[element] += rtt;
            flows.minutes.rttCount[element]++;
        }
        if (table.value(Column.STATE, row) != SocketState.SYN_SENT.ordinal() && !isOwnerOpen(row)) {
            addEvidence(row, flow, part, isTranslated);
        }
    }

    /**
     * Where the kernel counts: a socket that no process holds, before it is accepted or after it was closed. What it
     * has counted comes with its end, and whose it was.
     */
    private boolean isBetweenOwners(int row) {
        return exact
                && table.value(Column.PROTOCOL, row) == Protocol.TCP.ordinal()
                && !table.has(Column.ORDINAL, row)
                && !table.has(Column.OWNER, row);
    }

    /**
     * Whether a new connection may yet turn out to be another process's than the one that accepts at its end: then its
     * hash would join the wrong ones. It comes with the next sample, or with its end.
     */
    private boolean isOwnerOpen(int row) {
        return exact
                && table.value(Column.OWNER_PROOF, row) != OwnerProof.PROVEN.ordinal()
                && table.value(Column.OPENED_NOW, row) > 0;
    }

    private void readBundle(int row) {
        readAmounts(row);
        if (amounts.areNone()) {
            return;
        }
        readKey(row, false);
        int flow = book.flow(key, false);
        addAmounts(flow, book.touch(flow));
    }

    private void readAmounts(int row) {
        amounts.opened = counted(row, Column.OPENED_NOW, Column.OPENED);
        amounts.closed = counted(row, Column.CLOSED_NOW, Column.CLOSED);
        amounts.failed = counted(row, Column.FAILED_NOW, Column.FAILED);
        amounts.tx = positive(row, Column.TX_NOW);
        amounts.rx = positive(row, Column.RX_NOW);
        amounts.retrans = positive(row, Column.RETRANS_NOW);
    }

    private void addAmounts(int flow, int element) {
        if (amounts.areNone()) {
            return;
        }
        Minutes minutes = flows.minutes;
        minutes.opened[element] += (int) amounts.opened;
        minutes.closed[element] += (int) amounts.closed;
        minutes.failed[element] += (int) amounts.failed;
        minutes.tx[element] += amounts.tx;
        minutes.rx[element] += amounts.rx;
        minutes.retrans[element] += (int) amounts.retrans;
        flows.closed[flow] += amounts.closed;
        flows.changed[flow] = true;
    }

    /**
     * Whether the amounts of a row wait until somebody accepts it; those of one that waited before are among them now.
     */
    private boolean isHeldBack(int row, boolean part) {
        long cookie = table.value(Column.COOKIE, row);
        boolean waits = !part
                && key.direction == Direction.IN
                && !table.has(Column.INODE, row)
                && table.value(Column.OWNER_PROOF, row) == OwnerProof.INFERRED.ordinal();
        if (waits && unaccepted.hold(cookie, key, amounts, takes)) {
            return true;
        }
        unaccepted.take(cookie, amounts);
        return false;
    }

    private void addHeld(FlowKey of, Amounts held) {
        amounts.clear();
        amounts.add(held);
        int flow = book.flow(of, of.translation != Translated.NONE);
        addAmounts(flow, book.touch(flow));
    }

    /** Of the first sample of a run everything that was counted since it began is of its interval. */
    private long counted(int row, Column now, Column sinceStart) {
        return positive(row, first ? sinceStart : now);
    }

    private long positive(int row, Column column) {
        return Math.max(0, table.value(column, row));
    }

    private void readListener(int row) {
        if (!table.has(Column.LPORT, row)) {
            return;
        }
        long owner = table.value(Column.OWNER, row);
        int process = owner == ABSENT ? Cast.NOBODY : cast.number((int) owner);
        if (cast.isHeld(process) || table.value(Column.LPORT, row) == 0) {
            return;
        }
        boolean contained = owner != ABSENT && cast.isContained((int) owner);
        int space = spaces.number(table.value(Column.NETNS, row), contained);
        long high = table.value(Column.LADDR_HIGH, row);
        long low = table.value(Column.LADDR_LOW, row);
        Protocol protocol = PROTOCOLS[(int) table.value(Column.PROTOCOL, row)];
        waiting.add(process, space, protocol, high, low, (int) table.value(Column.LPORT, row));
        addresses.add(spaces.text(space, cast.identity(process).container()), high, low);
    }

    /** The listeners of a sample once more: what their processes are has been decided since. */
    void readListeners(Snapshot snapshot) {
        table = snapshot.table();
        for (int row = 0; row < table.sockets(); row++) {
            if (table.value(Column.KIND, row) == RowKind.LISTENER.ordinal()
                    && table.value(Column.PROTOCOL, row) != Protocol.UNIX.ordinal()) {
                readListener(row);
            }
        }
    }

    /** Where nobody tells of ends, TIME_WAIT does; those whose end was counted now or lately. */
    private void readLingering() {
        for (int row = 0; row < table.sockets(); row++) {
            if (table.value(Column.KIND, row) == RowKind.TIME_WAIT.ordinal()) {
                readKey(row, false);
                addEvidenceOfEnd(row, false);
            }
        }
    }

    /** Takes in the ends of this interval; whether some are not told of any more. */
    private boolean readEnded(Snapshot snapshot) {
        placeRecent();
        long fresh = snapshot.ended().total()
                - (takes == 1 && !first ? snapshot.ended().total() : endedBefore);
        endedBefore = snapshot.ended().total();
        if (fresh <= 0) {
            return false;
        }
        Snapshot ends = snapshot.ended().latest(fresh);
        table = ends.table();
        int count = (int) Math.min(fresh, table.size());
        for (int row = 0; row < count; row++) {
            long owner = table.value(Column.OWNER, row);
            ProcessInfo process = owner == ABSENT ? null : ends.processes().get((int) owner);
            int number = process == null ? Cast.NOBODY : cast.past(process);
            if (number != Cast.NONE) {
                readKey(row, number, process != null && !process.container().isEmpty(), false);
                amounts.clear();
                if (unaccepted.take(table.value(Column.COOKIE, row), amounts)) {
                    int flow = book.flow(key, false);
                    addAmounts(flow, book.touch(flow));
                }
                boolean failed = table.value(Column.EVENT, row) == EventKind.FAILED.ordinal();
                boolean placed = addEvidenceOfEnd(row, failed);
                recent.add(key, hash(row), failed, placed);
            }
        }
        return count < fresh;
    }

    /** Ends of the sample before, whose counts may only have come now: perhaps in a chunk that has begun since. */
    private void placeRecent() {
        boolean begun = clock.chunk() != chunkBefore;
        for (int end = 0; end < recent.size(); end++) {
            if (begun || !recent.isPlaced(end)) {
                recent.key(end, key);
                int flow = book.open(key);
                if (flow != Flows.NONE && recent.hash(end) >= 0) {
                    boolean extra = recent.isPlaced(end) || recent.isFailed(end);
                    add(flow, recent.hash(end), extra);
                }
            }
        }
        recent.clear();
        chunkBefore = clock.chunk();
    }

    /** Processes that were held have the numbers that {@code into} has at their own. */
    void reassign(int[] into) {
        recent.reassign(into, key);
        unaccepted.reassign(into, cast, spaces, key);
    }

    /** What is held back counts now, as far as is known. */
    void settle() {
        unaccepted.giveUp(takes + 1, key, this::addHeld);
    }

    /** The numbers of processes stand for others from now on. */
    void forgetRecent() {
        recent.clear();
    }

    /** Whether the flow of the key has a chunk, so that it has the evidence of the row now. */
    private boolean addEvidenceOfEnd(int row, boolean extra) {
        int flow = book.open(key);
        if (flow == Flows.NONE) {
            return false;
        }
        long rtt = table.value(Column.RTT, row);
        if (rtt > 0 && flows.tail[flow] != Minutes.NONE) {
            flows.minutes.rttSum[flows.tail[flow]] += rtt;
            flows.minutes.rttCount[flows.tail[flow]]++;
        }
        addEvidence(row, flow, extra, false);
        return true;
    }

    private void addEvidence(int row, int flow, boolean extra, boolean isTranslated) {
        long seen = hash(row);
        if (seen < 0) {
            return;
        }
        add(flow, seen, extra);
        if (isTranslated) {
            boolean local = table.has(Column.NAT_LPORT, row);
            boolean remote = table.has(Column.NAT_RPORT, row);
            long other = Evidence.of(
                    protocolNumber(),
                    table.value(local ? Column.NAT_LADDR_HIGH : Column.LADDR_HIGH, row),
                    table.value(local ? Column.NAT_LADDR_LOW : Column.LADDR_LOW, row),
                    (int) table.value(local ? Column.NAT_LPORT : Column.LPORT, row),
                    table.value(remote ? Column.NAT_RADDR_HIGH : Column.RADDR_HIGH, row),
                    table.value(remote ? Column.NAT_RADDR_LOW : Column.RADDR_LOW, row),
                    (int) table.value(remote ? Column.NAT_RPORT : Column.RPORT, row));
            add(flow, other, true);
        }
    }

    private void add(int flow, long hash, boolean extra) {
        flows.changed[flow] |= extra ? flows.proofs.add(flow, hash) : flows.proofs.addConnection(flow, hash);
    }

    private int protocolNumber() {
        return key.protocol == Protocol.UDP ? Protocol.UDP.number() : Protocol.TCP.number();
    }

    /** The hash of a row's ends; -1 where they are not both known. */
    private long hash(int row) {
        long lHigh = table.value(Column.LADDR_HIGH, row);
        long lLow = table.value(Column.LADDR_LOW, row);
        long rLow = table.value(Column.RADDR_LOW, row);
        long lport = table.value(Column.LPORT, row);
        long rport = table.value(Column.RPORT, row);
        if (rport == ABSENT || lport == ABSENT || rLow == ABSENT || Address.isWildcard(lHigh, lLow)) {
            return -1;
        }
        return Evidence.of(
                protocolNumber(), lHigh, lLow, (int) lport, table.value(Column.RADDR_HIGH, row), rLow, (int) rport);
    }

    private void readKey(int row, boolean part) {
        long owner = table.value(Column.OWNER, row);
        boolean owned = owner != ABSENT;
        readKey(row, owned ? cast.number((int) owner) : Cast.NOBODY, owned && cast.isContained((int) owner), part);
    }

    private void readKey(int row, int process, boolean contained, boolean part) {
        key.process = process;
        key.space = spaces.number(table.value(Column.NETNS, row), contained);
        key.lHigh = table.value(Column.LADDR_HIGH, row);
        key.lLow = table.value(Column.LADDR_LOW, row);
        key.rHigh = table.value(Column.RADDR_HIGH, row);
        key.rLow = table.value(Column.RADDR_LOW, row);
        key.direction = DIRECTIONS[(int) table.value(Column.DIRECTION, row)];
        key.protocol = part ? Protocol.MPTCP : PROTOCOLS[(int) table.value(Column.PROTOCOL, row)];
        key.port = (int) Math.max(-1, table.value(Column.PORT, row));
        key.translation = Translated.NONE;
    }

    /** Takes into the key what conntrack makes of a row's ends; whether it makes anything of them. */
    private boolean readTranslation(int row) {
        boolean local = table.has(Column.NAT_LPORT, row);
        boolean remote = table.has(Column.NAT_RPORT, row);
        if (!local && !remote) {
            return false;
        }
        long lHigh = local ? table.value(Column.NAT_LADDR_HIGH, row) : key.lHigh;
        long lLow = local ? table.value(Column.NAT_LADDR_LOW, row) : key.lLow;
        long rHigh = remote ? table.value(Column.NAT_RADDR_HIGH, row) : key.rHigh;
        long rLow = remote ? table.value(Column.NAT_RADDR_LOW, row) : key.rLow;
        boolean otherLocal = lLow != key.lLow || lHigh != key.lHigh;
        boolean otherRemote = rLow != key.rLow || rHigh != key.rHigh;
        long port = key.direction == Direction.IN
                ? table.value(Column.NAT_LPORT, row)
                : key.direction == Direction.OUT ? table.value(Column.NAT_RPORT, row) : ABSENT;
        key.translation = translated.number(
                otherLocal ? lHigh : ABSENT,
                otherLocal ? lLow : ABSENT,
                otherRemote ? rHigh : ABSENT,
                otherRemote ? rLow : ABSENT,
                port == ABSENT || port == key.port ? -1 : (int) port);
        return true;
    }

    @Nullable
    static Address address(long high, long low) {
        return low == ABSENT ? null : new Address(high, low);
    }
}
