package shawk.pivot;

import java.util.Arrays;

/** Where in a level the entry of a hash stands; made once. Numbers in two arrays, no object an entry. */
final class HashPositions {
    private static final int FREE = -1;

    private final long seed;
    private final long[] hashes;
    private final int[] positions;

    /** Takes in all entries of {@code level}; {@code seed} decides which of them collide. */
    HashPositions(Level level, long seed) {
        int slots = Integer.highestOneBit(Math.max(1, level.size())) << 2;
        this.seed = seed;
        this.hashes = new long[slots];
        this.positions = new int[slots];
        Arrays.fill(positions, FREE);
        for (int i = 0; i < level.size(); i++) {
            long hash = level.hash(i);
            int slot = slot(hash);
            if (positions[slot] == FREE) {
                hashes[slot] = hash;
                positions[slot] = i;
            }
        }
    }

    /** The position, -1 where there is none. */
    int find(long hash) {
        return positions[slot(hash)];
    }

    private int slot(long hash) {
        int mask = positions.length - 1;
        int slot = (int) KeyTable.mix(hash ^ seed) & mask;
        while (positions[slot] != FREE && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
