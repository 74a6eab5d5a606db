package shawk.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.model.Direction;
import shawk.model.HashIndex;
import shawk.model.OwnerProof;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.UnixRecord;

/**
 * The unix sockets of a sample: their names, which of them are two ends of one connection (by inode), whose they are
 * and who opened them. The side that has the name of a socket which listens was connected to; a side without a name
 * whose peer has one connected. Used by one thread.
 */
final class UnixSockets {
    private static final int NONE = -1;
    private static final int ABSTRACT = '@';
    /**
     * Whoever removes the file of a socket may bind another to its name, again and again: so many are looked at. More
     * in the index would only make every search longer.
     */
    private static final int LOOKALIKES = 16;

    private final Connections connections;
    private final Owners owners;
    private final Texts texts;
    private final HashIndex byInode = new HashIndex(16);
    private final HashIndex byName = new HashIndex(16);
    private final long seed;
    private UnixRecord r = new UnixRecord(ByteBuffer.allocate(0));
    private int count;
    private int epoch;

    UnixSockets(Connections connections, Owners owners, Texts texts, long seed) {
        this.connections = connections;
        this.owners = owners;
        this.texts = texts;
        this.seed = seed;
    }

    void read(RawSample sample) {
        if (count > 0) {
            byInode.clear();
            byName.clear();
        }
        count = sample.count(RawSection.UNIX_SOCKETS);
        r = new UnixRecord(sample.buffer(RawSection.UNIX_SOCKETS));
        if (epoch != texts.epoch()) {
            epoch = texts.epoch();
            Arrays.fill(connections.path, 0);
        }
    }

    int count() {
        return count;
    }

    /** Moves to a record. */
    UnixRecord at(int position) {
        return r.at(position);
    }

    /** Takes in the socket whose record {@link #at} moved to. */
    void add(int id, SocketKey key) {
        if (connections.path[id] == 0 && r.nameLen() > 0) {
            connections.path[id] = texts.number(name(r.name()));
        }
        if (key.inode != 0) {
            byInode.add(hash(key.inode), id);
        }
        if (key.kind == RowKind.LISTENER && connections.path[id] != 0) {
            addName(hash(connections.path[id]), id);
        }
    }

    private void addName(int hashed, int id) {
        int alike = 0;
        for (int slot = byName.first(hashed); byName.id(slot) >= 0 && alike < LOOKALIKES; slot = byName.next(slot)) {
            alike += byName.hash(slot) == hashed ? 1 : 0;
        }
        if (alike < LOOKALIKES) {
            byName.add(hashed, id);
        }
    }

    /** The byte that makes a name abstract is written as {@code ss} writes it. */
    private static SafeText name(RawText raw) {
        byte[] bytes = raw.toBytes();
        if (bytes[0] == 0) {
            bytes[0] = ABSTRACT;
        }
        return SafeText.of(RawText.of(bytes));
    }

    /** Finds the other end of a socket, all sockets being taken in. */
    void join(int id, SocketKey key) {
        connections.peer[id] = key.peerInode == 0 ? NONE : withInode(key.peerInode);
    }

    private int withInode(long inode) {
        int hashed = hash(inode);
        for (int slot = byInode.first(hashed); byInode.id(slot) >= 0; slot = byInode.next(slot)) {
            if (connections.inode[byInode.id(slot)] == inode) {
                return byInode.id(slot);
            }
        }
        return NONE;
    }

    /** The socket of that name that waits, one of the same namespace before others; -1 = none. */
    private int waiting(int path, long netns) {
        int found = NONE;
        int hashed = hash(path);
        for (int slot = byName.first(hashed); byName.id(slot) >= 0; slot = byName.next(slot)) {
            int id = byName.id(slot);
            if (connections.path[id] == path && (found == NONE || connections.ends.netns[id] == netns)) {
                found = id;
            }
        }
        return found;
    }

    /** Sets owner and direction of a socket; those that wait come first. */
    void decide(int id, SocketKey key, int position) {
        connections.proof[id] = owners.decide(id, key, position);
        connections.direction[id] = direction(id, key);
        boolean notAccepted = key.inode == 0 && key.kind == RowKind.CONNECTION;
        if (notAccepted && connections.owner[id] == Connections.NOBODY && connections.path[id] != 0) {
            int listener = waiting(connections.path[id], key.netns);
            if (listener != NONE && connections.owner[listener] != Connections.NOBODY) {
                connections.owner[id] = connections.owner[listener];
                connections.proof[id] = OwnerProof.INFERRED;
            }
        }
    }

    private Direction direction(int id, SocketKey key) {
        if (key.kind != RowKind.CONNECTION) {
            return key.kind == RowKind.LISTENER ? Direction.LISTEN : Direction.UNKNOWN;
        }
        int own = connections.path[id];
        int peer = connections.peer[id];
        int other = peer == NONE ? 0 : connections.path[peer];
        if (own != 0 && waiting(own, key.netns) != NONE) {
            return Direction.IN;
        } else if (other != 0 && (own == 0 || waiting(other, key.netns) != NONE)) {
            return Direction.OUT;
        }
        return own != 0 && peer != NONE && other == 0 ? Direction.IN : Direction.UNKNOWN;
    }

    /** The name that a socket goes by: its own, or its peer's; 0 = none. */
    int path(int id) {
        int peer = connections.peer[id];
        return connections.path[id] != 0 || peer == NONE ? connections.path[id] : connections.path[peer];
    }

    /** The process at the other end, {@link Connections#NOBODY} where it is not known. */
    int peerOwner(int id) {
        int peer = connections.peer[id];
        return peer == NONE ? Connections.NOBODY : connections.owner[peer];
    }

    private int hash(long number) {
        return HashIndex.fold(HashIndex.mix(seed, number));
    }
}
