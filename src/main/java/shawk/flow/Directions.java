package shawk.flow;

import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;

/**
 * Who opened a connection, in this order:
 *
 * <ol>
 *   <li>the kernel has watched it;
 *   <li>seen in SYN_SENT: this side; a request socket (SYN_RECV without inode): the other;
 *   <li>tcp_info, where its counters tell who sent the SYN ({@link Payload#synSent}); that this side did is believed
 *       against a listener only when two samples say so, since state and counters are not read in one moment;
 *   <li>a listener at the local end: the other side; at the remote end, where that is local too: this side;
 *   <li>the side whose port is not one that the kernel hands out serves; both or neither: unknown.
 * </ol>
 *
 * All but the last hold for the life of the connection. Used by one thread.
 */
final class Directions {
    private final Connections connections;
    private final Listeners listeners;
    private final AddressSet locals;
    private final Namespaces namespaces;

    Directions(Connections connections, Listeners listeners, AddressSet locals, Namespaces namespaces) {
        this.connections = connections;
        this.listeners = listeners;
        this.locals = locals;
        this.namespaces = namespaces;
    }

    /** Sets direction and service port of socket {@code id}. */
    void decide(int id, SocketKey key, SocketRecord r) {
        if (key.kind == RowKind.LISTENER) {
            set(id, key, Direction.LISTEN, Connections.SYN_KNOWN);
        } else if (key.kind == RowKind.CLOSED) {
            set(id, key, Direction.UNKNOWN, Connections.GUESSED);
        } else if (r.has(SocketRecord.HAS_LIFE) && r.direction() != 0) {
            set(id, key, Attribution.direction(r.direction()), Connections.SYN_KNOWN);
        } else if (connections.certainty[id] != Connections.SYN_KNOWN) {
            decideConnection(id, key, r);
        }
    }

    private void decideConnection(int id, SocketKey key, SocketRecord r) {
        if (key.protocol != Protocol.UDP && decideBySyn(id, key, r)) {
            return;
        }
        if (connections.certainty[id] == Connections.LISTENER_SEEN) {
            return;
        }
        Direction listening = byListeners(key);
        if (listening != Direction.UNKNOWN) {
            set(id, key, listening, Connections.LISTENER_SEEN);
        } else if (connections.synSeenOnce[id]) {
            set(id, key, Direction.OUT, Connections.GUESSED);
        } else {
            set(id, key, byPorts(key), Connections.GUESSED);
        }
    }

    private boolean decideBySyn(int id, SocketKey key, SocketRecord r) {
        if (key.state == SocketState.SYN_SENT) {
            set(id, key, Direction.OUT, Connections.SYN_KNOWN);
            return true;
        }
        if (key.state == SocketState.SYN_RECV && key.inode == 0 && r.has(SocketRecord.HAS_INODE)) {
            set(id, key, Direction.IN, Connections.SYN_KNOWN);
            return true;
        }
        int sent = key.kind == RowKind.CONNECTION && key.protocol == Protocol.TCP
                ? Payload.synSent(r, key.state)
                : Payload.UNTOLD;
        if (sent == 0) {
            set(id, key, Direction.IN, Connections.SYN_KNOWN);
            return true;
        }
        if (sent == 1 && connections.synSeenOnce[id]) {
            set(id, key, Direction.OUT, Connections.SYN_KNOWN);
            return true;
        }
        connections.synSeenOnce[id] = sent == 1 || sent == Payload.UNTOLD && connections.synSeenOnce[id];
        return false;
    }

    /** Who opened a connection that is known by its ends alone. */
    Direction ofEnds(SocketKey key) {
        Direction listening = byListeners(key);
        return listening != Direction.UNKNOWN ? listening : byPorts(key);
    }

    private Direction byListeners(SocketKey key) {
        if (listenerAtLocalEnd(key) != Listeners.NONE) {
            return Direction.IN;
        }
        return leadsToListener(key) ? Direction.OUT : Direction.UNKNOWN;
    }

    /** The listener that connection {@code key} would have come in by, {@link Listeners#NONE}. */
    int listenerAtLocalEnd(SocketKey key) {
        return listeners.find(key.netns, key.protocol, key.lHigh, key.lLow, key.lport, key.ifindex);
    }

    private boolean leadsToListener(SocketKey key) {
        boolean local = Address.isLoopback(key.rHigh, key.rLow)
                || key.lLow == key.rLow && key.lHigh == key.rHigh
                || locals.contains(key.netns, key.rHigh, key.rLow);
        return local
                && listeners.find(key.netns, key.protocol, key.rHigh, key.rLow, key.rport, key.ifindex)
                        != Listeners.NONE;
    }

    private Direction byPorts(SocketKey key) {
        boolean localEphemeral = namespaces.isEphemeral(key.netns, key.lport);
        boolean remoteEphemeral = namespaces.isEphemeral(key.netns, key.rport);
        if (localEphemeral == remoteEphemeral) {
            return Direction.UNKNOWN;
        }
        return localEphemeral ? Direction.OUT : Direction.IN;
    }

    private void set(int id, SocketKey key, Direction direction, byte certainty) {
        connections.direction[id] = direction;
        connections.certainty[id] = certainty;
        connections.port[id] = switch (direction) {
            case IN, LISTEN -> key.lport;
            case OUT -> key.rport;
            case UNKNOWN -> -1;
        };
    }
}
