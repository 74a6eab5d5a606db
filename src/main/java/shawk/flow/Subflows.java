package shawk.flow;

import java.util.Arrays;
import shawk.model.HashIndex;
import shawk.model.OwnerProof;

/**
 * Which TCP sockets of a sample are part of which MPTCP socket: those with its token in its namespace. Where there is
 * an MPTCP socket when a subflow is first seen, that one counts as the connection and the subflow does not; where there
 * is none (the kernel cannot list them, or nobody asked for them) the subflow counts. A subflow has the owner of its
 * MPTCP socket. Used by one thread.
 */
final class Subflows {
    private final Connections connections;
    private final HashIndex index = new HashIndex(16);
    private final long seed;
    private long[] tokens = new long[16];
    private int[] sockets = new int[16];
    private int socketCount;
    private long[] partTokens = new long[16];
    private int[] parts = new int[16];
    private int partCount;

    Subflows(Connections connections, long seed) {
        this.connections = connections;
        this.seed = seed;
    }

    void clear() {
        if (socketCount > 0) {
            index.clear();
        }
        socketCount = 0;
        partCount = 0;
    }

    /** Takes in an MPTCP socket; a token of 0: there is none yet. */
    void addSocket(int id, long knownToken) {
        long token = tokenOf(id, knownToken);
        if (socketCount == sockets.length) {
            sockets = Arrays.copyOf(sockets, 2 * socketCount);
            tokens = Arrays.copyOf(tokens, 2 * socketCount);
        }
        tokens[socketCount] = token;
        sockets[socketCount] = id;
        index.add(hash(connections.ends.netns[id], token), socketCount++);
    }

    /** Takes in a subflow; a token of 0: there is none yet. */
    void addPart(int id, long knownToken) {
        long token = tokenOf(id, knownToken);
        if (partCount == parts.length) {
            parts = Arrays.copyOf(parts, 2 * partCount);
            partTokens = Arrays.copyOf(partTokens, 2 * partCount);
        }
        partTokens[partCount] = token;
        parts[partCount++] = id;
    }

    /** What waits and what is being opened has no token: there the ends are the same. No token is negative. */
    private long tokenOf(int id, long token) {
        return token != 0 ? token : ~(connections.ends.ports[id] & 0xffff_ffffL);
    }

    /** Decides which subflows count, all sockets being known. */
    void decide() {
        for (int i = 0; i < partCount; i++) {
            int id = parts[i];
            if (connections.subflow[id] == Connections.UNDECIDED) {
                boolean part = socketOf(id, partTokens[i]) >= 0;
                connections.subflow[id] = part ? Connections.PART : Connections.COUNTS;
            }
        }
    }

    /** Gives each subflow the owner of its socket, and each socket what its first subflow knows of the opener. */
    void share() {
        for (int i = 0; i < partCount; i++) {
            int id = parts[i];
            int socket = socketOf(id, partTokens[i]);
            if (socket < 0) {
                continue;
            }
            if (connections.proof[id] != OwnerProof.PROVEN && connections.owner[socket] != Connections.NOBODY) {
                connections.owner[id] = connections.owner[socket];
                connections.proof[id] = connections.proof[socket];
            }
            if (haveSameEnds(id, socket) && connections.certainty[id] > connections.certainty[socket]) {
                connections.direction[socket] = connections.direction[id];
                connections.certainty[socket] = connections.certainty[id];
                connections.port[socket] = connections.port[id];
            }
        }
    }

    /** The MPTCP socket that {@code id} is part of, -1. */
    private int socketOf(int id, long token) {
        int hashed = hash(connections.ends.netns[id], token);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int at = index.id(slot);
            boolean same = tokens[at] == token && connections.ends.netns[sockets[at]] == connections.ends.netns[id];
            if (same && (token > 0 || haveSameEnds(id, sockets[at]))) {
                return sockets[at];
            }
        }
        return -1;
    }

    private boolean haveSameEnds(int a, int b) {
        return connections.ends.ports[a] == connections.ends.ports[b]
                && connections.ends.lLow[a] == connections.ends.lLow[b]
                && connections.ends.rLow[a] == connections.ends.rLow[b]
                && connections.ends.lHigh[a] == connections.ends.lHigh[b]
                && connections.ends.rHigh[a] == connections.ends.rHigh[b];
    }

    private int hash(long netns, long token) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(seed, token), netns));
    }
}
