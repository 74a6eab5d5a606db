package shawk.store.pg;

/** What is said when the store is looked after; the same forms as in {@link Sql}. */
final class UpkeepSql {
    static final String HOUR_STATE = "select extract(epoch from s.rolled_until)::bigint,"
            + " extract(epoch from s.last_seen)::bigint from shawk.host_status s where s.host_id = ? for update";
    static final String ROLLED = "update shawk.host_status set rolled_until = to_timestamp(?) where host_id = ?";

    static final String ORPHANS = "select extract(epoch from l.at)::bigint from shawk.flow_live l"
            + " where l.host_id = ? and l.at < to_timestamp(?) for update";
    static final String MOVE_ORPHANS = "insert into shawk.flow_chunk (host_id, flow_id, at, run, span, complete,"
            + " minutes, opened, closed, failed, peak, tx, rx, rtt, retrans, evidence)"
            + " select l.host_id, l.flow_id, l.at, l.run, l.span, l.complete, l.minutes, l.opened, l.closed, l.failed,"
            + " l.peak, l.tx, l.rx, l.rtt, l.retrans, l.evidence from shawk.flow_live l"
            + " where l.host_id = ? and l.at >= to_timestamp(?) and l.at < to_timestamp(?)"
            // What a spool brought after its chunk had been moved already is the newer state of it.
            + " on conflict (host_id, flow_id, at, run) do update set span = excluded.span,"
            + " complete = excluded.complete, minutes = excluded.minutes, opened = excluded.opened,"
            + " closed = excluded.closed, failed = excluded.failed, peak = excluded.peak, tx = excluded.tx,"
            + " rx = excluded.rx, rtt = excluded.rtt, retrans = excluded.retrans, evidence = excluded.evidence";
    static final String DROP_ORPHANS =
            "delete from shawk.flow_live where host_id = ? and at >= to_timestamp(?) and at < to_timestamp(?)";
    static final String UNROLL =
            "update shawk.host_status set rolled_until = least(rolled_until, to_timestamp(?))" + " where host_id = ?";

    /** Hours out of chunks: an element of the series stands for one of the arrays' elements, of evidence too. */
    static final String HOURS = rollUp(
            "flow_hour",
            3_600,
            "sum(case when c.minutes[e.i] is not null then c.span else 0 end)::integer",
            new String[] {
                "coalesce(sum(c.opened[e.i]), 0)::bigint",
                "coalesce(sum(c.closed[e.i]), 0)::bigint",
                "coalesce(sum(c.failed[e.i]), 0)::bigint",
                "coalesce(max(c.peak[e.i]), 0)",
                "coalesce(sum(c.tx[e.i]), 0)::bigint",
                "coalesce(sum(c.rx[e.i]), 0)::bigint",
                "avg(nullif(c.rtt[e.i], 0))::integer",
                "coalesce(sum(c.retrans[e.i]), 0)::bigint",
            },
            "from shawk.flow_chunk c join generate_series(1, 10) as e(i)"
                    + " on e.i <= greatest(cardinality(c.minutes), coalesce(cardinality(c.evidence), 0))");

    /** Days out of hours: the first element of the series stands for the hour, all for its evidence. */
    static final String DAYS = rollUp(
            "flow_day",
            86_400,
            "sum(case when e.i = 1 then c.minutes else 0 end)::integer",
            new String[] {
                "sum(case when e.i = 1 then c.opened else 0 end)::bigint",
                "sum(case when e.i = 1 then c.closed else 0 end)::bigint",
                "sum(case when e.i = 1 then c.failed else 0 end)::bigint",
                "max(c.peak)",
                "sum(case when e.i = 1 then c.tx else 0 end)::bigint",
                "sum(case when e.i = 1 then c.rx else 0 end)::bigint",
                "(sum(case when e.i = 1 then c.rtt::bigint * c.minutes end)"
                        + " / nullif(sum(case when e.i = 1 and c.rtt is not null then c.minutes end), 0))::integer",
                "sum(case when e.i = 1 then c.retrans else 0 end)::bigint",
            },
            "from shawk.flow_hour c join generate_series(1, 8) as e(i)"
                    + " on e.i <= greatest(1, coalesce(cardinality(c.evidence), 0))");

    static final String SETTINGS = "select s.name, extract(epoch from now() - s.value::interval)::bigint"
            + " from shawk.setting s where s.name like 'retain%'";
    static final String OLDEST_CHUNK = "select extract(epoch from min(at))::bigint from shawk.flow_chunk"
            + " where host_id = ? and at < to_timestamp(?)";
    static final String[] EXPIRE = {
        "delete from shawk.flow_hour where host_id = ? and at < to_timestamp(?)",
        "delete from shawk.flow_day where host_id = ? and at < to_timestamp(?)",
        "delete from shawk.flow where host_id = ? and last_seen < to_timestamp(?)",
        "delete from shawk.listener where host_id = ? and last_seen < to_timestamp(?)",
        "delete from shawk.process where host_id = ? and last_seen < to_timestamp(?)",
        "delete from shawk.host_address where host_id = ? and last_seen < to_timestamp(?)",
        "delete from shawk.gap where host_id = ? and to_at < to_timestamp(?)",
        "delete from shawk.rejected where host_id = ? and at < to_timestamp(?)",
        "delete from shawk.flow_live where host_id = ? and at < to_timestamp(?)",
    };
    static final String EXPIRE_CHUNKS =
            "delete from shawk.flow_chunk where host_id = ? and at >= to_timestamp(?) and at < to_timestamp(?)";
    static final String NOW = "select extract(epoch from now())::bigint";
    static final String LIVING_HOSTS =
            "select count(*) from shawk.host_status s where s.last_seen >= now() - interval '1 day'";
    /** Some of them, whichever: of so many agents that ask, five or so come upon each. */
    static final String SILENT_HOSTS = "select s.host_id from shawk.host_status s"
            + " where s.last_seen < now() - interval '1 day' and random() * ?::bigint < 5 order by random() limit 20";

    private UpkeepSql() {}

    /**
     * A flow's rows of a time become one for each {@code seconds}; made again, it takes the place of the one before.
     */
    private static String rollUp(String table, int seconds, String minutes, String[] sums, String from) {
        String at =
                "to_timestamp(floor(extract(epoch from c.at)::double precision / " + seconds + ") * " + seconds + ")";
        String[] names = {"opened", "closed", "failed", "peak", "tx", "rx", "rtt", "retrans"};
        StringBuilder updates = new StringBuilder("minutes = excluded.minutes");
        for (String name : names) {
            updates.append(", ").append(name).append(" = excluded.").append(name);
        }
        String evidence = "c.evidence[e.i]";
        return "insert into shawk." + table + " (host_id, flow_id, at, minutes, " + String.join(", ", names)
                + ", complete, evidence) select c.host_id, c.flow_id, " + at + ", least(" + minutes + ", "
                + seconds / 60 + "), " + String.join(", ", sums) + ", bool_and(c.complete) and count(distinct "
                + evidence + ") <= 8, (array_agg(distinct " + evidence + ") filter (where " + evidence
                + " is not null))[1:8] " + from
                + " where c.host_id = ? and c.at >= to_timestamp(?) and c.at < to_timestamp(?)"
                + " group by c.host_id, c.flow_id, " + at + " on conflict (host_id, flow_id, at) do update set "
                + updates + ", complete = excluded.complete, evidence = excluded.evidence";
    }
}
