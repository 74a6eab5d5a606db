package shawk.store.pg;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shawk.look.Amounts;
import shawk.look.Bucket;
import shawk.look.FlowKey;
import shawk.look.FlowRow;
import shawk.look.Window;

/**
 * What flows did in a window, each moment of it once: whole days and hours that have been rolled up by these, the rest
 * by chunks. Where chunks, or hours, are kept no more, the window is widened to whole hours, or days. Used by one
 * thread, once.
 */
final class Buckets {
    private static final long MINUTE = 60_000_000L;
    private static final long CHUNK = 10 * MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** How much of what a flow did last shows that it was there: connections that go on are in each chunk. */
    private static final long RECENT = CHUNK;
    /** How much longer than it was last seen a flow may have been there: that is said every minute only. */
    private static final long LATE = 5 * MINUTE;

    private final Connection connection;
    private final Window window;
    private final boolean whole;
    private final Map<Long, Long> rolledUntil = new HashMap<>();
    private final Map<Long, Long> newest = new HashMap<>();
    private final Map<FlowKey, FlowRow> rows = new HashMap<>();
    private final Spans raw = new Spans();
    private final Spans hours = new Spans();
    private final Spans days = new Spans();
    private final List<Bucket> buckets = new ArrayList<>();

    Buckets(Connection connection, Window window, boolean whole) {
        this.connection = connection;
        this.window = window.wholeMinutes();
        this.whole = whole;
    }

    /** Which flows are asked for what times. */
    private static final class Spans {
        final List<Long> hosts = new ArrayList<>();
        final List<Long> flows = new ArrayList<>();
        final List<Long> since = new ArrayList<>();
        final List<Long> until = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;

        void add(FlowRow flow, long from, long to) {
            if (from < to) {
                hosts.add(flow.hostId());
                flows.add(flow.flowId());
                since.add(from);
                until.add(to);
                first = Math.min(first, from);
                last = Math.max(last, to);
            }
        }
    }

    List<Bucket> query(Collection<FlowRow> flows) throws SQLException {
        queryRolled(flows);
        long[] kept = queryKept();
        for (FlowRow flow : flows) {
            rows.put(new FlowKey(flow.hostId(), flow.flowId()), flow);
            add(flow, kept);
        }
        if (!raw.hosts.isEmpty()) {
            queryRaw("flow_live");
            queryRaw("flow_chunk");
        }
        queryRolled("flow_hour", hours, HOUR);
        queryRolled("flow_day", days, DAY);
        return buckets;
    }

    private void queryRolled(Collection<FlowRow> flows) throws SQLException {
        TreeSet<Long> hosts = new TreeSet<>();
        flows.forEach(flow -> hosts.add(flow.hostId()));
        try (Bound bound = new Bound(connection, LookSql.ROLLED).longs(hosts);
                ResultSet status = bound.query()) {
            while (status.next()) {
                rolledUntil.put(status.getLong(1), Bound.micros(status, 2));
                newest.put(status.getLong(1), Bound.micros(status, 3));
            }
        }
    }

    /** Since when chunks are kept, and since when hours are. */
    private long[] queryKept() throws SQLException {
        try (Bound bound = new Bound(connection, LookSql.NOW_AND_KEPT);
                ResultSet rows = bound.query()) {
            rows.next();
            return new long[] {Bound.micros(rows, 2), Bound.micros(rows, 3)};
        }
    }

    private void add(FlowRow flow, long[] kept) {
        // No day after the one that it was last seen in has any of it.
        long until = Math.min(window.untilMicros(), ceiling(flow.lastMicros() + LATE, DAY));
        long since = Math.max(window.sinceMicros(), floor(flow.firstMicros(), MINUTE));
        long rolled = rolledUntil.getOrDefault(flow.hostId(), 0L);
        if (!whole) {
            since = Math.max(since, floor(Math.min(until, flow.lastMicros()) - RECENT, CHUNK));
            if (window.untilMicros() <= rolled || flow.lastMicros() < rolled - DAY) {
                since = floor(since, HOUR);
            }
        }
        since = since < kept[1] ? floor(since, DAY) : since < kept[0] ? floor(since, HOUR) : since;
        until = until < kept[1] ? ceiling(until, DAY) : until < kept[0] ? ceiling(until, HOUR) : until;
        long firstHour = ceiling(since, HOUR);
        long lastHour = floor(Math.min(until, rolled), HOUR);
        // A chunk that a full spool made coarser is up to an hour long.
        long firstChunk = floor(since, CHUNK) - (whole ? HOUR : 0);
        if (firstHour >= lastHour) {
            raw.add(flow, firstChunk, until);
            return;
        }
        raw.add(flow, firstChunk, firstHour);
        raw.add(flow, lastHour, until);
        long firstDay = ceiling(firstHour, DAY);
        long lastDay = floor(lastHour, DAY);
        if (firstDay >= lastDay) {
            hours.add(flow, firstHour, lastHour);
        } else {
            hours.add(flow, firstHour, firstDay);
            days.add(flow, firstDay, lastDay);
            hours.add(flow, lastDay, lastHour);
        }
    }

