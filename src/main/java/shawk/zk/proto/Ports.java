package shawk.zk.proto;

import java.util.BitSet;

/** A set of TCP ports. May grow while it is in use. Used by one thread. */
public final class Ports {
    private static final int MOST = 65_535;

    private final BitSet ports = new BitSet();

    /** Those named. */
    public static Ports of(int... ports) {
        Ports set = new Ports();
        for (int port : ports) {
            set.add(port, port);
        }
        return set;
    }

    /**
     * Adds a range, both ends included.
     *
     * @throws IllegalArgumentException where one is no port, or they are the wrong way round
     */
    public void add(int from, int to) {
        if (from < 0 || to > MOST || from > to) {
            throw new IllegalArgumentException("no ports: " + from + "-" + to);
        }
        ports.set(from, to + 1);
    }

    public boolean contains(int port) {
        return port >= 0 && ports.get(port);
    }

    public boolean isEmpty() {
        return ports.isEmpty();
    }
}
