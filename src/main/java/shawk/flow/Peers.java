package shawk.flow;

import java.util.Arrays;
import shawk.model.Address;
import shawk.model.HashIndex;
import shawk.model.Protocol;
import shawk.model.RowKind;

/**
 * The other end of each connection that ends on this host too: the socket with the same two ends the other way round,
 * or, of a connection that is translated, with the ends that conntrack says. It is looked for in the same namespace
 * first; in another one only where exactly one has it, and, unless conntrack says so, only where the search leads back
 * from there; never at a loopback address, which does not leave its namespace. A connected UDP socket that has no such
 * counterpart talks to the socket that waits at its remote end. Used by one thread.
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

    private final Translations translations;
    private final HashIndex index = new HashIndex(64);
    private final long seed;
    private final Ends wanted = new Ends();
    private final Ends own = new Ends();
    /** Connections that may have their other end here, and what their ends hash to. */
    private int[] ids = new int[64];

    private int[] hashes = new int[64];
    private int size;

    Peers(Connections connections, Listeners listeners, AddressSet hosts, Translations translations, long seed) {
        this.connections = connections;
        this.listeners = listeners;
        this.hosts = hosts;
        this.translations = translations;
        this.seed = seed;
    }

    void clear() {
        index.clear();
        size = 0;
    }

    /** Takes in socket {@code id} of this sample; all local addresses are known by now. */
    void add(int id) {
        connections.peer[id] = NONE;
        if (!isConnected(id) || !mayEndHere(id) && !translated(id, wanted)) {
            return;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        wanted.turned(connections, id);
        int hashed = hash(wanted, connections.ends.netns[id]);
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

    private boolean isConnected(int id) {
        return connections.kind[id] == RowKind.CONNECTION || connections.kind[id] == RowKind.TIME_WAIT;
    }

    private boolean mayEndHere(int id) {
        long high = connections.ends.rHigh[id];
        long low = connections.ends.rLow[id];
        return Address.isLoopback(high, low)
                || Address.isLoopback(connections.ends.lHigh[id], connections.ends.lLow[id])
                || hosts.contains(0, high, low);
    }

    /** Writes the ends of the true counterpart of connection {@code id}; false where nothing is translated. */
    boolean translated(int id, Ends out) {
        if (translations.isEmpty()) {
            return false;
        }
        own.of(connections, id);
        own.protocol = own.protocol == Protocol.MPTCP ? Protocol.TCP : own.protocol;
        return translations.find(connections.ends.netns[id], own, out);
    }

    private static boolean isLoopback(Ends ends) {
        return Address.isLoopback(ends.rHigh, ends.rLow) || Address.isLoopback(ends.lHigh, ends.lLow);
    }

    /** The same for both ends of a connection; those at a loopback address are told apart by namespace. */
    private int hash(Ends ends, long netns) {
        long local = end(ends.lHigh, ends.lLow, ends.ports >>> 16);
        long remote = end(ends.rHigh, ends.rLow, ends.ports & 0xffff);
        long space = isLoopback(ends) ? netns : 0;
        return HashIndex.fold(HashIndex.mix(local + remote, space << 8 | ends.protocol.ordinal()));
    }

    private long end(long high, long low, int port) {
        return HashIndex.mix(HashIndex.mix(seed ^ port, low), high);
    }

    /** Finds the other end of each connection that was taken in; owners are known by now. */
    void join() {
        for (int i = 0; i < size; i++) {
            connections.peer[ids[i]] = find(ids[i], hashes[i]);
        }
    }

    private int find(int id, int hashed) {
        long netns = connections.ends.netns[id];
        if (translated(id, wanted)) {
            wanted.protocol = connections.protocol[id];
            return search(netns, hash(wanted, netns));
        }
        wanted.turned(connections, id);
        int found = search(netns, hashed);
        if (found == NONE || connections.ends.netns[found] == netns) {
            return found;
        }
        wanted.of(connections, id);
        return search(connections.ends.netns[found], hashed) == id ? found : NONE;
    }

    /** The only socket with the wanted ends in this namespace, or else anywhere; several of one owner are as one. */
    private int search(long netns, int hashed) {
        int best = NONE;
        boolean here = false;
        boolean several = false;
        boolean stays = isLoopback(wanted);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int found = index.id(slot);
            if (index.hash(slot) != hashed || !wanted.areOf(connections, found)) {
                continue;
            }
            boolean same = connections.ends.netns[found] == netns;
            if (same && !here) {
                here = true;
                several = false;
                best = found;
            } else if (same == here && !(stays && !same)) {
                several |= best != NONE && connections.owner[found] != connections.owner[best];
                best = best == NONE ? found : best;
            }
        }
        return several ? NONE : best;
    }

    /** The process at the other end of socket {@code id}, {@link Connections#NOBODY} where it is not known. */
    int owner(int id, SocketKey key) {
        int peer = connections.peer[id];
        if (peer != NONE) {
            return connections.owner[peer];
        }
        if (key.protocol != Protocol.UDP || !isConnected(id) || !mayEndHere(id)) {
            return Connections.NOBODY;
        }
        int device = Address.isLoopback(key.rHigh, key.rLow) ? Listeners.ANY_DEVICE : key.ifindex;
        int waiting = listeners.find(key.netns, key.protocol, key.rHigh, key.rLow, key.rport, device);
        return waiting == Listeners.NONE ? Connections.NOBODY : listeners.owner(waiting);
    }
}
