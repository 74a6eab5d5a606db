package shawk.pivot;

import java.util.Arrays;
import shawk.model.Snapshot;

/**
 * Who the entries of one kind of level are, as a few numbers within one snapshot, and as {@link Level.Identity} across
 * snapshots. Immutable.
 */
interface Identities {
    /** How many numbers an identity has within a snapshot. */
    int width();

    /** The numbers of the entry that {@code row} stands for. */
    void read(Snapshot snapshot, int row, long[] out);

    /** The same across snapshots. */
    Level.Identity identity(Snapshot snapshot, int row);

    /** The numbers within this snapshot; false where it has no such entry. */
    boolean resolve(Snapshot snapshot, Level.Identity identity, long[] out);

    /** Finds entries by identity: made once for a level, when first asked for. */
    final class Index {
        private static final int FREE = -1;

        private final Snapshot snapshot;
        private final Identities identities;
        private final Level level;
        private final int[] slots;
        private final long[] wanted;
        private final long[] found;

        Index(Snapshot snapshot, Identities identities, Level level) {
            this.snapshot = snapshot;
            this.identities = identities;
            this.level = level;
            this.slots = new int[Integer.highestOneBit(Math.max(1, level.size())) << 2];
            this.wanted = new long[identities.width()];
            this.found = new long[identities.width()];
            Arrays.fill(slots, FREE);
            for (int i = 0; i < level.size(); i++) {
                identities.read(snapshot, level.row(i), wanted);
                int slot = slot();
                if (slots[slot] == FREE) {
                    slots[slot] = i;
                }
            }
        }

        /** Position of the entry, -1 where there is none. */
        int find(Level.Identity identity) {
            return identities.resolve(snapshot, identity, wanted) ? slots[slot()] : FREE;
        }

        /** The slot of the wanted entry, or the free one where it would be. */
        private int slot() {
            long hash = snapshot.monotonicNanos();
            for (long number : wanted) {
                hash = KeyTable.mix(hash ^ number);
            }
            int slot = (int) hash & slots.length - 1;
            while (slots[slot] != FREE && !isWanted(slots[slot])) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }

        private boolean isWanted(int index) {
            identities.read(snapshot, level.row(index), found);
            return Arrays.equals(found, wanted);
        }
    }
}
