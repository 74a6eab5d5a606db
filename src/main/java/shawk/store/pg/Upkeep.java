package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import shawk.store.StoreException;

/**
 * What is due now and then: partitions for the days to come, chunks of agents that died, hours and days, and that what
 * is old goes. Each a transaction of its own, each harmless when repeated or left half-done. Used by one thread.
 */
final class Upkeep {
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;
    /** Hours summed up in one transaction, where that goes fast. */
    private static final long HOURS_AT_ONCE = 24 * HOUR;

    private static final long FAST_NANOS = 2_000_000_000L;
    /** What is sent meanwhile waits: the rest is summed up at the next time. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** How long after its end a chunk that nobody ended is taken for one of an agent that died. */
    private static final long ORPHANED = 30 * 60;

    /** From here on it pays to ask when there is something at all. */
    private static final long LONG_AGO = 7 * DAY;

    private static final int MOST_PARTITIONS = 10_000;

    private final Session session;
    private final Partitions partitions;
    /** Days since the epoch, of which each begins at the host's own time; what it was last done for. */
    private long cleaned = Long.MIN_VALUE;

    Upkeep(Session session, Partitions partitions) {
        this.session = session;
        this.partitions = partitions;
    }

    void run(long hostId) throws StoreException {
        long now = session.read(TimeLimits.WRITE, connection -> number(connection, UpkeepSql.NOW));
        LocalDate today = Partitions.day(now * 1_000_000);
        partitions.ensure(List.of(today, today.plusDays(1), today.plusDays(2)));
        tend(hostId, false);
        // Each host at a time of day of its own: no database has all of them at midnight.
        long day = Math.floorDiv(now - Math.floorMod(hostId, DAY), DAY);
        if (day == cleaned) {
            return;
        }
        if (session.version() >= Partitions.FROM) {
            dropPartitions();
        }
        Map<String, Long> bounds = session.read(TimeLimits.WRITE, Upkeep::bounds);
        expire(hostId, bounds);
        // Nobody else looks after what agents have left that never came back.
        long begun = System.nanoTime();
        for (long silent : session.read(TimeLimits.WRITE, Upkeep::silent)) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                break;
            }
            tend(silent, true);
            expire(silent, bounds);
        }
        cleaned = day;
    }

    private void tend(long hostId, boolean silent) throws StoreException {
        State state = session.read(TimeLimits.WRITE, connection -> state(connection, hostId, ""));
        if (state.equals(State.NONE)) {
            return;
        }
        moveOrphans(hostId, silent ? state.lastSeen() + DAY : state.lastSeen() - ORPHANED);
        rollUp(hostId);
    }

    /**
     * Of a host: until when its hours are summed up, {@code Long.MAX_VALUE} = there is nothing; when it was last heard
     * of.
     */
    private record State(long rolledUntil, long lastSeen) {
        static final State NONE = new State(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private static State state(Connection connection, long hostId, String lock) throws SQLException {
        String sql = lock.isEmpty() ? UpkeepSql.HOUR_STATE.replace(" for update", "") : UpkeepSql.HOUR_STATE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(connection, statement).number(hostId);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return State.NONE;
                }
                long until = rows.getLong(1);
                return new State(rows.wasNull() ? Long.MAX_VALUE : until, rows.getLong(2));
            }
        }
    }

    private void moveOrphans(long hostId, long until) throws StoreException {
        long bound = Math.floorDiv(until, HOUR / 6) * (HOUR / 6) - HOUR / 6;
        NavigableSet<Long> times = session.read(TimeLimits.WRITE, c -> times(c, hostId, bound, false));
        if (times.isEmpty()) {
            return;
        }
        TreeSet<LocalDate> days = new TreeSet<>();
        times.forEach(time -> days.add(Partitions.day(time * 1_000_000)));
        TreeSet<LocalDate> none = new TreeSet<>(partitions.ensure(days));
        session.transact(TimeLimits.WRITE, connection -> {
            NavigableSet<Long> now = times(connection, hostId, bound, true);
            // What has come in meanwhile, or what no day can take, waits for the next time, or for its end.
            now.retainAll(times);
            now.removeIf(time -> none.contains(Partitions.day(time * 1_000_000)));
            for (long time : now) {
                update(connection, UpkeepSql.MOVE_ORPHANS, hostId, time, time + 1);
                update(connection, UpkeepSql.DROP_ORPHANS, hostId, time, time + 1);
            }
            if (!now.isEmpty()) {
                update(connection, UpkeepSql.UNROLL, Math.floorDiv(now.first(), HOUR) * HOUR, hostId);
            }
            return now;
        });
    }

    private static NavigableSet<Long> times(Connection connection, long hostId, long bound, boolean lock)
            throws SQLException {
        String sql = lock ? UpkeepSql.ORPHANS : UpkeepSql.ORPHANS.replace(" for update", "");
        TreeSet<Long> times = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(connection, statement).number(hostId).number(bound);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.add(rows.getLong(1));
                }
            }
        }
        return times;
    }

    /** Hours that are over, and the days that they are in, from where something has changed. */
    private void rollUp(long hostId) throws StoreException {
        long begun = System.nanoTime();
        long atOnce = HOUR;
        boolean more = true;
        while (more && System.nanoTime() - begun < PATIENCE_NANOS) {
            long before = System.nanoTime();
            long hours = atOnce;
            more = session.transact(TimeLimits.WRITE, connection -> rollUp(connection, hostId, hours));
            boolean fast = System.nanoTime() - before < FAST_NANOS;
            atOnce = fast ? Math.min(HOURS_AT_ONCE, 2 * atOnce) : Math.max(HOUR, atOnce / 2);
        }
    }

    /** {@code most} seconds of it; whether there is more. */
    private static boolean rollUp(Connection connection, long hostId, long most) throws SQLException {
        State state = state(connection, hostId, "lock");
        if (state.equals(State.NONE)) {
            return false;
        }
        // The last chunks of an hour come with a flush after its end.
        long end = Math.floorDiv(state.lastSeen() - 60, HOUR) * HOUR;
        long from = state.rolledUntil();
        if (from >= end) {
            return false;
        }
        if (end - from > LONG_AGO) {
            long first = firstChunk(connection, hostId, end);
            from = Math.max(from, Math.floorDiv(Math.min(first, end), HOUR) * HOUR);
        }
        long until = Math.min(end, from + most);
        if (from < until) {
            update(connection, UpkeepSql.HOURS, hostId, from, until);
            long day = Math.floorDiv(from, DAY) * DAY;
            update(connection, UpkeepSql.DAYS, hostId, day, Math.floorDiv(until + DAY - 1, DAY) * DAY);
        }
        update(connection, UpkeepSql.ROLLED, Math.max(until, from), hostId);
        return until < end;
    }

    private static long firstChunk(Connection connection, long hostId, long bound) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UpkeepSql.OLDEST_CHUNK)) {
            new Binder(connection, statement).number(hostId).number(bound);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long first = rows.getLong(1);
                return rows.wasNull() ? Long.MAX_VALUE : first;
            }
        }
    }

    private void dropPartitions() throws StoreException {
        boolean more = true;
        for (int i = 0; more && i < MOST_PARTITIONS; i++) {
            more = session.transact(TimeLimits.WRITE, connection -> Scheme.isTrue(connection, Sql.DROP_PARTITION));
        }
        partitions.forget();
    }

    /** Names of settings, and the moment before which what they are about is old, seconds since the epoch. */
    private static Map<String, Long> bounds(Connection connection) throws SQLException {
        Map<String, Long> bounds = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(UpkeepSql.SETTINGS)) {
            while (rows.next()) {
                bounds.put(rows.getString(1), rows.getLong(2));
            }
        }
        return bounds;
    }

    private void expire(long hostId, Map<String, Long> bounds) throws StoreException {
        // Days are summed up anew out of their hours, and hours out of their chunks: of each all are there, or none.
        long chunks = bound(bounds, "retain", HOUR);
        long hours = bound(bounds, "retain_hours", DAY);
        long days = bound(bounds, "retain_days", DAY);
        long all = Math.min(chunks, Math.min(hours, days));
        long[] until = {hours, days, all, all, all, days, all, all, chunks};
        for (int i = 0; i < until.length; i++) {
            String sql = UpkeepSql.EXPIRE[i];
            long bound = until[i];
            session.transact(TimeLimits.WRITE, connection -> update(connection, sql, hostId, bound));
        }
        if (session.version() < Partitions.FROM) {
            expireChunks(hostId, chunks);
        }
    }

    /** The beginning of the {@code unit} in which the bound is; of what is kept for ever, the epoch. */
    private static long bound(Map<String, Long> bounds, String name, long unit) {
        return Math.floorDiv(Math.max(0, bounds.getOrDefault(name, 0L)), unit) * unit;
    }

    /** Where there are no partitions, a day at a time. */
    private void expireChunks(long hostId, long bound) throws StoreException {
        long first = session.read(TimeLimits.WRITE, connection -> firstChunk(connection, hostId, bound));
        while (first < bound) {
            long from = first;
            long until = Math.min(bound, from + DAY);
            session.transact(
                    TimeLimits.WRITE, connection -> update(connection, UpkeepSql.EXPIRE_CHUNKS, hostId, from, until));
            first = session.read(TimeLimits.WRITE, connection -> firstChunk(connection, hostId, bound));
        }
    }

    private static List<Long> silent(Connection connection) throws SQLException {
        long living = number(connection, UpkeepSql.LIVING_HOSTS);
        List<Long> hosts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UpkeepSql.SILENT_HOSTS)) {
            new Binder(connection, statement).number(living);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    hosts.add(rows.getLong(1));
                }
            }
        }
        return hosts;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static int update(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binder binder = new Binder(connection, statement);
            for (long value : values) {
                binder.number(value);
            }
            return statement.executeUpdate();
        }
    }
}
