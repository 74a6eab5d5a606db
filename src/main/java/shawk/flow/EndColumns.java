package shawk.flow;

import java.util.Arrays;

/** Whose a socket is by name (namespace, cookie) and where its ends are: one array a property. Used by one thread. */
final class EndColumns {
    long[] netns;
    long[] cookie;
    long[] lHigh;
    long[] lLow;
    long[] rHigh;
    long[] rLow;
    /** Local in the upper half. */
    int[] ports;

    EndColumns(int capacity) {
        netns = new long[capacity];
        cookie = new long[capacity];
        lHigh = new long[capacity];
        lLow = new long[capacity];
        rHigh = new long[capacity];
        rLow = new long[capacity];
        ports = new int[capacity];
    }

    void resize(int capacity) {
        netns = Arrays.copyOf(netns, capacity);
        cookie = Arrays.copyOf(cookie, capacity);
        lHigh = Arrays.copyOf(lHigh, capacity);
        lLow = Arrays.copyOf(lLow, capacity);
        rHigh = Arrays.copyOf(rHigh, capacity);
        rLow = Arrays.copyOf(rLow, capacity);
        ports = Arrays.copyOf(ports, capacity);
    }

    /** Place {@code id} gets the ends of {@code key}; namespace and cookie stay. */
    void setEnds(int id, SocketKey key) {
        lHigh[id] = key.lHigh;
        lLow[id] = key.lLow;
        rHigh[id] = key.rHigh;
        rLow[id] = key.rLow;
        ports[id] = key.ports();
    }

    void move(int from, int to) {
        netns[to] = netns[from];
        cookie[to] = cookie[from];
        lHigh[to] = lHigh[from];
        lLow[to] = lLow[from];
        rHigh[to] = rHigh[from];
        rLow[to] = rLow[from];
        ports[to] = ports[from];
    }

    boolean sameEnds(int id, SocketKey key) {
        return ports[id] == key.ports()
                && lLow[id] == key.lLow
                && rLow[id] == key.rLow
                && lHigh[id] == key.lHigh
                && rHigh[id] == key.rHigh;
    }
}
