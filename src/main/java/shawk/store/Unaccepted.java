package shawk.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import shawk.model.HashIndex;

/**
 * Amounts of connections that came in and that nobody has accepted yet. Who listens need not be who will serve: a
 * service manager holds the listener of what it starts, a parent that of its children. So they wait for
 * {@value #PATIENCE} samples at most, {@value #MOST} at a time. Used by one thread.
 */
final class Unaccepted {
    /** Samples in which a connection may be shown before it counts as that of who listens. */
    static final int PATIENCE = 3;

    static final int MOST = 4_096;

    private final long seed;
    private final HashIndex index = new HashIndex(16);
    private final List<Held> held = new ArrayList<>();

    private static final class Held {
        private final long cookie;
        private final long[] key = new long[FlowKey.WIDTH];
        private final Amounts amounts = new Amounts();
        private final int since;
        private int seen;

        Held(long cookie, int since) {
            this.cookie = cookie;
            this.since = since;
        }
    }

    /** {@code newSeed}: of hashes, which nobody outside knows. */
    Unaccepted(long newSeed) {
        seed = newSeed;
    }

    /**
     * Keeps the amounts of connection {@code cookie} that sample {@code now} shows as that of {@code key}; false: they
     * are to be counted, since it is not new, has waited for long enough, or there is no room.
     */
    boolean hold(long cookie, FlowKey key, Amounts amounts, int now) {
        int at = find(cookie);
        if (at >= 0 ? now - held.get(at).since >= PATIENCE : amounts.opened == 0 || held.size() == MOST) {
            return false;
        }
        if (at < 0) {
            at = held.size();
            held.add(new Held(cookie, now));
            index.add(hash(cookie), at);
        }
        Held one = held.get(at);
        key.write(one.key, 0);
        one.amounts.add(amounts);
        one.seen = now;
        return true;
    }

    /** Adds what was kept of connection {@code cookie} to {@code to}, and keeps it no longer; false: nothing was. */
    boolean take(long cookie, Amounts to) {
        int at = find(cookie);
        if (at < 0) {
            return false;
        }
        to.add(held.get(at).amounts);
        remove(at);
        return true;
    }

    /** Hands on what was kept of connections that sample {@code now} did not show, as that of who listened. */
    void giveUp(int now, FlowKey scratch, BiConsumer<FlowKey, Amounts> to) {
        for (int at = held.size() - 1; at >= 0; at--) {
            Held one = held.get(at);
            if (one.seen != now) {
                remove(at);
                to.accept(scratch.read(one.key, 0), one.amounts);
            }
        }
    }

    /** Gives each the process that {@code into} has at the number of its own, and the space that goes with it. */
    void reassign(int[] into, Cast cast, Spaces spaces, FlowKey scratch) {
        for (Held one : held) {
            scratch.read(one.key, 0);
            if (scratch.process < into.length && into[scratch.process] != scratch.process) {
                scratch.process = into[scratch.process];
                boolean contained = !cast.identity(scratch.process).container().isEmpty();
                scratch.space = spaces.known(scratch.space, contained);
                scratch.write(one.key, 0);
            }
        }
    }

    private int find(long cookie) {
        if (held.isEmpty()) {
            return -1;
        }
        int hash = hash(cookie);
        for (int slot = index.first(hash); index.id(slot) >= 0; slot = index.next(slot)) {
            if (index.hash(slot) == hash && held.get(index.id(slot)).cookie == cookie) {
                return index.id(slot);
            }
        }
        return -1;
    }

    /** The last one takes its place. */
    private void remove(int at) {
        index.remove(hash(held.get(at).cookie), at);
        int last = held.size() - 1;
        Held moved = held.remove(last);
        if (at != last) {
            index.remove(hash(moved.cookie), last);
            index.add(hash(moved.cookie), at);
            held.set(at, moved);
        }
    }

    private int hash(long cookie) {
        return HashIndex.fold(HashIndex.mix(seed, cookie));
    }
}
