package shawk.flow;

import java.util.Arrays;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Family;
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

    private final long seed;
    private final int bound;
    private HashIndex index = new HashIndex(256);
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
    private long[] opened = new long[64];
    private long[] closed = new long[64];
    private long[] failed = new long[64];
    private long[] openedNow = new long[64];
    private long[] closedNow = new long[64];
    private long[] failedNow = new long[64];
    private long[] changed = new long[64];

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
        Arrays.fill(openedNow, 0, size, 0);
        Arrays.fill(closedNow, 0, size, 0);
        Arrays.fill(failedNow, 0, size, 0);
    }

    /** The bundle that the known connection {@code id} counts in; made where there is none. */
    int of(Connections c, int id, Family family, OwnerProof ownerProof, long sequence) {
        int slot = size;
        ensureRoom();
        netns[slot] = c.netns[id];
        lHigh[slot] = c.lHigh[id];
        lLow[slot] = c.lLow[id];
        rHigh[slot] = c.rHigh[id];
        rLow[slot] = c.rLow[id];
        owner[slot] = c.owner[id];
        port[slot] = c.port[id];
        traits[slot] = traits(c.protocol[id], c.direction[id], family);
        return settle(slot, ownerProof, sequence);
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
        opened[slot] = 0;
        closed[slot] = 0;
        failed[slot] = 0;
        openedNow[slot] = 0;
        closedNow[slot] = 0;
        failedNow[slot] = 0;
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
        opened[id]++;
        openedNow[id] += inThisInterval ? 1 : 0;
    }

    void addClosed(int id) {
        closed[id]++;
        closedNow[id]++;
    }

    void addFailed(int id) {
        failed[id]++;
        failedNow[id]++;
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

    /** Keeps the number of bundles within the bound. */
    void shrink() {
        if (size <= bound) {
            return;
        }
        long[] order = Arrays.copyOf(changed, size);
        Arrays.sort(order);
        long limit = order[size - bound * 3 / 4];
        coarsened += coarsen(limit, false);
        if (size > bound) {
            coarsen(limit, true);
        }
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
        index = new HashIndex(Math.max(256, before));
        size = 0;
        for (int id = 0; id < before; id++) {
            long[] counts = {opened[id], closed[id], failed[id], openedNow[id], closedNow[id], failedNow[id]};
            copyKey(id, size);
            int into = settle(size, proof[id], changed[id]);
            opened[into] += counts[0];
            closed[into] += counts[1];
            failed[into] += counts[2];
            openedNow[into] += counts[3];
            closedNow[into] += counts[4];
            failedNow[into] += counts[5];
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
        opened = Arrays.copyOf(opened, capacity);
        closed = Arrays.copyOf(closed, capacity);
        failed = Arrays.copyOf(failed, capacity);
        openedNow = Arrays.copyOf(openedNow, capacity);
        closedNow = Arrays.copyOf(closedNow, capacity);
        failedNow = Arrays.copyOf(failedNow, capacity);
        changed = Arrays.copyOf(changed, capacity);
    }

    /** Writes every bundle, from row {@code row} on. */
    void write(SocketTable.Builder table, int row, Processes processes, Texts texts, boolean hasInterval) {
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
            table.set(Column.OPENED, at, opened[id]);
            table.set(Column.CLOSED, at, closed[id]);
            table.set(Column.FAILED, at, failed[id]);
            table.set(Column.OPENED_NOW, at, hasInterval ? openedNow[id] : ABSENT);
            table.set(Column.CLOSED_NOW, at, hasInterval ? closedNow[id] : ABSENT);
            table.set(Column.FAILED_NOW, at, hasInterval ? failedNow[id] : ABSENT);
        }
    }
}
