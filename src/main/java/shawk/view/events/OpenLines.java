package shawk.view.events;

/**
 * Connections whose opening was written and whose end was not, so that the end can refer to it: the last 32,768 at
 * least, 65,536 at most. Used by one thread.
 */
final class OpenLines {
    private static final int HALF = 1 << 15;
    private static final int SLOTS = 2 * HALF;

    private Half young = new Half();
    private Half old = new Half();

    /** Connections in the order in which they came, until it is full. Each is three numbers. */
    private static final class Half {
        private final long[] keys = new long[3 * SLOTS];
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

        void add(long netns, long cookie, long ordinal) {
            int slot = find(netns, cookie, ordinal);
            size += used[slot] ? 0 : 1;
            used[slot] = true;
            keys[3 * slot] = netns;
            keys[3 * slot + 1] = cookie;
            keys[3 * slot + 2] = ordinal;
        }

        void clear() {
            java.util.Arrays.fill(used, false);
            size = 0;
        }

        private static int first(long netns, long cookie, long ordinal) {
            long mixed = (netns * 31 + cookie) * 0x9e3779b97f4a7c15L + ordinal;
            return (int) ((mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L >>> 40) & SLOTS - 1;
        }
    }

    /** The opening was written. */
    void opened(long netns, long cookie, long ordinal) {
        if (young.size == HALF) {
            Half oldest = old;
            old = young;
            young = oldest;
            young.clear();
        }
        young.add(netns, cookie, ordinal);
    }

    /** Whether its opening was written, as far as that is remembered. */
    boolean isOpen(long netns, long cookie, long ordinal) {
        return young.used[young.find(netns, cookie, ordinal)] || old.used[old.find(netns, cookie, ordinal)];
    }
}
