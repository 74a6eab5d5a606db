package shawk.view.events;

import java.util.Arrays;
import shawk.model.ProcessId;

/**
 * Connections whose opening was written, and whose it said they are, so that the end can refer to it: the last 32,768
 * at least, 65,536 at most. Used by one thread.
 */
final class OpenLines {
    private static final int HALF = 1 << 15;
    private static final int SLOTS = 2 * HALF;
    /** In place of a process: nobody is known. */
    static final ProcessId NOBODY = new ProcessId(-1, -1);

    private Half young = new Half();
    private Half old = new Half();

    /** Connections in the order in which they came, until it is full. Each is three numbers, and two of its owner. */
    private static final class Half {
        private final long[] keys = new long[3 * SLOTS];
        private final int[] pids = new int[SLOTS];
        private final long[] starts = new long[SLOTS];
        private final boolean[] used = new boolean[SLOTS];
        private int size;

        int find(long netns, long cookie, long ordinal) {
            int slot = first(netns, cookie, ordinal);
            while (used[slot] && !isAt(slot, netns, cookie, ordinal)) {
                slot = slot + 1 & SLOTS - 1;
            }
            return slot;
        }

        private boolean isAt(int slot, long netns, long cookie, long ordinal) {
            return keys[3 * slot] == netns && keys[3 * slot + 1] == cookie && keys[3 * slot + 2] == ordinal;
        }

        void add(long netns, long cookie, long ordinal, ProcessId owner) {
            int slot = find(netns, cookie, ordinal);
            size += used[slot] ? 0 : 1;
            used[slot] = true;
            keys[3 * slot] = netns;
            keys[3 * slot + 1] = cookie;
            keys[3 * slot + 2] = ordinal;
            pids[slot] = owner.pid();
            starts[slot] = owner.startTicks();
        }

        boolean isOf(int slot, ProcessId owner) {
            return pids[slot] == owner.pid() && starts[slot] == owner.startTicks();
        }

        void clear() {
            Arrays.fill(used, false);
            size = 0;
        }

        private static int first(long netns, long cookie, long ordinal) {
            long mixed = (netns * 31 + cookie) * 0x9e3779b97f4a7c15L + ordinal;
            return (int) ((mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L >>> 40) & SLOTS - 1;
        }
    }

    /** The opening was written, as one of {@code owner} or {@link #NOBODY}. */
    void opened(long netns, long cookie, long ordinal, ProcessId owner) {
        if (young.size == HALF) {
            Half oldest = old;
            old = young;
            young = oldest;
            young.clear();
        }
        young.add(netns, cookie, ordinal, owner);
    }

    /** Whether its opening was written, as far as that is remembered. */
    boolean isOpen(long netns, long cookie, long ordinal) {
        return young.used[young.find(netns, cookie, ordinal)] || old.used[old.find(netns, cookie, ordinal)];
    }

    /** Whether its opening was written as one of {@code owner}, as far as that is remembered. */
    boolean isOpenOf(long netns, long cookie, long ordinal, ProcessId owner) {
        int slot = young.find(netns, cookie, ordinal);
        if (young.used[slot]) {
            return young.isOf(slot, owner);
        }
        int older = old.find(netns, cookie, ordinal);
        return old.used[older] && old.isOf(older, owner);
    }
}
