package shawk.pivot;

import java.util.Arrays;

/**
 * What is remembered of the rows of levels that were looked at: their order, and in which snapshot each was first seen.
 * Rows are their hashes, in arrays of numbers: no object a row. Rows that are gone are forgotten when there is no room.
 * Used by one thread.
 *
 * <p>A frozen order: rows keep the order in which they were first seen since {@link #freeze}; later ones come behind.
 */
public final class RowMemory {
    /** Rows that are remembered, 67 MB; those beyond come last in a frozen order, and are never new. */
    static final int MAX_ROWS = 1 << 20;

    /** Snapshots for which a row counts as new, the one that it came in included. */
    public static final int NEW_SNAPSHOTS = 3;

    private static final int FIRST_SLOTS = 1 << 10;
    private static final int STRIDE = 4;
    private static final int PLACE = 1;
    private static final int TIMES = 2;
    /** A place in an order, and below it the number of the entry: more than a snapshot has rows. */
    private static final int INDEX_BITS = 24;

    private static final long LAST_PLACE = Long.MAX_VALUE >>> INDEX_BITS;
    /** Born before anything was seen to come. */
    private static final int EVER = Integer.MIN_VALUE;

    private final int maxRows;
    /**
     * Of each slot the hash, the place and when the row was born, over when it was last seen (0 = the slot is free):
     * side by side, since each row is somewhere else in memory.
     */
    private long[] table = new long[FIRST_SLOTS * STRIDE];

    private int size;
    private long seed;
    private long sequence;
    private int moment = 1;
    /** Moment of the snapshot before this one: what was seen since then is kept where room is made. */
    private int aliveFrom;

    private int begunAt;
    private int roomMadeAt;
    private long nextPlace;
    private long frozenFrom = -1;

    /** Remembers nothing yet; the order is not frozen. */
    public RowMemory() {
        this(MAX_ROWS);
    }

    RowMemory(int maxRows) {
        this.maxRows = maxRows;
    }

    /** Freezes the order that levels have when they are next looked at: what was remembered of it is no more. */
    public void freeze() {
        frozenFrom = nextPlace;
    }

    /** From now on levels have their own order. */
    public void thaw() {
        frozenFrom = -1;
    }

    /** Whether the order is frozen. */
    public boolean frozen() {
        return frozenFrom >= 0;
    }

    /** No row is new, and those that come into view in the next snapshot are not either: the rows are others. */
    public void forgetBirths() {
        moment += NEW_SNAPSHOTS + 1;
    }

    /**
     * Levels are of this snapshot from now on. In the first, and where it is older than the one before it, nothing is
     * new.
     *
     * @param newSequence its number
     * @param newSeed changes which rows collide in the table, so that a peer cannot choose addresses that all do
     */
    void begin(long newSequence, long newSeed) {
        if (size == 0) {
            seed = newSeed;
        }
        if (newSequence == sequence) {
            return;
        }
        if (newSequence < sequence || sequence == 0) {
            forgetBirths();
        }
        aliveFrom = begunAt;
        begunAt = ++moment;
        sequence = newSequence;
    }

    /** Whether a row came in one of the last snapshots, into a level that was looked at before. */
    public boolean isNew(long hash) {
        int at = find(hash);
        return seen(at) != 0 && born(at) != EVER && moment - born(at) < NEW_SNAPSHOTS;
    }

    private int seen(int at) {
        return (int) table[at + TIMES];
    }

    private int born(int at) {
        return (int) (table[at + TIMES] >> 32);
    }

    private void setTimes(int at, int born, int seen) {
        table[at + TIMES] = (long) born << 32 | seen & 0xffff_ffffL;
    }

    /**
     * Takes in the rows of a level.
     *
     * @param parent who it is inside of
     * @return the numbers of its entries in frozen order
     */
    int[] look(long parent, Level level) {
        int birth = isContinued(Hashes.with(parent, Hashes.START)) ? moment : EVER;
        long[] keys = new long[level.size()];
        boolean ordered = true;
        for (int i = 0; i < keys.length; i++) {
            long place = visit(level.hash(i), birth);
            keys[i] = place << INDEX_BITS | i;
            ordered &= i == 0 || keys[i] > keys[i - 1];
        }
        if (!ordered) {
            Arrays.sort(keys);
        }
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i] & (1 << INDEX_BITS) - 1;
        }
        return order;
    }

    /** Takes in the rows of a level whose order is its own. */
    void glance(long parent, Level level) {
        int birth = isContinued(Hashes.with(parent, Hashes.START)) ? moment : EVER;
        for (int i = 0; i < level.size(); i++) {
            visit(level.hash(i), birth);
        }
    }

    /** Whether the level was looked at in the snapshot before this one, or already in this one. */
    private boolean isContinued(long level) {
        int last = seen(find(level));
        visit(level, EVER);
        return last == moment || last == moment - 1;
    }

    /** Its place in the frozen order. */
    private long visit(long hash, int birth) {
        int at = find(hash);
        if (seen(at) == 0) {
            if (size >= limit()) {
                if (!makeRoom()) {
                    return LAST_PLACE;
                }
                at = find(hash);
            }
            size++;
            table[at] = hash;
            table[at + PLACE] = nextPlace++;
            setTimes(at, birth, moment);
        } else {
            if (table[at + PLACE] < frozenFrom) {
                table[at + PLACE] = nextPlace++;
            }
            setTimes(at, born(at), moment);
        }
        return table[at + PLACE];
    }

    /** Where a row is in the table, or where it would be: the slot there is free. */
    private int find(long hash) {
        int mask = table.length - 1;
        int at = (int) KeyTable.mix(hash ^ seed) * STRIDE & mask;
        while (seen(at) != 0 && table[at] != hash) {
            at = at + STRIDE & mask;
        }
        return at;
    }

    private int slots() {
        return table.length / STRIDE;
    }

    private int limit() {
        return Math.min(maxRows, slots() / 2);
    }

    /**
     * Forgets what was in neither of the last two snapshots; where that is not half of it, makes the table larger. Once
     * a snapshot where it cannot become larger. Returns whether there is room.
     */
    private boolean makeRoom() {
        if (roomMadeAt == moment && limit() == maxRows) {
            return false;
        }
        roomMadeAt = moment;
        int slots = slots();
        int alive = alive();
        while (alive > slots / 4 && slots / 2 < maxRows) {
            slots *= 2;
        }
        rebuild(slots);
        return size < limit();
    }

    private int alive() {
        int alive = 0;
        for (int at = 0; at < table.length; at += STRIDE) {
            alive += isAlive(at) ? 1 : 0;
        }
        return alive;
    }

    private boolean isAlive(int at) {
        return seen(at) != 0 && seen(at) >= aliveFrom;
    }

    private void rebuild(int slots) {
        long[] old = table;
        int from = aliveFrom;
        table = new long[slots * STRIDE];
        size = 0;
        for (int i = 0; i < old.length; i += STRIDE) {
            int last = (int) old[i + TIMES];
            if (last != 0 && last >= from) {
                System.arraycopy(old, i, table, find(old[i]), STRIDE);
                size++;
            }
        }
    }
}