    private static long floor(long micros, long unit) {
        return Math.floorDiv(micros, unit) * unit;
    }

    private static long ceiling(long micros, long unit) {
        return -Math.floorDiv(-micros, unit) * unit;
    }

    private Bound bound(String statement, Spans spans) throws SQLException {
        return new Bound(connection, statement)
                .longs(spans.hosts)
                .longs(spans.flows)
                .moments(spans.since)
                .moments(spans.until)
                .moment(spans.first)
                .moment(spans.last);
    }

    private void queryRaw(String table) throws SQLException {
        try (Bound bound = bound(LookSql.raw(table, whole), raw);
                ResultSet rows = bound.query()) {
            while (rows.next()) {
                chunk(rows);
            }
        }
    }

    private void chunk(ResultSet rows) throws SQLException {
        long at = Bound.micros(rows, 3);
        long sampled = newest.getOrDefault(rows.getLong(1), Long.MAX_VALUE);
        long span = rows.getInt(4) * MINUTE;
        long[] minutes = numbers(rows, 7);
        long[][] columns = new long[8][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = whole ? numbers(rows, 8 + i) : new long[0];
        }
        Amounts amounts = Amounts.NONE;
        for (int i = 0; i < minutes.length; i++) {
            long begin = at + minutes[i] * MINUTE;
            if (begin < window.untilMicros() && begin + span > window.sinceMicros()) {
                amounts = amounts.plus(element(columns, i, begin, span, sampled));
            }
        }
        if (amounts.minutes() > 0) {
            buckets.add(new Bucket(
                    new FlowKey(rows.getLong(1), rows.getLong(2)),
                    at,
                    Math.max(CHUNK, span),
                    amounts,
                    numbers(rows, 6),
                    rows.getBoolean(5)));
        }
    }

    /** Of the newest minute only what was before the newest sample has been watched. */
    private static Amounts element(long[][] columns, int i, long begin, long span, long sampled) {
        long end = sampled > begin ? Math.min(begin + span, sampled) : begin + span;
        long minutes = span / MINUTE;
        long rtt = at(columns[6], i);
        return new Amounts(
                at(columns[0], i),
                at(columns[1], i),
                at(columns[2], i),
                at(columns[3], i),
                at(columns[4], i),
                at(columns[5], i),
                (double) rtt * minutes,
                rtt > 0 ? minutes : 0,
                at(columns[7], i),
                minutes,
                end - begin,
                begin,
                end);
    }

    private static long at(long[] values, int i) {
        return i < values.length ? values[i] : 0;
    }

    private void queryRolled(String table, Spans spans, long length) throws SQLException {
        if (spans.hosts.isEmpty()) {
            return;
        }
        try (Bound bound = bound(LookSql.rolled(table), spans);
                ResultSet rows = bound.query()) {
            while (rows.next()) {
                rolled(rows, length);
            }
        }
    }

    private void rolled(ResultSet rows, long length) throws SQLException {
        long at = Bound.micros(rows, 3);
        long minutes = rows.getLong(4);
        long rtt = rows.getLong(13);
        FlowRow flow = this.rows.get(new FlowKey(rows.getLong(1), rows.getLong(2)));
        Amounts amounts = new Amounts(
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                rows.getLong(10),
                rows.getLong(11),
                rows.getLong(12),
                (double) rtt * minutes,
                rtt > 0 ? minutes : 0,
                rows.getLong(14),
                minutes,
                minutes * MINUTE,
                flow == null ? at : Math.max(at, flow.firstMicros()),
                flow == null ? at + length : Math.min(at + length, Math.max(at, flow.lastMicros())));
        buckets.add(new Bucket(
                new FlowKey(rows.getLong(1), rows.getLong(2)),
                at,
                length,
                amounts,
                numbers(rows, 6),
                rows.getBoolean(5)));
    }

    /** The numbers of an array; none where it is null. */
    private static long[] numbers(ResultSet rows, int column) throws SQLException {
        @Nullable Array array = rows.getArray(column);
        if (array == null) {
            return new long[0];
        }
        Object[] values = (Object[]) array.getArray();
        return Arrays.stream(values)
                .mapToLong(value -> value instanceof Number number ? number.longValue() : 0)
                .toArray();
    }
}
