package shawk.flow;

import java.util.Arrays;
import shawk.model.BundleRecord;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
import shawk.model.HashIndex;
import shawk.model.OwnerProof;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketTable;

/**
 * Counts of ended connections, per namespace, owner, direction, protocol, local and remote address, and service port.
 * At the bound the least lately changed quarter lose their addresses, and where that is not enough all but protocol and
 * direction: counts are never lost. Used by one thread.
 */
final class Bundles {
    private static final long ABSENT = SocketTable.ABSENT;
    private static final Amount[] AMOUNTS = Amount.values();
    private static final double NANOS_PER_SECOND = 1e9;

    private final long seed;
    private final int bound;
    private final HashIndex index = new HashIndex(256);
    private int size;
    private long coarsened;

    private long[] netns = new long[64];
    private long[] lHigh = new long[64];
    private long[] lLow = new long[64];
    private long[] rHigh = new long[64];
    private long[] rLow = new long[64];
    private int[] owner = new int[64];
    private int[] port = new int[64];
    /** Protocol, direction and family, in this order. */
    private int[] traits = new int[64];

    private OwnerProof[] proof = new OwnerProof[64];
    private long[] changed = new long[64];
    /** Whether bytes and segments are known. */
    private boolean[] measured = new boolean[64];
    /** By {@link Amount}, then by bundle. */
    private final long[][] amounts = new long[AMOUNTS.length][64];

    private final long[] scratch = new long[AMOUNTS.length];

    /** What is counted, and the column that shows it; those of the last interval come last. */
    private enum Amount {
        OPENED(Column.OPENED, false),
        CLOSED(Column.CLOSED, false),
        FAILED(Column.FAILED, false),
        TX_BYTES(Column.TX_BYTES, true),
        RX_BYTES(Column.RX_BYTES, true),
        RETRANS(Column.RETRANS, true),
        SEGS_OUT(Column.SEGS_OUT, true),
        OPENED_NOW(Column.OPENED_NOW, false),
        CLOSED_NOW(Column.CLOSED_NOW, false),
        FAILED_NOW(Column.FAILED_NOW, false),
        /** Bytes, shown as a rate. */
        TX_NOW(Column.TX_RATE, true),
        RX_NOW(Column.RX_RATE, true),
        /** Without those that samples have shown while the connections lived. */
        RETRANS_NOW(Column.RETRANS_NOW, true);

        private final Column column;
        private final boolean measured;

        Amount(Column column, boolean measured) {
            this.column = column;
            this.measured = measured;
        }

        private boolean isOfInterval() {
            return compareTo(OPENED_NOW) >= 0;
        }

        private boolean isRate() {
            return this == TX_NOW || this == RX_NOW;
        }
    }

