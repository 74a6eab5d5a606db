package shawk.zk.proto;

import java.util.Arrays;

/**
 * Where requests with an xid stand among many: chains of places, oldest first, each of a few xids. What is in a chain
 * may be gone already, or have another xid. Used by one thread.
 */
final class XidIndex {
    /** No place. */
    static final int NONE = -1;

    private final int[] heads;
    private final int[] tails;
    private final int[] next;
    private final int shift;
    /** Odd. */
    private final int factor;

    /**
     * An empty one.
     *
     * @param places how many there are; a power of two, at least 2
     * @param seed of the choice of chains, which nobody who chooses xids knows
     */
    XidIndex(int places, int seed) {
        factor = seed * 2 + 1;
        heads = new int[places];
        tails = new int[places];
        next = new int[places];
        shift = Integer.numberOfLeadingZeros(places) + 1;
        clear();
    }

    int places() {
        return next.length;
    }

    void clear() {
        Arrays.fill(heads, NONE);
    }

    private int chain(int xid) {
        return xid * factor >>> shift;
    }

    /** A request is at {@code place}, behind all that were added before. */
    void add(int place, int xid) {
        int chain = chain(xid);
        next[place] = NONE;
        if (heads[chain] == NONE) {
            heads[chain] = place;
        } else {
            next[tails[chain]] = place;
        }
        tails[chain] = place;
    }

    /** The first place where a request with that xid may be; {@link #NONE}. */
    int first(int xid) {
        return heads[chain(xid)];
    }

    /** The next one behind {@code place}; {@link #NONE}. */
    int after(int place) {
        return next[place];
    }

    /** The first place of that xid's chain holds nothing any more. */
    void dropFirst(int xid) {
        int chain = chain(xid);
        heads[chain] = next[heads[chain]];
    }

    /** The place behind {@code place}, of that xid's chain, holds nothing any more. */
    void dropAfter(int place, int xid) {
        int gone = next[place];
        next[place] = next[gone];
        int chain = chain(xid);
        if (tails[chain] == gone) {
            tails[chain] = place;
        }
    }
}
