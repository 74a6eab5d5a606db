package shawk.flow;

import org.jspecify.annotations.Nullable;
import shawk.model.Family;
import shawk.model.OwnerProof;
import shawk.model.Protocol;
import shawk.model.RawSample;
import shawk.model.RowKind;
import shawk.model.SocketRecord;
import shawk.model.SocketState;

/**
 * Openings, ends and failed attempts as samples show them. A connection is open once it is seen established or beyond;
 * it has ended once it is gone, or lingers in TIME_WAIT. What first shows up in TIME_WAIT has opened and ended in
 * between. An attempt that is gone and was last seen in SYN_SENT has failed.
 *
 * <p>Where the kernel counts, that is not done: what has ended stands in its bundles, and what lives says itself
 * whether its opening was seen. What was counted before goes on where the source changes, either way. Used by one
 * thread.
 */
final class Lives {
    /** Value of {@link Connections#openedAt}: some sample that was not folded here. */
    private static final long BEFORE = -1;

    private final Connections connections;
    private final Bundles bundles;
    private long sequence;
    private long nowNanos;
    private long elapsedNanos;
    private boolean exact;

    Lives(Connections connections, Bundles bundles) {
        this.connections = connections;
        this.bundles = bundles;
    }

    /** {@code nowExact}: the kernel counts. */
    void begin(RawSample sample, long newSequence, long newElapsedNanos, boolean nowExact) {
        if (exact && !nowExact) {
            takeOver();
        }
        exact = nowExact;
        sequence = newSequence;
        nowNanos = sample.monotonicNanos();
        elapsedNanos = newElapsedNanos;
    }

    /**
     * Takes connection {@code id} on to what this sample shows of it; direction and owner are known by now.
     *
     * @param r its record; null where it has no clocks
     */
    void step(int id, SocketKey key, @Nullable SocketRecord r) {
        byte before = connections.life[id];
        byte now = lifeOf(key);
        if (exact) {
            follow(id, key, now, r);
            return;
        }
        if (now == before || before == Connections.LIFE_ENDED) {
            return;
        }
        boolean begun = hasBegun(id, before);
        if (now == Connections.LIFE_OPEN && begun) {
            connections.openedAt[id] = sequence;
            connections.openedNanos[id] = nowNanos - sinceOpened(r);
        } else if (now == Connections.LIFE_ENDED && connections.subflow[id] != Connections.PART) {
            countEnd(id, begun, before == Connections.LIFE_OPEN);
        }
        connections.life[id] = now;
    }

    private boolean hasBegun(int id, byte before) {
        return before == Connections.LIFE_ATTEMPT
                || before == Connections.LIFE_HALF_OPEN
                || before == Connections.LIFE_NONE && connections.beginningSeen[id];
    }

    /**
     * The kernel counts: what it says of the opening is taken over, and nothing is counted here. Of an MPTCP connection
     * it counts the MPTCP socket.
     */
    private void follow(int id, SocketKey key, byte now, @Nullable SocketRecord r) {
        byte before = connections.life[id];
        connections.life[id] = now;
        if (now == Connections.LIFE_ENDED && before == Connections.LIFE_OPEN) {
            keepOpening(id);
        } else if (now == Connections.LIFE_OPEN && r != null && isTold(r)) {
            connections.openedNanos[id] = r.openedNanos();
            if (key.subflow) {
                return;
            }
            connections.told[id] = true;
            boolean early = connections.openedAt[id] == 0 || connections.openedAt[id] == sequence;
            connections.openedAt[id] = r.fresh() != 0 ? sequence : early ? BEFORE : connections.openedAt[id];
        } else if (now == Connections.LIFE_OPEN && before != now && hasBegun(id, before)) {
            connections.openedNanos[id] = nowNanos - sinceOpened(r);
        }
    }

    private static boolean isTold(SocketRecord r) {
        return r.has(SocketRecord.HAS_LIFE) && r.openedNanos() != 0;
    }

    /** A connection ends whose opening was counted here: the kernel will not say that it has opened. */
    private void keepOpening(int id) {
        if (connections.last.shownRetrans[id] > 0) {
            bundles.addShownRetrans(bundle(id), connections.last.shownRetrans[id]);
        }
        boolean counted = connections.openedAt[id] != 0 && connections.subflow[id] != Connections.PART;
        if (counted && !connections.told[id]) {
            bundles.addOpened(bundle(id), connections.openedAt[id] == sequence);
        }
        connections.openedAt[id] = 0;
    }

    /** The kernel does not count any more. */
    private void takeOver() {
        for (int id = 0; id < connections.limit(); id++) {
            connections.told[id] = false;
        }
    }

    private static byte lifeOf(SocketKey key) {
        if (key.kind == RowKind.TIME_WAIT) {
            return Connections.LIFE_ENDED;
        }
        if (key.kind != RowKind.CONNECTION) {
            return Connections.LIFE_NONE;
        }
        if (key.state == SocketState.SYN_SENT) {
            return Connections.LIFE_ATTEMPT;
        }
        boolean half = key.state == SocketState.SYN_RECV || key.state == SocketState.NEW_SYN_RECV;
        return half ? Connections.LIFE_HALF_OPEN : Connections.LIFE_OPEN;
    }

    /**
     * How long ago it was opened, at least: the kernel's "last segment" clocks start with the connection, so that the
     * longest of them that lies within the interval is a good bound.
     */
    private long sinceOpened(@Nullable SocketRecord r) {
        if (r == null || !r.has(SocketRecord.HAS_INFO)) {
            return 0;
        }
        long longest = 0;
        longest = Math.max(longest, within(r.lastDataSentMillis()));
        longest = Math.max(longest, within(r.lastDataRecvMillis()));
        return Math.max(longest, within(r.lastAckRecvMillis()));
    }

    private long within(long millis) {
        long nanos = millis * 1_000_000;
        return nanos <= elapsedNanos ? nanos : 0;
    }

    /** Connection {@code id} is not there any more. */
    void end(int id) {
        byte life = connections.life[id];
        if (exact) {
            if (life == Connections.LIFE_OPEN) {
                keepOpening(id);
            }
            connections.life[id] = Connections.LIFE_NONE;
            return;
        }
        if (connections.subflow[id] == Connections.PART) {
            connections.life[id] = Connections.LIFE_NONE;
            return;
        }
        if (life == Connections.LIFE_OPEN) {
            countEnd(id, false, true);
        } else if (life == Connections.LIFE_ATTEMPT) {
            bundles.addFailed(bundle(id));
        }
        connections.life[id] = Connections.LIFE_NONE;
    }

    private void countEnd(int id, boolean openedNow, boolean wasOpen) {
        boolean openedBefore = wasOpen && connections.openedAt[id] != 0;
        if (!openedNow && !wasOpen) {
            return;
        }
        int bundle = bundle(id);
        if (openedNow || openedBefore) {
            bundles.addOpened(bundle, openedNow || connections.openedAt[id] == sequence);
        }
        bundles.addClosed(bundle);
    }

    private int bundle(int id) {
        boolean unowned = connections.owner[id] == Connections.NOBODY;
        Family family = connections.protocol[id] == Protocol.UNIX
                ? Family.UNIX
                : RowWriter.family(connections.ends.lHigh[id], connections.ends.lLow[id]);
        return bundles.of(connections, id, family, unowned ? OwnerProof.UNKNOWN : connections.proof[id], sequence);
    }
}
