package shawk.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import shawk.model.Column;
import shawk.model.EventKind;
import shawk.model.HashIndex;
import shawk.model.Holders;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * Events of single connections where only polling sees them, by comparing each snapshot with the one before: what lives
 * for less than an interval leaves no trace, and what is seen happened at some time within it. A connection that is
 * gone has the figures of the snapshot that showed it last, and neither duration nor reason. Used by one thread.
 */
public final class SeenEvents {
    private static final Column[] COLUMNS = Column.values();
    private static final EventKind[] KINDS = EventKind.values();
    private static final byte NONE = 0;
    private static final byte ATTEMPT = 1;
    private static final byte HALF_OPEN = 2;
    private static final byte OPEN = 3;
    private static final byte ENDED = 4;

    private final long seed;
    private Snapshot before = Snapshot.EMPTY;
    private HashIndex index = new HashIndex(64);
    private byte[] lives = {};
    private final Chosen ends = new Chosen();
    private final Chosen beginnings = new Chosen();

    /** Rows of one snapshot, and what happened to each. */
    private static final class Chosen {
        private int[] rows = new int[64];
        private byte[] kinds = new byte[64];
        private int size;

        void add(int row, EventKind kind) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
                kinds = Arrays.copyOf(kinds, 2 * size);
            }
            rows[size] = row;
            kinds[size++] = (byte) kind.ordinal();
        }
    }

    /** {@code seed}: of a hash that nobody outside can guess. */
    public SeenEvents(long seed) {
        this.seed = seed;
    }

    /**
     * What has happened since the last call, in this order; the first call has nothing to compare with.
     *
     * @param unread whether some sockets of a namespace could not be looked at this time, so that they are not gone
     */
    public List<Snapshot> since(Snapshot now, LongPredicate unread) {
        ends.size = 0;
        beginnings.size = 0;
        boolean first = before.sequence() == 0;
        byte[] nowLives = lives(now);
        HashIndex nowIndex = index(now, nowLives);
        if (!first) {
            compare(now, nowLives, nowIndex, unread);
        }
        List<Snapshot> events = new ArrayList<>();
        if (ends.size > 0) {
            events.add(events(before, ends, now));
        }
        if (beginnings.size > 0) {
            events.add(events(now, beginnings, now));
        }
        before = now;
        lives = nowLives;
        index = nowIndex;
        return events;
    }

    private static byte[] lives(Snapshot snapshot) {
        SocketTable table = snapshot.table();
        byte[] lives = new byte[table.sockets()];
        for (int row = 0; row < lives.length; row++) {
            lives[row] = life(table, row);
        }
        return lives;
    }

    /** What counts as no connection, which a part of an MPTCP connection does not, has none. */
    private static byte life(SocketTable table, int row) {
        long protocol = table.value(Column.PROTOCOL, row);
        boolean tcp = protocol == Protocol.TCP.ordinal() || protocol == Protocol.MPTCP.ordinal();
        if (!tcp || !table.has(Column.OPENED, row)) {
            return NONE;
        }
        long kind = table.value(Column.KIND, row);
        if (kind == RowKind.TIME_WAIT.ordinal()) {
            return ENDED;
        }
        if (kind != RowKind.CONNECTION.ordinal()) {
            return NONE;
        }
        long state = table.value(Column.STATE, row);
        boolean half = state == SocketState.SYN_RECV.ordinal() || state == SocketState.NEW_SYN_RECV.ordinal();
        return state == SocketState.SYN_SENT.ordinal() ? ATTEMPT : half ? HALF_OPEN : OPEN;
    }

    private HashIndex index(Snapshot snapshot, byte[] ofRows) {
        HashIndex all = new HashIndex(ofRows.length);
        for (int row = 0; row < ofRows.length; row++) {
            if (ofRows[row] != NONE) {
                all.add(hash(snapshot.table(), row), row);
            }
        }
        return all;
    }

    private int hash(SocketTable table, int row) {
        long mixed = HashIndex.mix(seed, table.value(Column.NETNS, row));
        mixed = HashIndex.mix(mixed, table.value(Column.COOKIE, row));
        mixed = HashIndex.mix(mixed, table.value(Column.LADDR_LOW, row));
        mixed = HashIndex.mix(mixed, table.value(Column.RADDR_LOW, row));
        return HashIndex.fold(
                HashIndex.mix(mixed, table.value(Column.LPORT, row) << 16 | table.value(Column.RPORT, row)));
    }

    private static boolean isSame(SocketTable a, int row, SocketTable b, int other) {
        for (Column column : IDENTITY) {
            if (a.value(column, row) != b.value(column, other)) {
                return false;
            }
        }
        return true;
    }

    private static final Column[] IDENTITY = {
        Column.NETNS,
        Column.COOKIE,
        Column.PROTOCOL,
        Column.LADDR_HIGH,
        Column.LADDR_LOW,
        Column.RADDR_HIGH,
        Column.RADDR_LOW,
        Column.LPORT,
        Column.RPORT
    };

    private int find(HashIndex in, SocketTable table, SocketTable asked, int row) {
        int hashed = hash(asked, row);
        for (int slot = in.first(hashed); in.id(slot) >= 0; slot = in.next(slot)) {
            if (in.hash(slot) == hashed && isSame(table, in.id(slot), asked, row)) {
                return in.id(slot);
            }
        }
        return -1;
    }

    private void compare(Snapshot now, byte[] nowLives, HashIndex nowIndex, LongPredicate unread) {
        SocketTable was = before.table();
        for (int row = 0; row < lives.length; row++) {
            boolean told = lives[row] == OPEN || lives[row] == ATTEMPT;
            if (told && !unread.test(was.value(Column.NETNS, row))) {
                int found = find(nowIndex, now.table(), was, row);
                boolean anew = found >= 0 && isOpenedNow(now, found);
                byte life = found < 0 ? NONE : nowLives[found];
                if (lives[row] == OPEN && (life == NONE || life == ENDED || life == OPEN && anew)) {
                    ends.add(row, EventKind.CLOSED);
                } else if (lives[row] == ATTEMPT && life == NONE) {
                    ends.add(row, EventKind.FAILED);
                }
            }
        }
        for (int row = 0; row < nowLives.length; row++) {
            if (nowLives[row] == OPEN && isOpenedNow(now, row)) {
                beginnings.add(row, EventKind.OPENED);
            } else if (nowLives[row] == ENDED) {
                int found = find(index, was, now.table(), row);
                if (found < 0 || lives[found] == ATTEMPT || lives[found] == HALF_OPEN) {
                    beginnings.add(row, EventKind.OPENED);
                    beginnings.add(row, EventKind.CLOSED);
                }
            }
        }
    }

    private static boolean isOpenedNow(Snapshot snapshot, int row) {
        return snapshot.table().value(Column.OPENED_NOW, row) == 1;
    }

    private static Snapshot events(Snapshot of, Chosen chosen, Snapshot now) {
        SocketTable.Builder table = new SocketTable.Builder(chosen.size);
        int[] starts = new int[chosen.size + 1];
        int[] holding = new int[chosen.size];
        int held = 0;
        for (int i = 0; i < chosen.size; i++) {
            int row = chosen.rows[i];
            for (Column column : COLUMNS) {
                table.set(column, i, of.table().value(column, row));
            }
            table.set(Column.EVENT, i, KINDS[chosen.kinds[i]].ordinal());
            table.set(Column.EVENT_NANOS, i, now.monotonicNanos());
            int count = of.holders().count(row);
            if (held + count > holding.length) {
                holding = Arrays.copyOf(holding, 2 * (held + count));
            }
            for (int j = 0; j < count; j++) {
                holding[held++] = of.holders().process(row, j);
            }
            starts[i + 1] = held;
        }
        return new Snapshot(
                now.sequence(),
                now.source(),
                now.wallMicros(),
                now.monotonicNanos(),
                now.elapsedNanos(),
                false,
                0,
                table.build(chosen.size, chosen.size),
                of.processes(),
                new Holders(starts, holding),
                now.namespaces(),
                List.of(),
                of.texts(),
                of.processTexts(),
                now.ended(),
                now.meters(),
                now.degradations());
    }
}
