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
        lHigh = c.ends.lHigh[id];
        lLow = c.ends.lLow[id];
        rHigh = c.ends.rHigh[id];
        rLow = c.ends.rLow[id];
        ports = c.ends.ports[id];
    }

    /** Those that the other end of known socket {@code id} has. */
    void turned(Connections c, int id) {
        protocol = c.protocol[id];
        lHigh = c.ends.rHigh[id];
        lLow = c.ends.rLow[id];
        rHigh = c.ends.lHigh[id];
        rLow = c.ends.lLow[id];
        ports = Integer.rotateLeft(c.ends.ports[id], 16);
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
        return ports == c.ends.ports[id]
                && lLow == c.ends.lLow[id]
                && rLow == c.ends.rLow[id]
                && lHigh == c.ends.lHigh[id]
                && rHigh == c.ends.rHigh[id]
                && protocol == c.protocol[id];
    }
}
