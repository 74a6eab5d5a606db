package shawk.flow;

import shawk.model.Protocol;

/** Both ends of a socket. Refilled for one after another; used by one thread. */
final class Ends {
    Protocol protocol = Protocol.TCP;
    long lHigh;
    long lLow;
    long rHigh;
    long rLow;
    /** Local in the upper half. */
    int ports;

    /** Those of known socket {@code id}. */
    void of(Connections c, int id) {
        protocol = c.protocol[id];
        lHigh = c.lHigh[id];
        lLow = c.lLow[id];
        rHigh = c.rHigh[id];
        rLow = c.rLow[id];
        ports = c.ports[id];
    }

    /** Those that the other end of known socket {@code id} has. */
    void turned(Connections c, int id) {
        protocol = c.protocol[id];
        lHigh = c.rHigh[id];
        lLow = c.rLow[id];
        rHigh = c.lHigh[id];
        rLow = c.lLow[id];
        ports = Integer.rotateLeft(c.ports[id], 16);
    }

    void take(Ends other) {
        protocol = other.protocol;
        lHigh = other.lHigh;
        lLow = other.lLow;
        rHigh = other.rHigh;
        rLow = other.rLow;
        ports = other.ports;
    }

    boolean equalTo(Ends other) {
        return ports == other.ports
                && lLow == other.lLow
                && rLow == other.rLow
                && lHigh == other.lHigh
                && rHigh == other.rHigh
                && protocol == other.protocol;
    }

    /** Whether known socket {@code id} has these. */
    boolean areOf(Connections c, int id) {
        return ports == c.ports[id]
                && lLow == c.lLow[id]
                && rLow == c.rLow[id]
                && lHigh == c.lHigh[id]
                && rHigh == c.rHigh[id]
                && protocol == c.protocol[id];
    }
}
