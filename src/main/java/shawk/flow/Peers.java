package shawk.flow;

import java.util.Arrays;
import shawk.model.Address;
import shawk.model.Protocol;
import shawk.model.RowKind;

/**
 * The other end of each connection that ends on this host too: the socket with the same two ends the other way round.
 * It is looked for in the same namespace first; in another one only where exactly one has it, whose own other end is
 * this one, and never at a loopback address, which does not leave its namespace. A connected UDP socket that has no
 * such counterpart talks to the socket that waits at its remote end. Used by one thread.
 */
final class Peers {
    private static final int NONE = -1;

    /**
     * UDP sockets may share both of their ends: so many of them are looked at. More in the index would only make every
     * search longer.
     */
    private static final int LOOKALIKES = 16;

    private final Connections connections;
    private final Listeners listeners;
    /** Local addresses of all namespaces together. */
    private final AddressSet hosts;

    private final HashIndex index = new HashIndex(64);
    private final long seed;
    /** Connections that may have their other end here, and what their ends hash to. */
    private int[] ids = new int[64];

    private int[] hashes = new int[64];
    private int size;

    Peers(Connections connections, Listeners listeners, AddressSet hosts, long seed) {
        this.connections = connections;
        this.listeners = listeners;
        this.hosts = hosts;
        this.seed = seed;
    }

    void clear() {
        index.clear();
        size = 0;
    }

    /** Takes in socket {@code id} of this sample; all local addresses are known by now. */
    void add(int id) {
        connections.peer[id] = NONE;
        if (!mayEndHere(id)) {
            return;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        int hashed = hash(id);
        ids[size] = id;
        hashes[size++] = hashed;
        int alike = 0;
        for (int slot = index.first(hashed); index.id(slot) >= 0 && alike < LOOKALIKES; slot = index.next(slot)) {
            alike += index.hash(slot) == hashed ? 1 : 0;
        }
        if (alike < LOOKALIKES) {
            index.add(hashed, id);
        }
    }

    private boolean mayEndHere(int id) {
        boolean connected = connections.kind[id] == RowKind.CONNECTION || connections.kind[id] == RowKind.TIME_WAIT;
        return connected && (isLoopback(id) || hosts.contains(0, connections.rHigh[id], connections.rLow[id]));
    }

    private boolean isLoopback(int id) {
        return Address.isLoopback(connections.rHigh[id], connections.rLow[id])
                || Address.isLoopback(connections.lHigh[id], connections.lLow[id]);
    }

    /** The same for both ends of a connection; those at a loopback address are told apart by namespace. */
    private int hash(int id) {
        int ports = connections.ports[id];
        long local = end(connections.lHigh[id], connections.lLow[id], ports >>> 16);
        long remote = end(connections.rHigh[id], connections.rLow[id], ports & 0xffff);
        long space = isLoopback(id) ? connections.netns[id] : 0;
        return HashIndex.fold(HashIndex.mix(local + remote, space << 8 | connections.protocol[id].ordinal()));
    }

    private long end(long high, long low, int port) {
        return HashIndex.mix(HashIndex.mix(seed ^ port, low), high);
    }

    /** Finds the other end of each connection that was taken in; owners are known by now. */
    void join() {
        for (int i = 0; i < size; i++) {
            int id = ids[i];
            int found = search(id, hashes[i]);
            boolean other = found != NONE && connections.netns[found] != connections.netns[id];
            connections.peer[id] = other && search(found, hashes[i]) != id ? NONE : found;
        }
    }

    /** The only counterpart of {@code id} in its namespace, or else anywhere; several with one owner are as one. */
    private int search(int id, int hashed) {
        int best = NONE;
        boolean here = false;
        boolean several = false;
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int found = index.id(slot);
            if (index.hash(slot) != hashed || !isReversed(id, found)) {
                continue;
            }
            boolean same = connections.netns[found] == connections.netns[id];
            if (!same && isLoopback(id)) {
                continue;
            }
            if (same && !here) {
                here = true;
                several = false;
                best = found;
            } else if (same == here) {
                several |= best != NONE && connections.owner[found] != connections.owner[best];
                best = best == NONE ? found : best;
            }
        }
        return several ? NONE : best;
    }

    private boolean isReversed(int a, int b) {
        return connections.ports[a] == Integer.rotateLeft(connections.ports[b], 16)
                && connections.lLow[a] == connections.rLow[b]
                && connections.rLow[a] == connections.lLow[b]
                && connections.lHigh[a] == connections.rHigh[b]
                && connections.rHigh[a] == connections.lHigh[b]
                && connections.protocol[a] == connections.protocol[b];
    }

    /** The process at the other end of socket {@code id}, {@link Connections#NOBODY} where it is not known. */
    int owner(int id, SocketKey key) {
        int peer = connections.peer[id];
        if (peer != NONE) {
            return connections.owner[peer];
        }
        if (key.protocol != Protocol.UDP || !mayEndHere(id)) {
            return Connections.NOBODY;
        }
        int device = isLoopback(id) ? Listeners.ANY_DEVICE : key.ifindex;
        int waiting = listeners.find(key.netns, key.protocol, key.rHigh, key.rLow, key.rport, device);
        return waiting == Listeners.NONE ? Connections.NOBODY : listeners.owner(waiting);
    }
}
