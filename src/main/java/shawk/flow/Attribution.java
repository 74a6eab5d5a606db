package shawk.flow;

import shawk.model.BundleRecord;
import shawk.model.Direction;
import shawk.model.OwnerProof;

/**
 * Who opened a connection that is told of by the kernel, and whose it is. What the kernel leaves open is decided as for
 * the sockets of a sample: what was known of the same connection before; who listens at its local end; the ports. Used
 * by one thread.
 */
final class Attribution {
    private static final int OUT = 1;
    private static final int IN = 2;
    private static final int PROVEN = 2;

    /** What was decided last. */
    Direction direction = Direction.UNKNOWN;

    /** Service port, -1 = unknown. */
    int port = -1;
    /** Number in {@link Processes}, or {@link Connections#NOBODY}. */
    int owner = Connections.NOBODY;

    OwnerProof proof = OwnerProof.UNKNOWN;

    private final Connections connections;
    private final Directions directions;
    private final Listeners listeners;
    /** Of the sample before: who has ended since was still there when it happened. */
    private final Listeners former;

    private final Processes processes;

    Attribution(
            Connections connections,
            Directions directions,
            Listeners listeners,
            Listeners former,
            Processes processes) {
        this.former = former;
        this.connections = connections;
        this.directions = directions;
        this.listeners = listeners;
        this.processes = processes;
    }

    /** The direction that a record's number says. */
    static Direction direction(int number) {
        return switch (number) {
            case OUT -> Direction.OUT;
            case IN -> Direction.IN;
            default -> Direction.UNKNOWN;
        };
    }

    /** How an owner that a record names is known, as its number says. */
    static OwnerProof proof(int number) {
        return switch (number) {
            case PROVEN -> OwnerProof.PROVEN;
            default -> OwnerProof.INFERRED;
        };
    }

    /**
     * Decides of the connection {@code key}, whose record names direction, process and proof by these numbers.
     *
     * @return its number in {@link Connections}, -1 where it has none
     */
    int decide(SocketKey key, int toldDirection, int toldProcess, int toldProof) {
        int known = connections.findSame(key);
        direction = direction(toldDirection);
        if (direction == Direction.UNKNOWN) {
            boolean before = known >= 0 && connections.direction[known] != Direction.UNKNOWN;
            direction = before ? connections.direction[known] : directions.ofEnds(key);
        }
        port = switch (direction) {
            case IN, LISTEN -> key.lport;
            case OUT -> key.rport;
            case UNKNOWN -> -1;
        };
        setOwner(toldProcess, toldProof);
        if (owner == Connections.NOBODY && known >= 0) {
            inferred(connections.owner[known]);
        }
        if (owner == Connections.NOBODY && direction == Direction.IN) {
            inferred(listening(key));
        }
        return known;
    }

    /** Decides of what ended with the ends of {@code key}. */
    void decide(SocketKey key, BundleRecord r) {
        direction = direction(r.direction());
        port = direction == Direction.UNKNOWN || r.port() == 0 ? -1 : r.port();
        setOwner(r.process(), r.proof());
        if (owner == Connections.NOBODY && direction == Direction.IN && port >= 0) {
            inferred(listening(key));
        }
    }

    private void setOwner(int toldProcess, int toldProof) {
        owner = processes.named(toldProcess);
        proof = owner == Connections.NOBODY ? OwnerProof.UNKNOWN : proof(toldProof);
    }

    private void inferred(int process) {
        owner = process;
        proof = process == Connections.NOBODY ? OwnerProof.UNKNOWN : OwnerProof.INFERRED;
    }

    /** Who accepts at the local end, or did so at the sample before. */
    private int listening(SocketKey key) {
        int now = directions.listenerAtLocalEnd(key);
        if (now != Listeners.NONE) {
            return listeners.owner(now);
        }
        int before = former.find(key.netns, key.protocol, key.lHigh, key.lLow, key.lport, key.ifindex);
        return before == Listeners.NONE ? Connections.NOBODY : former.owner(before);
    }
}