    Bundles(int bound, long seed) {
        this.bound = bound;
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** How many bundles have lost their addresses, or more, since the start. */
    long coarsened() {
        return coarsened;
    }

    /** A new interval begins. */
    void beginInterval() {
        for (Amount each : AMOUNTS) {
            if (each.isOfInterval()) {
                Arrays.fill(amounts[each.ordinal()], 0, size, 0);
            }
        }
    }

    /** The bundle that the known connection {@code id} counts in; made where there is none. */
    int of(Connections c, int id, Family family, OwnerProof ownerProof, long sequence) {
        int slot = size;
        ensureRoom();
        netns[slot] = c.ends.netns[id];
        lHigh[slot] = c.ends.lHigh[id];
        lLow[slot] = c.ends.lLow[id];
        rHigh[slot] = c.ends.rHigh[id];
        rLow[slot] = c.ends.rLow[id];
        owner[slot] = c.owner[id];
        port[slot] = c.port[id];
        traits[slot] = traits(c.protocol[id], c.direction[id], family);
        return settle(slot, ownerProof, sequence);
    }

    /**
     * Takes in what one record counts, of ends that {@code key} has and of whom {@code attribution} says; returns the
     * bundle's number.
     */
    int add(BundleRecord r, SocketKey key, Attribution attribution, long sequence) {
        int slot = size;
        ensureRoom();
        netns[slot] = key.netns;
        lHigh[slot] = key.lHigh;
        lLow[slot] = key.lLow;
        rHigh[slot] = key.rHigh;
        rLow[slot] = key.rLow;
        owner[slot] = attribution.owner;
        port[slot] = attribution.port;
        traits[slot] = traits(key.protocol, attribution.direction, RowWriter.family(key.lHigh, key.lLow));
        if (key.netns == 0) {
            dropAddresses(slot);
            dropOwner(slot);
        }
        int id = settle(slot, attribution.proof, sequence);
        measured[id] = true;
        add(Amount.OPENED, id, r.opened());
        add(Amount.CLOSED, id, r.closed());
        add(Amount.FAILED, id, r.failed());
        add(Amount.TX_BYTES, id, r.txBytes());
        add(Amount.RX_BYTES, id, r.rxBytes());
        add(Amount.RETRANS, id, r.retrans());
        add(Amount.SEGS_OUT, id, r.segsOut());
        add(Amount.OPENED_NOW, id, r.openedNow());
        add(Amount.CLOSED_NOW, id, r.closed());
        add(Amount.FAILED_NOW, id, r.failed());
        add(Amount.TX_NOW, id, r.txNow());
        add(Amount.RX_NOW, id, r.rxNow());
        add(Amount.RETRANS_NOW, id, r.retrans());
        return id;
    }

    private void add(Amount amount, int id, long count) {
        amounts[amount.ordinal()][id] += count;
    }

    private static int traits(Protocol protocol, Direction direction, Family family) {
        return protocol.ordinal() << 16 | direction.ordinal() << 8 | family.ordinal();
    }

    /** The bundle equal to the key written at {@code slot}, the first free one; that slot itself where it is new. */
    private int settle(int slot, OwnerProof ownerProof, long sequence) {
        int hashed = hash(slot);
        for (int at = index.first(hashed); index.id(at) >= 0; at = index.next(at)) {
            int id = index.id(at);
            if (index.hash(at) == hashed && isSame(id, slot)) {
                proof[id] = worse(proof[id], ownerProof);
                changed[id] = Math.max(changed[id], sequence);
                return id;
            }
        }
        proof[slot] = ownerProof;
        measured[slot] = false;
        for (long[] each : amounts) {
            each[slot] = 0;
        }
        changed[slot] = sequence;
        index.add(hashed, slot);
        size++;
        return slot;
    }

    private static OwnerProof worse(OwnerProof a, OwnerProof b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private boolean isSame(int a, int b) {
        return rLow[a] == rLow[b]
                && rHigh[a] == rHigh[b]
                && lLow[a] == lLow[b]
                && lHigh[a] == lHigh[b]
                && owner[a] == owner[b]
                && port[a] == port[b]
                && traits[a] == traits[b]
                && netns[a] == netns[b];
    }

    private int hash(int id) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, rLow[id]), lLow[id]);
        mixed = HashIndex.mix(HashIndex.mix(mixed, rHigh[id]), lHigh[id]);
        mixed = HashIndex.mix(HashIndex.mix(mixed, (long) owner[id] << 32 | port[id] & 0xffffffffL), traits[id]);
        return HashIndex.fold(HashIndex.mix(mixed, netns[id]));
    }

    void addOpened(int id, boolean inThisInterval) {
        add(Amount.OPENED, id, 1);
        add(Amount.OPENED_NOW, id, inThisInterval ? 1 : 0);
    }

    void addClosed(int id) {
        add(Amount.CLOSED, id, 1);
        add(Amount.CLOSED_NOW, id, 1);
    }

    void addFailed(int id) {
        add(Amount.FAILED, id, 1);
        add(Amount.FAILED_NOW, id, 1);
    }

    /** A connection that the kernel counts as ended now has had {@code segments} retransmitted while it was seen. */
    void addShownRetrans(int id, long segments) {
        add(Amount.RETRANS_NOW, id, -segments);
    }

    /**
     * Gives every bundle the owner that {@code owners} has at the number of its own; bundles that become equal become
     * one.
     */
    void reassign(int[] owners) {
        for (int id = 0; id < size; id++) {
            if (owner[id] >= 0) {
                owner[id] = owners[owner[id]];
            }
        }
        rebuild();
    }

    /** Keeps the number of bundles within the bound; whether bundles have other numbers now. */
    boolean shrink() {
        if (size <= bound) {
            return false;
        }
        long[] order = Arrays.copyOf(changed, size);
        Arrays.sort(order);
        long limit = order[size - bound * 3 / 4];
        coarsened += coarsen(limit, false);
        if (size > bound) {
            coarsen(limit, true);
        }
        return true;
    }

    private int coarsen(long changedUpTo, boolean ownerToo) {
        int count = 0;
        for (int id = 0; id < size; id++) {
            if (changed[id] <= changedUpTo) {
                count++;
                dropAddresses(id);
                if (ownerToo) {
                    dropOwner(id);
                }
            }
        }
        rebuild();
        return count;
    }

    private void dropAddresses(int id) {
        lHigh[id] = ABSENT;
        lLow[id] = ABSENT;
        rHigh[id] = ABSENT;
        rLow[id] = ABSENT;
    }

    private void dropOwner(int id) {
        netns[id] = ABSENT;
        owner[id] = Connections.NOBODY;
        proof[id] = OwnerProof.UNKNOWN;
        port[id] = -1;
    }

    /** Indexes every bundle anew, adding up those that have become equal. */
    private void rebuild() {
        int before = size;
        index.clear();
        size = 0;
        for (int id = 0; id < before; id++) {
            for (int i = 0; i < scratch.length; i++) {
                scratch[i] = amounts[i][id];
            }
            boolean wasMeasured = measured[id];
            copyKey(id, size);
            int into = settle(size, proof[id], changed[id]);
            measured[into] |= wasMeasured;
            for (int i = 0; i < scratch.length; i++) {
                amounts[i][into] += scratch[i];
            }
        }
    }

    private void copyKey(int from, int to) {
        netns[to] = netns[from];
        lHigh[to] = lHigh[from];
        lLow[to] = lLow[from];
        rHigh[to] = rHigh[from];
        rLow[to] = rLow[from];
        owner[to] = owner[from];
        port[to] = port[from];
        traits[to] = traits[from];
    }

    private void ensureRoom() {
        if (size < netns.length) {
            return;
        }
        int capacity = 2 * size;
        netns = Arrays.copyOf(netns, capacity);
        lHigh = Arrays.copyOf(lHigh, capacity);
        lLow = Arrays.copyOf(lLow, capacity);
        rHigh = Arrays.copyOf(rHigh, capacity);
        rLow = Arrays.copyOf(rLow, capacity);
        owner = Arrays.copyOf(owner, capacity);
        port = Arrays.copyOf(port, capacity);
        traits = Arrays.copyOf(traits, capacity);
        proof = Arrays.copyOf(proof, capacity);
        measured = Arrays.copyOf(measured, capacity);
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = Arrays.copyOf(amounts[i], capacity);
        }
        changed = Arrays.copyOf(changed, capacity);
    }

    /**
     * Writes every bundle, from row {@code row} on; {@code elapsedNanos}: since the sample before, 0 = there is none.
     */
    void write(SocketTable.Builder table, int row, Processes processes, Texts texts, long elapsedNanos) {
        for (int id = 0; id < size; id++) {
            int at = row + id;
            Protocol protocol = Protocol.values()[traits[id] >>> 16];
            table.set(Column.KIND, at, RowKind.BUNDLE.ordinal());
            table.set(Column.PROTOCOL, at, protocol.ordinal());
            table.set(Column.DIRECTION, at, traits[id] >>> 8 & 0xff);
            table.set(Column.NETNS, at, netns[id]);
            table.set(Column.LADDR_HIGH, at, lHigh[id]);
            table.set(Column.LADDR_LOW, at, lLow[id]);
            table.set(Column.RADDR_HIGH, at, rHigh[id]);
            table.set(Column.RADDR_LOW, at, rLow[id]);
            table.set(Column.FAMILY, at, traits[id] & 0xff);
            if (port[id] >= 0) {
                table.set(Column.PORT, at, port[id]);
                table.set(Column.SERVICE, at, texts.service(protocol, port[id]));
            }
            if (owner[id] >= 0) {
                table.set(Column.OWNER, at, processes.place(owner[id]));
            }
            table.set(Column.OWNER_PROOF, at, proof[id].ordinal());
            writeAmounts(table, at, id, elapsedNanos);
        }
    }

    private void writeAmounts(SocketTable.Builder table, int row, int id, long elapsedNanos) {
        if (measured[id]) {
            table.set(Column.TX_NOW, row, amounts[Amount.TX_NOW.ordinal()][id]);
            table.set(Column.RX_NOW, row, amounts[Amount.RX_NOW.ordinal()][id]);
            table.set(Column.RETRANS_NOW, row, Math.max(0, amounts[Amount.RETRANS_NOW.ordinal()][id]));
        }
        for (Amount each : AMOUNTS) {
            long amount = amounts[each.ordinal()][id];
            boolean known = measured[id] || !each.measured;
            boolean ofRow = each != Amount.RETRANS_NOW && (elapsedNanos > 0 || !each.isOfInterval());
            if (known && ofRow) {
                table.set(
                        each.column,
                        row,
                        each.isRate() ? Math.round(amount * NANOS_PER_SECOND / elapsedNanos) : amount);
            }
        }
    }
}
