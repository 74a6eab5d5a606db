package shawk.store;

import shawk.model.Direction;
import shawk.model.HashIndex;
import shawk.model.Protocol;
import shawk.model.SocketTable;

/** What makes a flow the one it is, in the numbers of {@link Gatherer}. Refilled for row after row. */
final class FlowKey {
    /** Longs that a key takes. */
    static final int WIDTH = 6;

    private static final Direction[] DIRECTIONS = Direction.values();
    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final long ABSENT = SocketTable.ABSENT;
    private static final int PORT_BITS = 17;

    long lHigh = ABSENT;
    long lLow = ABSENT;
    long rHigh = ABSENT;
    long rLow = ABSENT;
    /** Number in {@link Cast}. */
    int process;
    /** Number in {@link Spaces}. */
    int space;

    Direction direction = Direction.UNKNOWN;
    Protocol protocol = Protocol.TCP;
    /** -1 = not known. */
    int port = -1;
    /** Number in {@link Translated}; 0 = none. */
    int translation;

    void forgetEnds() {
        lHigh = ABSENT;
        lLow = ABSENT;
        rHigh = ABSENT;
        rLow = ABSENT;
        port = -1;
        translation = 0;
    }

    /** Writes it at {@code at}. */
    void write(long[] to, int at) {
        to[at] = lHigh;
        to[at + 1] = lLow;
        to[at + 2] = rHigh;
        to[at + 3] = rLow;
        to[at + 4] = (long) process << 32 | space;
        to[at + 5] = traits();
    }

    /** Takes the one at {@code at}. */
    FlowKey read(long[] from, int at) {
        lHigh = from[at];
        lLow = from[at + 1];
        rHigh = from[at + 2];
        rLow = from[at + 3];
        process = (int) (from[at + 4] >>> 32);
        space = (int) from[at + 4];
        int traits = (int) from[at + 5];
        port = (traits & (1 << PORT_BITS) - 1) - 1;
        direction = DIRECTIONS[traits >>> PORT_BITS & 3];
        protocol = PROTOCOLS[traits >>> PORT_BITS + 2 & 3];
        translation = (int) (from[at + 5] >>> 32);
        return this;
    }

    boolean isAt(long[] keys, int at) {
        return keys[at + 3] == rLow
                && keys[at + 1] == lLow
                && keys[at + 2] == rHigh
                && keys[at] == lHigh
                && keys[at + 4] == ((long) process << 32 | space)
                && keys[at + 5] == traits();
    }

    private long traits() {
        int low = protocol.ordinal() << PORT_BITS + 2 | direction.ordinal() << PORT_BITS | port + 1;
        return (long) translation << 32 | low;
    }

    int hash(long seed) {
        long mixed = HashIndex.mix(HashIndex.mix(seed, rLow), lLow);
        mixed = HashIndex.mix(HashIndex.mix(mixed, rHigh), lHigh);
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(mixed, (long) process << 32 | space), traits()));
    }
}
